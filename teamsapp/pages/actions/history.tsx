import * as React from 'react'
import { mergeClasses } from '@fluentui/react-components'
import type { ProposalView } from '@countersign/core/api/proposals.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { formatReceiptNumber } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useTable } from '@countersign/ui/table-styles.ts'
import { useText } from '@countersign/ui/text.ts'
import { useMe } from '../../client/client.tsx'
import { CsvButton } from '../../layout/csv-button.tsx'
import { toCsv } from '../../layout/csv.ts'
import { FilterBar, useFilters, type FilterChoice } from '../../layout/filters.tsx'
import { PageLink } from '../../layout/links.tsx'
import { MoreButton, rowsAtATime } from '../../layout/more-button.tsx'
import { useListStyles } from '../../layout/list-styles.ts'
import { useSearchState } from '../../layout/search-state.ts'
import { SortHeads } from '../../layout/sort-head.tsx'
import { counted, proposalMarks, proposalStateWords, stateWord } from '../../layout/words.ts'
import { historyColumns, matchingProposals, outcomeWords, sortedProposals } from './history-rows.ts'

const choices: readonly FilterChoice[] = [
  { name: 'state', title: 'What became of it', any: 'Any outcome', choices: Object.entries(outcomeWords) },
]

/** Everything that was ever asked for, and what became of it. */
export function History({ proposals }: { readonly proposals: readonly ProposalView[] }): React.ReactElement {
  const { locale } = useReader()
  const styles = useListStyles()
  const text = useText()
  const filters = useFilters(choices)
  const [order, setOrder] = useSearchState('order', '-at')
  const [count, setCount] = React.useState(rowsAtATime)
  const fitting = sortedProposals(matchingProposals(proposals, filters.get('search'), filters.get('state') || 'all'), order, locale)
  const shown = fitting.slice(0, count)
  return (
    <Card
      title="History"
      note={counted(fitting.length, 'change', 'changes', locale)}
      action={<CsvButton size="small" file="countersign-history.csv" isEmpty={fitting.length === 0} textOf={() => csvOf(fitting)} />}
      flush
    >
      <FilterBar filters={filters} choices={choices} search="Search history" />
      {shown.length === 0 ? (
        <p className={mergeClasses(text.body, styles.empty)}>
          {proposals.length === 0 ? 'Nothing has been proposed yet.' : 'No change fits the search and what was chosen.'}
        </p>
      ) : (
        <>
          <div className={styles.wide}>
            <Wide proposals={shown} order={order} onOrder={setOrder} />
          </div>
          <div className={styles.narrow}>
            <Narrow proposals={shown} />
          </div>
        </>
      )}
      <MoreButton rest={fitting.length - shown.length} onMore={() => setCount(count + rowsAtATime)} />
    </Card>
  )
}

function Wide({
  proposals,
  order,
  onOrder,
}: {
  readonly proposals: readonly ProposalView[]
  readonly order: string
  readonly onOrder: (order: string) => void
}): React.ReactElement {
  const table = useTable()
  const text = useText()
  const me = useMe()
  const number = mergeClasses(table.cell, table.number)
  return (
    <table className={table.table}>
      <thead>
        <SortHeads columns={historyColumns} order={order} onOrder={onOrder} />
      </thead>
      <tbody>
        {proposals.map((proposal) => (
          <tr key={proposal.id}>
            <td className={number}>
              <Moment at={proposal.createdAt} />
            </td>
            <th scope="row" className={table.cell}>
              <PageLink quiet to={whereTo(proposal)}>
                {proposal.preview.title}
              </PageLink>
            </th>
            <td className={table.cell}>
              <StandingMark standing={proposalMarks[proposal.state]} word={stateWord(proposal, me.data?.objectId)} />
            </td>
            <td className={table.cell}>
              {proposal.requestedBy.name}
              {proposal.countersignedBy.length > 0 && <p className={text.caption}>{`Countersigned by ${peopleOf(proposal)}`}</p>}
            </td>
            <td className={number}>
              <ReceiptLink proposal={proposal} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Narrow({ proposals }: { readonly proposals: readonly ProposalView[] }): React.ReactElement {
  const rows = useRows()
  const text = useText()
  const styles = useListStyles()
  const me = useMe()
  return (
    <ul className={rows.list}>
      {proposals.map((proposal) => (
        <li key={proposal.id} className={rows.row}>
          <div className={styles.line}>
            <StandingMark standing={proposalMarks[proposal.state]} word={stateWord(proposal, me.data?.objectId)} />
            <ReceiptLink proposal={proposal} />
          </div>
          <PageLink quiet to={whereTo(proposal)}>
            {proposal.preview.title}
          </PageLink>
          <p className={text.caption}>
            {`${proposal.requestedBy.name}, `}
            <Moment at={proposal.createdAt} />
            {proposal.countersignedBy.length > 0 && ` · countersigned by ${peopleOf(proposal)}`}
          </p>
        </li>
      ))}
    </ul>
  )
}

function ReceiptLink({ proposal }: { readonly proposal: ProposalView }): React.ReactElement | null {
  if (proposal.receiptNumber === null) return null
  const number = formatReceiptNumber(proposal.receiptNumber)
  return (
    <PageLink to={`/receipts/${proposal.id}`} label={`Receipt ${number}`}>
      {number}
    </PageLink>
  )
}

/** A change that was sent has a receipt; one that was not is shown as it was proposed. */
function whereTo({ id, receiptNumber }: ProposalView): string {
  return receiptNumber === null ? `/actions/history?proposal=${id}` : `/receipts/${id}`
}

function peopleOf({ countersignedBy }: ProposalView): string {
  return new Intl.ListFormat('en').format(countersignedBy.map(({ name }) => name))
}

function csvOf(proposals: readonly ProposalView[]): string {
  const head = [
    'Asked for (UTC)',
    'Change',
    'Action',
    'Object',
    'Object ID',
    'State',
    'Asked for by',
    'Countersigned by',
    'Countersigned (UTC)',
    'Receipt',
    'Digest',
  ]
  return toCsv([
    head,
    ...proposals.map(({ createdAt, preview, actionId, state, requestedBy, countersignedBy, receiptNumber }) => [
      createdAt,
      preview.title,
      actionId,
      preview.subject.name,
      preview.subject.id,
      proposalStateWords[state],
      requestedBy.name,
      countersignedBy.map(({ name }) => name).join('; '),
      countersignedBy.map(({ at }) => at).join('; '),
      receiptNumber === null ? '' : formatReceiptNumber(receiptNumber),
      preview.hash,
    ]),
  ])
}
