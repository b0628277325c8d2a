import { findAction } from '@countersign/core/actions/catalogue.ts'
import { decide, type GuardName } from '@countersign/core/actions/gate.ts'
import type { Offer } from '@countersign/core/actions/offer.ts'
import { offerDigest } from '@countersign/core/actions/offer-card.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import { permission, type Principal } from '@countersign/core/principal.ts'
import { isEnabled } from '../../store/action-switches.ts'
import { append } from '../../store/journal.ts'
import { listOffers, moveOffer } from '../../store/offers.ts'
import { appendEvent } from '../../store/outbox.ts'
import { lockProposal, moveState } from '../../store/proposals.ts'
import { writeTx, type ReadTx, type WriteTx } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import { endProposal } from './end.ts'
import { execute } from './execute.ts'
import { askedBy, gateFacts } from './gate-facts.ts'
import { previewOf, type Chat } from './offer.ts'

/** How a person said yes. A bare yes names no card: it counts only where exactly one open card is the bot's latest message. */
export type Yes =
  | { readonly by: 'button'; readonly offerId: string; readonly nonce: string; readonly cardActivityId: string }
  | { readonly by: 'code'; readonly code: string }
  | { readonly by: 'bareYes'; readonly latestActivityId: string | null }

export interface Attempt {
  readonly yes: Yes
  readonly chat: Chat
  /** What the person wrote, or the button's title: kept in the journal. */
  readonly words: string
}
export type ConfirmAnswer =
  | { readonly kind: 'confirmed'; readonly proposal: Proposal; readonly offer: Offer }
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
  const offer = await offerMeant(tx, principal, yes, chat)
  if (!offer) return { kind: 'refused', guard: 'noOffer', proposal: undefined, offer: undefined }
  const proposal = await lockProposal(tx, offer.proposalId)
  if (!proposal) return { kind: 'refused', guard: 'noOffer', proposal: undefined, offer: undefined }

  const now = deps.now()
  const at = iso(now)
  const preview = await previewOf(tx, proposal)
  const action = findAction(proposal.actionId)
  const mayConfirm = permission(principal, 'confirm').may && (action?.countersigners ?? []).some((role) => principal.roles.includes(role))
  const asked = askedBy(principal, proposal, chat, {
    cardActivityId: yes.by === 'button' ? yes.cardActivityId : null,
    nonce: yes.by === 'button' ? yes.nonce : null,
    code: yes.by === 'button' ? null : yes.by === 'code' ? yes.code : offer.code,
    renderedDigest: offerDigest(preview, {
      offerId: offer.id,
      nonce: offer.nonce,
      code: offer.code,
      expiresAt: offer.expiresAt,
      firstBy: null,
    }),
    mayConfirm,
  })
  // The offer is read again under the proposal's lock: another yes may have used it in between.
  const current = (await listOffers(tx, { proposalId: proposal.id })).find(({ id }) => id === offer.id) ?? offer
  const answer = decide(
    proposal.state,
    'confirm',
    gateFacts(proposal, now, { offer: current, asked, actionEnabled: await isEnabled(tx, proposal.actionId) }),
  )
  if (answer.kind === 'refused') return { kind: 'refused', guard: answer.guard, proposal, offer: current }
  if (!(await moveOffer(tx, offer.id, 'live', 'used')) || !(await moveState(tx, proposal.id, proposal.state, answer.to)))
    return { kind: 'refused', guard: 'state', proposal, offer: current }
  appendEvent(tx, 'offer.changed', offer.id, at)
  appendEvent(tx, 'proposal.changed', proposal.id, at)
  await append(tx, {
    kind: 'confirmed',
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
  return { kind: 'confirmed', proposal: { ...proposal, state: answer.to }, offer: { ...offer, state: 'used' } }
}

/** Which offer the yes is about. Whether it counts is the gate's to say. */
async function offerMeant(tx: ReadTx, principal: Principal, yes: Yes, chat: Chat): Promise<Offer | undefined> {
  switch (yes.by) {
    case 'button':
      return (await listOffers(tx, { nonce: yes.nonce })).find(({ id }) => id === yes.offerId)
    case 'code':
      return (
        (await listOffers(tx, { code: yes.code, state: 'live' }))[0] ??
        (await listOffers(tx, { code: yes.code, personId: principal.objectId }))[0]
      )
    case 'bareYes': {
      const live = (await listOffers(tx, { personId: principal.objectId, state: 'live' })).filter(
        ({ conversationId }) => conversationId === chat.conversationId,
      )
      const [only, ...others] = live
      return only && others.length === 0 && yes.latestActivityId !== null && only.cardActivityId === yes.latestActivityId ? only : undefined
    }
  }
}

export type RejectAnswer =
  { readonly kind: 'rejected'; readonly proposal: Proposal } | { readonly kind: 'refused'; readonly guard: GuardName | 'state' | 'unknown' }

/** Withdraws a proposal that was not countersigned yet; only the person who asked can. */
export async function reject(deps: ActDeps, principal: Principal, proposalId: string): Promise<RejectAnswer> {
  const now = deps.now()
  return writeTx(deps.store, principal, async (tx): Promise<RejectAnswer> => {
    const proposal = await lockProposal(tx, proposalId)
    if (!proposal) return { kind: 'refused', guard: 'unknown' }
    const asked = askedBy(principal, proposal, { conversationId: '', conversationType: 'personal' })
    const answer = decide(proposal.state, 'reject', gateFacts(proposal, now, { asked }))
    if (answer.kind === 'refused') return answer
    if (!(await endProposal(tx, proposal, answer.to, 'withdrawn', iso(now), principal.objectId))) return { kind: 'refused', guard: 'state' }
    return { kind: 'rejected', proposal: { ...proposal, state: answer.to, endReason: 'withdrawn' } }
  })
}
