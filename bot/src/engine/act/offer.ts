import { findAction } from '@countersign/core/actions/catalogue.ts'
import { decide, type GuardName } from '@countersign/core/actions/gate.ts'
import { codeFrom, offerSeconds, type Offer } from '@countersign/core/actions/offer.ts'
import { offerCard, offerDigest, type OfferFace } from '@countersign/core/actions/offer-card.ts'
import { renderPreview } from '@countersign/core/actions/preview.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import type { Preview } from '@countersign/core/api/proposals.ts'
import type { Json } from '@countersign/core/digest.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { isEnabled } from '../../store/action-switches.ts'
import { aidOf } from '../../store/aid.ts'
import { append } from '../../store/journal.ts'
import { endOffers, insertOffer, offerById, setCardActivity } from '../../store/offers.ts'
import { appendEvent } from '../../store/outbox.ts'
import { lockProposal, moveState, proposalById } from '../../store/proposals.ts'
import { readTx, writeTx, type ReadTx, type StoredJob } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import { askedBy, gateFacts } from './gate-facts.ts'

export interface Chat {
  readonly conversationId: string
  readonly conversationType: 'personal' | 'other'
}
export type OfferAnswer =
  | { readonly kind: 'offered'; readonly offer: Offer; readonly card: Json; readonly preview: Preview }
  | { readonly kind: 'refused'; readonly guard: GuardName | 'state' | 'unknown' }

const codeTries = 20

/** Makes one card for the person who asked, in that person's own chat; an earlier card of the proposal stops working. */
export async function offerTo(deps: ActDeps, person: Principal | StoredJob, proposalId: string, chat: Chat): Promise<OfferAnswer> {
  const now = deps.now()
  const at = iso(now)
  return writeTx(deps.store, person, async (tx): Promise<OfferAnswer> => {
    const proposal = await lockProposal(tx, proposalId)
    if (!proposal) return { kind: 'refused', guard: 'unknown' }
    if (proposal.requestedBy !== person.objectId) return { kind: 'refused', guard: 'samePerson' }
    for (const ended of await endOffers(tx, proposal.id)) appendEvent(tx, 'offer.changed', ended.id, at)
    const asked = askedBy(person, proposal, chat)
    const answer = decide(
      proposal.state,
      'offer',
      gateFacts(proposal, now, { asked, liveOffersOfPerson: 0, actionEnabled: await isEnabled(tx, proposal.actionId) }),
    )
    if (answer.kind === 'refused') return answer
    await moveState(tx, proposal.id, proposal.state, answer.to)

    const preview = await previewOf(tx, proposal)
    const impact = findAction(proposal.actionId)?.impact ?? 'high'
    const expiresAt = iso(now + offerSeconds[impact] * 1000)
    for (let attempt = 0; attempt < codeTries; attempt++) {
      const face: OfferFace = {
        offerId: deps.newId(),
        nonce: Buffer.from(deps.randomBytes(16)).toString('base64url'),
        code: codeFrom([...deps.randomBytes(4)]),
        expiresAt,
        firstBy: null,
      }
      const bytesDigest = offerDigest(preview, face)
      const offer: Offer = {
        id: face.offerId,
        proposalId: proposal.id,
        proposalHash: proposal.hash,
        tenantId: tx.tenantId,
        personId: person.objectId,
        conversationId: chat.conversationId,
        cardActivityId: '',
        nonce: face.nonce,
        code: face.code,
        bytesDigest,
        createdAt: at,
        expiresAt,
        state: 'live',
      }
      if (!(await insertOffer(tx, offer))) continue
      appendEvent(tx, 'proposal.changed', proposal.id, at)
      await append(tx, {
        kind: 'offered',
        subjectId: proposal.id,
        at,
        body: {
          offerId: offer.id,
          person: offer.personId,
          conversationId: offer.conversationId,
          proposalHash: proposal.hash,
          bytesDigest,
          shown: previewJson(preview),
          expiresAt,
        },
      })
      return { kind: 'offered', offer, card: offerCard(preview, face), preview }
    }
    throw new Error(`No free confirmation code was found in ${codeTries} tries.`)
  })
}

/** Notes under which id the channel keeps the card; only from then on can its button confirm. */
export async function cardDelivered(
  deps: ActDeps,
  person: Principal | StoredJob,
  offerId: string,
  cardActivityId: string,
): Promise<boolean> {
  return writeTx(deps.store, person, (tx) => setCardActivity(tx, offerId, cardActivityId))
}

export interface OfferState {
  readonly offer: Offer
  readonly proposal: Proposal
  readonly preview: Preview
}

/** An offer with its proposal as they are now: what a card shows in place of its live buttons. */
export async function offerState(deps: ActDeps, person: Principal | StoredJob, offerId: string): Promise<OfferState | undefined> {
  return readTx(deps.store, person, async (tx) => {
    const offer = await offerById(tx, offerId)
    const proposal = offer && (await proposalById(tx, offer.proposalId))
    return offer && proposal && { offer, proposal, preview: await previewOf(tx, proposal) }
  })
}

/** The one rendering of a proposal, in the language of the record. */
export async function previewOf(tx: ReadTx, proposal: Proposal, locale = 'en'): Promise<Preview> {
  const aid = await aidOf(tx)
  return renderPreview(proposal, aid?.objectId === proposal.actorId ? aid.userPrincipalName : proposal.actorId, locale)
}

function previewJson(preview: Preview): Json {
  return JSON.parse(JSON.stringify(preview)) as Json
}
