import type { GuardName, ProposalEvent, ProposalState } from '@countersign/core/actions/gate.ts'
import { checkNotOver, checkState } from './gate-model-invariants.ts'
import { hashOf, home, type Asked, type Card, type Proposal, type Story, type World } from './gate-model-world.ts'

/** An answer of the gate to the row as it was read; nothing has changed yet. */
export interface Answer {
  readonly proposal: Proposal
  readonly event: ProposalEvent
  readonly version: number
  readonly to: ProposalState | null
  readonly guard: GuardName | 'state' | null
}

export function ask(
  world: World,
  proposal: Proposal,
  event: ProposalEvent,
  seen: { readonly card?: Card; readonly asked?: Asked; readonly liveOffers?: number; readonly fresh?: string } = {},
): Answer {
  const { card } = seen
  const answer = world.gate(proposal.state, event, {
    now: world.now,
    proposal: {
      tenantId: home,
      expiresAt: proposal.expiresAt,
      hash: proposal.hash,
      catalogueVersion: proposal.catalogue,
      requestedBy: proposal.requestedBy,
      approvals: proposal.terms.approvals,
    },
    recomputedHash: hashOf(proposal.terms),
    catalogueVersion: world.catalogue,
    actionEnabled: world.enabled,
    offer: card
      ? {
          live: card.state === 'live',
          expiresAt: card.expiresAt,
          personId: card.person,
          tenantId: home,
          conversationId: card.chat,
          cardActivityId: card.cardId,
          nonce: card.nonce,
          code: card.code,
          proposalHash: card.proposalHash,
          bytesDigest: card.bytes,
        }
      : null,
    liveOffersOfPerson: seen.liveOffers ?? 0,
    asked: seen.asked ?? null,
    confirmedHashes: proposal.confirmedHashes,
    confirmedAt: proposal.confirmedAt,
    preStateDigest: proposal.preState.join(),
    freshPreStateDigest: seen.fresh ?? null,
  })
  const refused = answer.kind === 'refused'
  if (refused) world.coverage.refused(proposal.state, event, answer.guard)
  return { proposal, event, version: proposal.version, to: refused ? null : answer.to, guard: refused ? answer.guard : null }
}

/** Stores what the gate answered by compare-and-swap and tells the story on; false where nothing moved. */
export function land(world: World, answer: Answer, tell: (story: Story) => void): boolean {
  const { proposal, to } = answer
  if (to === null) return false
  if (world.swaps && proposal.version !== answer.version) {
    world.coverage.lostSwap()
    return false
  }
  checkNotOver(proposal)
  world.coverage.moved(proposal.state, answer.event)
  proposal.state = to
  proposal.version++
  tell(proposal.story)
  world.coverage.reached(to)
  checkState(proposal)
  return true
}
