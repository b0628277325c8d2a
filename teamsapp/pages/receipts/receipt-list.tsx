import * as React from 'react'
import { mergeClasses } from '@fluentui/react-components'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { formatReceiptNumber } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useTable } from '@countersign/ui/table-styles.ts'
import { useText } from '@countersign/ui/text.ts'
import { CsvButton } from '../../layout/csv-button.tsx'
import { toCsv } from '../../layout/csv.ts'
import { FilterBar, useFilters, type FilterChoice } from '../../layout/filters.tsx'
import { PageLink } from '../../layout/links.tsx'
import { useListStyles } from '../../layout/list-styles.ts'
import { MoreButton, rowsAtATime } from '../../layout/more-button.tsx'
import { ReceiptWords } from '../../layout/receipt-words.tsx'
import { useSearchState } from '../../layout/search-state.ts'
import { SortHeads } from '../../layout/sort-head.tsx'
import { counted, receiptMark } from '../../layout/words.ts'
import { matchingReceipts, receiptColumns, sortedReceipts, standingWords, type ReceiptLine } from './receipt-rows.ts'

const choices: readonly FilterChoice[] = [{ name: 'state', title: 'State', any: 'Any state', choices: Object.entries(standingWords) }]

/** Every countersigned change; search, choice and order are in the address, so that a link shows the same. */
export function ReceiptList({ receipts }: { readonly receipts: readonly ReceiptLine[] }): React.ReactElement {
  const { locale } = useReader()
  const styles = useListStyles()
  const text = useText()
  const rows = useRows()
  const filters = useFilters(choices)
  const [order, setOrder] = useSearchState('order', '-number')
  const [count, setCount] = React.useState(rowsAtATime)
  const fitting = sortedReceipts(matchingReceipts(receipts, filters.get('search'), filters.get('state')), order, locale)
  const shown = fitting.slice(0, count)
  return (
    <Card
      title="Countersigned changes"
      note={counted(fitting.length, 'receipt', 'receipts', locale)}
      action={<CsvButton size="small" file="countersign-receipts.csv" isEmpty={fitting.length === 0} textOf={() => csvOf(fitting)} />}
      flush
    >
      <FilterBar filters={filters} choices={choices} search="Search receipts" />
      {shown.length === 0 && <p className={mergeClasses(text.body, styles.empty)}>No receipt fits the search and what was chosen.</p>}
      {shown.length > 0 && (
        <>
          <div className={styles.wide}>
            <Wide receipts={shown} order={order} onOrder={setOrder} />
          </div>
          <ul className={mergeClasses(rows.list, styles.narrow)}>
            {shown.map((receipt) => (
              <li key={receipt.proposalId} className={mergeClasses(rows.row, styles.line)}>
                <div>
                  <ReceiptWords receipt={receipt} />
                </div>
                <StandingMark {...receiptMark(receipt.state, receipt.echo)} />
              </li>
            ))}
          </ul>
        </>
      )}
      <MoreButton rest={fitting.length - shown.length} onMore={() => setCount(count + rowsAtATime)} />
    </Card>
  )
}

function Wide({
  receipts,
  order,
  onOrder,
}: {
  readonly receipts: readonly ReceiptLine[]
  readonly order: string
  readonly onOrder: (order: string) => void
}): React.ReactElement {
  const table = useTable()
  return (
    <table className={table.table} aria-label="Receipts">
      <thead>
        <SortHeads columns={receiptColumns} order={order} onOrder={onOrder} />
      </thead>
      <tbody>
        {receipts.map((receipt) => (
          <tr key={receipt.proposalId}>
            <td className={table.cell}>{formatReceiptNumber(receipt.receiptNumber)}</td>
            <th scope="row" className={table.cell}>
              <PageLink quiet to={`/receipts/${receipt.proposalId}`}>
                {receipt.title}
              </PageLink>
            </th>
            <td className={table.cell}>{receipt.by}</td>
            <td className={mergeClasses(table.cell, table.number)}>
              <Moment at={receipt.at} />
            </td>
            <td className={table.cell}>
              <StandingMark {...receiptMark(receipt.state, receipt.echo)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function csvOf(receipts: readonly ReceiptLine[]): string {
  return toCsv([
    ['Receipt', 'Change', 'Countersigned by', 'Time (UTC)', 'State'],
    ...receipts.map((receipt) => [
      formatReceiptNumber(receipt.receiptNumber),
      receipt.title,
      receipt.by,
      receipt.at,
      receiptMark(receipt.state, receipt.echo).word,
    ]),
  ])
}
