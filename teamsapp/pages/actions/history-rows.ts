import type { ProposalView } from '@countersign/core/api/proposals.ts'
import { proposalStateWords } from '../../layout/words.ts'

export const historyColumns = [
  { id: 'at', title: 'Asked for', isNumber: true },
  { id: 'title', title: 'Change', isNumber: false },
  { id: 'state', title: 'State', isNumber: false },
  { id: 'by', title: 'By', isNumber: false },
  { id: 'receipt', title: 'Receipt', isNumber: true },
] as const

const done = new Set<ProposalView['state']>(['verified', 'settled'])
const notDone = new Set<ProposalView['state']>(['rejected', 'expired', 'superseded', 'stale', 'failed'])
const toLook = new Set<ProposalView['state']>(['verifyFailed', 'partlyDone', 'indeterminate'])

/** What a person chooses by, in place of sixteen states. */
export const outcomeWords = { open: 'Still open', done: 'Done', notDone: 'Not carried out', toLook: 'Needs a look' } as const
export type Outcome = keyof typeof outcomeWords

export function outcomeOf(state: ProposalView['state']): Outcome {
  if (done.has(state)) return 'done'
  if (notDone.has(state)) return 'notDone'
  return toLook.has(state) ? 'toLook' : 'open'
}

export function matchingProposals(proposals: readonly ProposalView[], words: string, outcome: string): ProposalView[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return proposals.filter((proposal) => {
    if (outcome !== 'all' && outcomeOf(proposal.state) !== outcome) return false
    const { preview, requestedBy, countersignedBy, state, actionId } = proposal
    const told = [preview.title, preview.subject.name, preview.subject.id, actionId, requestedBy.name, proposalStateWords[state]]
    const text = [...told, ...countersignedBy.map(({ name }) => name), ...preview.objects.map(({ name }) => name)].join(' ').toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

export function sortedProposals(proposals: readonly ProposalView[], order: string, locale: string | undefined): ProposalView[] {
  const { compare: byWords } = new Intl.Collator(locale)
  const sign = order.startsWith('-') ? -1 : 1
  const column = historyColumns.find(({ id }) => id === order.replace(/^-/, ''))?.id ?? 'at'
  return [...proposals].sort((one, other) => sign * compare(one, other) || Date.parse(other.createdAt) - Date.parse(one.createdAt))

  function compare(one: ProposalView, other: ProposalView): number {
    switch (column) {
      case 'at':
        return Date.parse(one.createdAt) - Date.parse(other.createdAt)
      case 'title':
        return byWords(one.preview.title, other.preview.title)
      case 'state':
        return byWords(proposalStateWords[one.state], proposalStateWords[other.state])
      case 'by':
        return byWords(one.requestedBy.name, other.requestedBy.name)
      case 'receipt':
        return (one.receiptNumber ?? 0) - (other.receiptNumber ?? 0)
    }
  }
}
