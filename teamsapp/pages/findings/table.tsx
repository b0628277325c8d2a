import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { Delta } from '@countersign/ui/delta.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { SeverityMark } from '@countersign/ui/severity-mark.tsx'
import { useTable } from '@countersign/ui/table-styles.ts'
import { useText } from '@countersign/ui/text.ts'
import { useRows } from '@countersign/ui/card.tsx'
import { PageLink } from '../../layout/links.tsx'
import { counted, findingStateWords } from '../../layout/words.ts'
import { columns, orderText, type FindingRow, type Order } from './rows.ts'

const useStyles = makeStyles({
  wide: { '@container (max-width: 859px)': { display: 'none' } },
  narrow: { display: 'none', '@container (max-width: 859px)': { display: 'block' } },
  sort: {
    font: 'inherit',
    color: 'inherit',
    background: 'none',
    border: 'none',
    padding: '2px 4px',
    margin: '-2px -4px',
    cursor: 'pointer',
    borderRadius: '4px',
    display: 'inline-flex',
    columnGap: '4px',
    ':hover': { color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  line: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: '2px 12px' },
})

export interface FindingTableProps {
  readonly findings: readonly FindingRow[]
  readonly order: Order
  readonly onOrder: (order: string) => void
}

/** A plain table; narrow, the same rows as a list. Only one of the two is in the accessibility tree. */
export function FindingTable(props: FindingTableProps): React.ReactElement {
  const styles = useStyles()
  return (
    <>
      <div className={styles.wide}>
        <Wide {...props} />
      </div>
      <div className={styles.narrow}>
        <Narrow {...props} />
      </div>
    </>
  )
}

function Wide({ findings, order, onOrder }: FindingTableProps): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const table = useTable()
  const text = useText()
  const number = mergeClasses(table.cell, table.number)
  return (
    <table className={table.table}>
      <thead>
        <tr>
          {columns.map(({ id, title, isNumber }) => {
            const isCurrent = order.column === id
            return (
              <th
                key={id}
                scope="col"
                className={mergeClasses(table.head, isNumber && table.number)}
                {...(isCurrent ? { 'aria-sort': order.descending ? 'descending' : 'ascending' } : {})}
              >
                <button
                  type="button"
                  className={styles.sort}
                  onClick={() => onOrder(orderText({ column: id, descending: isCurrent ? !order.descending : isNumber }))}
                >
                  {title}
                  <span aria-hidden="true">{isCurrent ? (order.descending ? '↓' : '↑') : ''}</span>
                </button>
              </th>
            )
          })}
        </tr>
      </thead>
      <tbody>
        {findings.map((row) => (
          <tr key={row.checkId}>
            <td className={table.cell}>
              <SeverityMark severity={row.severity} />
            </td>
            <th scope="row" className={table.cell}>
              <PageLink to={`/findings/${row.checkId}`}>{row.title}</PageLink>
              <div className={text.caption}>{row.code}</div>
            </th>
            <td className={table.cell}>{row.areaTitle}</td>
            <td className={number}>{formatCount(row.open + row.unlisted, locale)}</td>
            <td className={number}>
              <Delta value={row.adds} arrow={false} />
            </td>
            <td className={number}>
              <Moment at={row.firstSeen} as="day" />
            </td>
            <td className={table.cell}>{findingStateWords[row.state]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Narrow({ findings }: FindingTableProps): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  return (
    <ul className={rows.list}>
      {findings.map((row) => (
        <li key={row.checkId} className={rows.row}>
          <div className={styles.line}>
            <SeverityMark severity={row.severity} />
            <Delta value={row.adds} arrow={false} />
          </div>
          <PageLink to={`/findings/${row.checkId}`}>{row.title}</PageLink>
          <p
            className={text.caption}
          >{`${row.areaTitle} · ${counted(row.open + row.unlisted, 'object', 'objects', locale)} · ${findingStateWords[row.state]}`}</p>
        </li>
      ))}
    </ul>
  )
}
