import * as React from 'react'
import { Link, makeStyles, mergeClasses } from '@fluentui/react-components'
import { Card } from './card.tsx'
import { formatCount } from './format.ts'
import { colour, contrastPattern } from './palette.ts'
import { useReader } from './reader.tsx'
import { useTable } from './table-styles.ts'
import { useText } from './text.ts'

export const tones = ['critical', 'high', 'medium', 'low', 'brand', 'hollow'] as const
export type Tone = (typeof tones)[number]

export interface BarSeries {
  readonly id: string
  readonly word: string
  readonly tone: Tone
}
export interface BarRow {
  readonly id: string
  readonly name: string
  /** Figures by series. */
  readonly values: Readonly<Record<string, number>>
  /** Further figures that only the table has. */
  readonly more?: Readonly<Record<string, number>>
}

export interface StackedBarsProps {
  readonly title: string
  readonly note?: string
  readonly series: readonly BarSeries[]
  readonly rows: readonly BarRow[]
  /** Head of the column of names. */
  readonly head: string
  /** Heads of the table's further columns, by key of `more`. */
  readonly more?: Readonly<Record<string, string>>
  /** Rows that are drawn at first; the table has all. */
  readonly most?: number
  /** What a press on a row's name does; names are plain text without it. */
  readonly onPick?: (id: string) => void
  /** The row that the list below is narrowed to. */
  readonly picked?: string
  readonly className?: string
}

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'minmax(96px, max-content) minmax(0, 1fr) max-content',
    gap: '8px 12px',
    alignItems: 'center',
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  row: { display: 'contents' },
  name: { maxWidth: '220px', textAlign: 'left', '@container (max-width: 639px)': { maxWidth: '132px' } },
  picked: { fontWeight: 600 },
  bar: { display: 'flex', columnGap: '2px', height: '12px' },
  segment: { height: '12px', minWidth: '3px', borderRadius: '2px', boxSizing: 'border-box', forcedColorAdjust: 'none' },
  number: { textAlign: 'right' },
  critical: { backgroundColor: colour.critical },
  high: { backgroundColor: colour.high },
  medium: { backgroundColor: colour.mediumBar },
  low: { backgroundColor: colour.lowBar },
  brand: { backgroundColor: colour.brand },
  hollow: { backgroundColor: colour.ground, border: `2px solid ${colour.brand}` },
  contrastHigh: { backgroundImage: contrastPattern.high },
  contrastMedium: { backgroundImage: contrastPattern.medium },
  outlined: { border: `1px solid ${colour.ink}` },
  legend: { display: 'flex', flexWrap: 'wrap', gap: '4px 14px', listStyleType: 'none', margin: 0, padding: 0 },
  entry: { display: 'inline-flex', alignItems: 'center', columnGap: '6px' },
  swatch: { width: '10px', height: '10px', borderRadius: '2px', boxSizing: 'border-box', forcedColorAdjust: 'none' },
  toggle: { fontSize: '12px', lineHeight: '16px', flexShrink: 0 },
})

/** A card of bars, one a row, each cut by series; the same figures as a table on request. */
export function StackedBars(props: StackedBarsProps): React.ReactElement {
  const { title, note, series, rows, most = rows.length, className } = props
  const styles = useStyles()
  const text = useText()
  const [asTable, setAsTable] = React.useState(false)
  const toneClass = useToneClass()
  return (
    <Card
      title={title}
      note={note}
      flush={asTable}
      className={className}
      footer={
        <>
          {asTable ? (
            <span className={text.caption}>{rows.length > most ? `All ${rows.length}` : ''}</span>
          ) : (
            <ul className={styles.legend} aria-label="Key to the bars">
              {series.map(({ id, word, tone }) => (
                <li key={id} className={mergeClasses(styles.entry, text.caption)}>
                  <span className={mergeClasses(styles.swatch, toneClass(tone))} aria-hidden="true" />
                  {word}
                </li>
              ))}
            </ul>
          )}
          <Link as="button" className={styles.toggle} onClick={() => setAsTable(!asTable)}>
            {asTable ? 'Show as bars' : 'Show as table'}
          </Link>
        </>
      }
    >
      {asTable ? <Figures {...props} /> : <Bars {...props} rows={rows.slice(0, most)} />}
    </Card>
  )
}

function useToneClass(): (tone: Tone) => string {
  const { scheme } = useReader()
  const styles = useStyles()
  return (tone) => {
    if (scheme !== 'contrast' || tone === 'hollow') return styles[tone]
    const pattern = tone === 'high' ? styles.contrastHigh : tone === 'medium' ? styles.contrastMedium : undefined
    return mergeClasses(styles[tone], pattern, styles.outlined)
  }
}

function Bars({ series, rows, onPick, picked }: StackedBarsProps): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const toneClass = useToneClass()
  const longest = Math.max(1, ...rows.map(totalOf))
  return (
    <ul className={styles.grid}>
      {rows.map((row) => {
        const { id, name, values } = row
        const parts = series.filter((one) => (values[one.id] ?? 0) > 0)
        const sentence = parts.map((one) => `${one.word} ${formatCount(values[one.id] ?? 0, locale)}`).join(', ')
        return (
          <li key={id} className={styles.row}>
            {onPick ? (
              <Link
                as="button"
                className={mergeClasses(text.caption, styles.name, id === picked && styles.picked)}
                aria-pressed={id === picked}
                onClick={() => onPick(id)}
              >
                {name}
              </Link>
            ) : (
              <span className={mergeClasses(text.caption, styles.name)}>{name}</span>
            )}
            <div className={styles.bar} role="img" aria-label={`${name}: ${sentence === '' ? 'none' : sentence}`}>
              {parts.map((one) => (
                <span
                  key={one.id}
                  className={mergeClasses(styles.segment, toneClass(one.tone))}
                  style={{ width: `${((values[one.id] ?? 0) / longest) * 100}%` }}
                />
              ))}
            </div>
            <span className={mergeClasses(text.caption, styles.number)} aria-hidden="true">
              {formatCount(totalOf(row), locale)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

function totalOf({ values }: BarRow): number {
  return Object.values(values).reduce((sum, value) => sum + value, 0)
}

/** The bars' twin: every figure in digits. */
function Figures({ title, series, rows, head, more = {} }: StackedBarsProps): React.ReactElement {
  const { locale } = useReader()
  const table = useTable()
  const number = mergeClasses(table.cell, table.number)
  return (
    <div className={table.scroll} role="region" aria-label={`${title} as table`} tabIndex={0}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col" className={table.head}>
              {head}
            </th>
            {[...series.map(({ word }) => word), ...Object.values(more), 'In all'].map((word) => (
              <th key={word} scope="col" className={mergeClasses(table.head, table.number)}>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" className={table.cell}>
                {row.name}
              </th>
              {series.map(({ id }) => (
                <td key={id} className={number}>
                  {formatCount(row.values[id] ?? 0, locale)}
                </td>
              ))}
              {Object.keys(more).map((key) => (
                <td key={key} className={number}>
                  {formatCount(row.more?.[key] ?? 0, locale)}
                </td>
              ))}
              <td className={mergeClasses(number, table.strong)}>{formatCount(totalOf(row), locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
