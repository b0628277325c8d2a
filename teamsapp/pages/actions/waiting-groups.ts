import type { Me } from '@countersign/core/api/me.ts'
import type { ProposalView } from '@countersign/core/api/proposals.ts'
import { waitsFor } from '../../layout/proposal.ts'

export interface WaitingGroups {
  /** It is not certain whether the change was made: a person looks and settles it. */
  readonly unclear: readonly ProposalView[]
  /** A plan that stopped after some steps; the rest can be proposed. */
  readonly stopped: readonly ProposalView[]
  /** This person's countersignature is what they wait for. */
  readonly mine: readonly ProposalView[]
  readonly others: readonly ProposalView[]
  /** Countersigned, on their way. */
  readonly underWay: readonly ProposalView[]
  readonly count: number
}

/** What waits, for whom; within a group what ends first comes first. */
export function waitingGroups(proposals: readonly ProposalView[], me: Me | undefined): WaitingGroups {
  const soonest = [...proposals].sort((one, other) => Date.parse(one.preview.expiresAt) - Date.parse(other.preview.expiresAt))
  const open = soonest.filter(({ state }) => state === 'proposed' || state === 'offered' || state === 'awaitingSecond')
  const groups = {
    unclear: proposals.filter(({ state }) => state === 'indeterminate'),
    stopped: proposals.filter(({ state, mayResume }) => state === 'partlyDone' && mayResume),
    mine: open.filter((proposal) => waitsFor(proposal, me)),
    others: open.filter((proposal) => !waitsFor(proposal, me)),
    underWay: proposals.filter(({ state }) => state === 'confirmed' || state === 'executing' || state === 'executed'),
  }
  return { ...groups, count: Object.values(groups).reduce((sum, group) => sum + group.length, 0) }
}
