import { decide, type GuardName } from '@countersign/core/actions/gate.ts'
import type { Offer } from '@countersign/core/actions/offer.ts'
import { offerDigest } from '@countersign/core/actions/offer-card.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import { permission, type Principal } from '@countersign/core/principal.ts'
import { isEnabled } from '../../store/action-switches.ts'
import { append } from '../../store/journal.ts'
import { endOffers, listOffers, moveOffer } from '../../store/offers.ts'
import { appendEvent } from '../../store/outbox.ts'
import { lockProposal, moveState } from '../../store/proposals.ts'
import { writeTx, type WriteTx } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import { endProposal } from './end.ts'
import { execute } from './execute.ts'
import { askedBy, confirmations, gateFacts } from './gate-facts.ts'
import { faceOf, previewOf, type Chat } from './offer.ts'
import { offerMeant, type Yes } from './offer-meant.ts'
import { countersigns } from './second.ts'

export type { Yes } from './offer-meant.ts'

export interface Attempt {
  readonly yes: Yes
  readonly chat: Chat
  /** What the person wrote, or the button's title: kept in the journal. */
  readonly words: string
}
export type ConfirmAnswer =
  /** `confirmedFirst`: a second person has to say yes too, and nothing is carried out before. */
  | { readonly kind: 'confirmed' | 'confirmedFirst'; readonly proposal: Proposal; readonly offer: Offer }
  | {
      readonly kind: 'refused'
      readonly guard: GuardName | 'state' | 'noOffer'
      readonly proposal: Proposal | undefined
      readonly offer: Offer | undefined
    }

/**
 * A person's yes to one live offer. The caller is the chat's confirmation parser and nothing else: `principal` comes
 * from an authenticated activity, with roles read afresh. The answer is immediate; the work begins after the commit.
 */
export async function confirm(deps: ActDeps, principal: Principal, attempt: Attempt): Promise<ConfirmAnswer> {
  const answer = await writeTx(deps.store, principal, (tx) => confirmIn(deps, tx, principal, attempt))
  if (answer.kind === 'confirmed')
    deps.later(() => execute(deps, { tenantId: principal.tenantId, objectId: principal.objectId }, answer.proposal.id))
  return answer
}

async function confirmIn(deps: ActDeps, tx: WriteTx, principal: Principal, { yes, chat, words }: Attempt): Promise<ConfirmAnswer> {
  const offer = await offerMeant(tx, principal, yes, chat, deps.now())
  if (!offer) return { kind: 'refused', guard: 'noOffer', proposal: undefined, offer: undefined }
  const proposal = await lockProposal(tx, offer.proposalId)
  if (!proposal) return { kind: 'refused', guard: 'noOffer', proposal: undefined, offer: undefined }
  // Asked under the lock, which can take its time: a card that ended meanwhile has ended.
  const now = deps.now()
  const at = iso(now)

  const preview = await previewOf(tx, proposal)
  const asked = askedBy(principal, proposal, chat, {
    cardActivityId: yes.by === 'button' ? yes.cardActivityId : null,
    nonce: yes.by === 'button' ? yes.nonce : null,
    code: yes.by === 'button' ? null : yes.by === 'code' ? yes.code : offer.code,
    renderedDigest: offerDigest(preview, await faceOf(tx, proposal, offer)),
    mayConfirm: permission(principal, 'confirm').may && countersigns(proposal.actionId, principal.roles),
  })
  // The offer is read again under the proposal's lock: another yes may have used it in between.
  const current = (await listOffers(tx, { proposalId: proposal.id })).find(({ id }) => id === offer.id) ?? offer
  const isFirst = proposal.approvals === 2 && proposal.state !== 'awaitingSecond'
  const facts = gateFacts(proposal, now, {
    offer: current,
    asked,
    actionEnabled: await isEnabled(tx, proposal.actionId),
    ...(await confirmations(tx, proposal.id)),
  })
  const answer = decide(proposal.state, isFirst ? 'confirmFirst' : 'confirm', facts)
  if (answer.kind === 'refused') return { kind: 'refused', guard: answer.guard, proposal, offer: current }
  if (!(await moveOffer(tx, offer.id, 'live', 'used')) || !(await moveState(tx, proposal.id, proposal.state, answer.to)))
    return { kind: 'refused', guard: 'state', proposal, offer: current }
  // The first yes of a second person wins: the cards of the others show it and do nothing any more.
  for (const ended of await endOffers(tx, proposal.id)) appendEvent(tx, 'offer.changed', ended.id, at)
  appendEvent(tx, 'offer.changed', offer.id, at)
  appendEvent(tx, 'proposal.changed', proposal.id, at)
  const kind = isFirst ? 'confirmedFirst' : 'confirmed'
  await append(tx, {
    kind,
    subjectId: proposal.id,
    at,
    body: {
      offerId: offer.id,
      by: { objectId: principal.objectId, name: principal.displayName, roles: [...principal.roles] },
      words: words.slice(0, 200),
      how: yes.by,
      conversationId: chat.conversationId,
      proposalHash: proposal.hash,
      bytesDigest: offer.bytesDigest,
    },
  })
  return { kind, proposal: { ...proposal, state: answer.to }, offer: { ...offer, state: 'used' } }
}

export type RejectAnswer =
  { readonly kind: 'rejected'; readonly proposal: Proposal } | { readonly kind: 'refused'; readonly guard: GuardName | 'state' | 'unknown' }

/** Withdraws a proposal that was not countersigned yet: the person who asked can, and who may countersign it as the second. */
export async function reject(deps: ActDeps, principal: Principal, proposalId: string): Promise<RejectAnswer> {
  return writeTx(deps.store, principal, async (tx): Promise<RejectAnswer> => {
    const proposal = await lockProposal(tx, proposalId)
    if (!proposal) return { kind: 'refused', guard: 'unknown' }
    const now = deps.now()
    const mayConfirm = permission(principal, 'propose').may && countersigns(proposal.actionId, principal.roles)
    const asked = askedBy(principal, proposal, { conversationId: '', conversationType: 'personal' }, { mayConfirm })
    const answer = decide(proposal.state, 'reject', gateFacts(proposal, now, { asked }))
    if (answer.kind === 'refused') return answer
    const reason = principal.objectId === proposal.requestedBy ? 'withdrawn' : 'declined'
    if (!(await endProposal(tx, proposal, answer.to, reason, iso(now), principal.objectId))) return { kind: 'refused', guard: 'state' }
    return { kind: 'rejected', proposal: { ...proposal, state: answer.to, endReason: reason } }
  })
}
