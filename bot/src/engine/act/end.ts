import type { ProposalState } from '@countersign/core/actions/gate.ts'
import type { RecordKind } from '@countersign/core/actions/journal.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import { append } from '../../store/journal.ts'
import { endOffers } from '../../store/offers.ts'
import { appendEvent } from '../../store/outbox.ts'
import { moveState } from '../../store/proposals.ts'
import type { WriteTx } from '../../store/transaction.ts'

/** Records of ends that have a kind of their own; every other end is 'ended'. */
const recordKindOf: Partial<Record<ProposalState, RecordKind>> = {
  rejected: 'rejected',
  expired: 'expired',
  superseded: 'superseded',
  stale: 'stale',
}

/** Moves a proposal to an end, shuts its cards and writes the record; false when somebody else moved it first. */
export async function endProposal(
  tx: WriteTx,
  proposal: Proposal,
  to: ProposalState,
  reason: string | null,
  at: string,
  by: string | null = null,
): Promise<boolean> {
  if (!(await moveState(tx, proposal.id, proposal.state, to, reason))) return false
  for (const offer of await endOffers(tx, proposal.id)) appendEvent(tx, 'offer.changed', offer.id, at)
  appendEvent(tx, 'proposal.changed', proposal.id, at)
  if (proposal.receiptNumber !== null) appendEvent(tx, 'receipt.changed', proposal.id, at)
  await append(tx, { kind: recordKindOf[to] ?? 'ended', subjectId: proposal.id, at, body: { state: to, reason, by } })
  return true
}
