import * as React from 'react'
import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { AreaBar, AreaLegend, checksIn, segments } from './area-bar.tsx'
import { Card } from './card.tsx'
import type { AreaName, AreaView } from './contract.ts'
import { Delta } from './delta.tsx'
import { formatCount, formatScore, scoreDecimals } from './format.ts'
import { useReader } from './reader.tsx'
import { useTable } from './table-styles.ts'

const useStyles = makeStyles({
  name: { display: 'flex', alignItems: 'center', columnGap: '10px', fontWeight: 600 },
  icon: { display: 'inline-flex', color: tokens.colorNeutralForeground2, '@container (max-width: 639px)': { display: 'none' } },
  bars: { width: '40%', '@container (max-width: 639px)': { display: 'none' } },
  narrowBar: { marginTop: '4px', display: 'none', '@container (max-width: 639px)': { display: 'block' } },
  toggle: { fontSize: '12px', lineHeight: '16px', flexShrink: 0 },
  twin: { minWidth: '560px' },
})

export interface AreaTableProps {
  readonly areas: readonly AreaView[]
  readonly level?: 2 | 3
  readonly icon?: (area: AreaName) => React.ReactNode
  readonly className?: string
}

/** Areas, lowest score first, as bars or as the same figures in columns. */
export function AreaTable({ areas, level = 2, icon, className }: AreaTableProps): React.ReactElement {
  const styles = useStyles()
  const [asTable, setAsTable] = React.useState(false)
  const worstFirst = [...areas].sort((one, other) => (one.score ?? 101) - (other.score ?? 101))
  const toggle = (
    <Link as="button" className={styles.toggle} onClick={() => setAsTable(!asTable)}>
      {asTable ? 'Show areas as bars' : 'Show areas as table'}
    </Link>
  )
  return (
    <Card
      title="Areas"
      level={level}
      note="lowest score first"
      flush
      className={className}
      footer={
        <>
          {asTable ? <span /> : <AreaLegend />}
          {toggle}
        </>
      }
    >
      {asTable ? <Figures areas={worstFirst} /> : <Bars areas={worstFirst} icon={icon} />}
    </Card>
  )
}

function Bars({ areas, icon }: { readonly areas: readonly AreaView[]; readonly icon: AreaTableProps['icon'] }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const table = useTable()
  const decimals = scoreDecimals(areas.map(({ score }) => score))
  const numberHead = mergeClasses(table.head, table.number)
  const number = mergeClasses(table.cell, table.number)
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col" className={table.head}>
            Area
          </th>
          <th scope="col" className={mergeClasses(table.head, styles.bars)}>
            Checks
          </th>
          <th scope="col" className={mergeClasses(numberHead, table.narrowHidden)}>
            Open
          </th>
          <th scope="col" className={numberHead}>
            Score
          </th>
          <th scope="col" className={numberHead}>
            Change
          </th>
        </tr>
      </thead>
      <tbody>
        {areas.map((area) => (
          <tr key={area.area}>
            <th scope="row" className={table.cell}>
              <span className={styles.name}>
                {icon && (
                  <span className={styles.icon} aria-hidden="true">
                    {icon(area.area)}
                  </span>
                )}
                {area.title}
              </span>
              <div className={styles.narrowBar}>
                <AreaBar area={area} />
              </div>
            </th>
            <td className={mergeClasses(table.cell, styles.bars)}>
              <AreaBar area={area} />
            </td>
            <td className={mergeClasses(number, table.narrowHidden)}>{formatCount(area.open, locale)}</td>
            <td className={mergeClasses(number, table.strong)}>{formatScore(area.score, locale, decimals)}</td>
            <td className={number}>
              <Delta value={area.change} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The bars' twin: every figure in words and digits. */
function Figures({ areas }: { readonly areas: readonly AreaView[] }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const table = useTable()
  const decimals = scoreDecimals(areas.map(({ score }) => score))
  return (
    <div className={table.scroll} role="region" aria-label="Areas as table" tabIndex={0}>
      <table className={mergeClasses(table.table, styles.twin)}>
        <thead>
          <tr>
            <th scope="col" className={table.head}>
              Area
            </th>
            {[...segments.map(({ word }) => word), 'Open', 'Score', 'Change'].map((word) => (
              <th key={word} scope="col" className={mergeClasses(table.head, table.number)}>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {areas.map((area) => (
            <tr key={area.area}>
              <th scope="row" className={mergeClasses(table.cell, table.strong)}>
                {area.title}
              </th>
              {segments.map(({ id }) => (
                <td key={id} className={mergeClasses(table.cell, table.number)}>
                  {formatCount(checksIn(area.checks, id), locale)}
                </td>
              ))}
              <td className={mergeClasses(table.cell, table.number)}>{formatCount(area.open, locale)}</td>
              <td className={mergeClasses(table.cell, table.number, table.strong)}>{formatScore(area.score, locale, decimals)}</td>
              <td className={mergeClasses(table.cell, table.number)}>
                <Delta value={area.change} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
