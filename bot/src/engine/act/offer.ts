import { findAction } from '@countersign/core/actions/catalogue.ts'
import { decide, type GuardName } from '@countersign/core/actions/gate.ts'
import { codeFrom, offerSeconds, type Offer } from '@countersign/core/actions/offer.ts'
import { offerCard, offerDigest, type OfferFace } from '@countersign/core/actions/offer-card.ts'
import { renderPreview } from '@countersign/core/actions/preview.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import type { Preview } from '@countersign/core/api/proposals.ts'
import { digest, type Json } from '@countersign/core/digest.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { isEnabled } from '../../store/action-switches.ts'
import { aidOf } from '../../store/aid.ts'
import { append } from '../../store/journal.ts'
import { endOffers, insertOffer, listOffers, offerById, setCardActivity } from '../../store/offers.ts'
import { appendEvent } from '../../store/outbox.ts'
import { lockProposal, moveState, proposalById } from '../../store/proposals.ts'
import { readTx, writeTx, type ReadTx, type StoredJob } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import { endProposal } from './end.ts'
import { askedBy, gateFacts } from './gate-facts.ts'
import { originalOf, readPreState } from './pre-state.ts'
import { firstByFor, secondPeople } from './second.ts'

export interface Chat {
  readonly conversationId: string
  readonly conversationType: 'personal' | 'other'
}
export type OfferAnswer =
  | {
      readonly kind: 'offered'
      readonly offer: Offer
      readonly card: Json
      readonly preview: Preview
      readonly firstBy: OfferFace['firstBy']
    }
  | { readonly kind: 'refused'; readonly guard: OfferRefusal }
/** `unreadable`: the object could not be read again before the second person is asked. */
export type OfferRefusal = GuardName | 'state' | 'unknown' | 'unreadable'

export interface OfferOptions {
  /** Only where the person has not been shown a card of the proposal before, by whatever process. */
  readonly onlyFirst?: boolean
}

const codeTries = 20

/**
 * Makes one card for one person, in that person's own chat; an earlier card of the proposal to the same person stops
 * working. First the person who asked is shown it, then, where two are needed, everybody who could be the second: not
 * before the object has been read again.
 */
export async function offerTo(
  deps: ActDeps,
  person: Principal | StoredJob,
  proposalId: string,
  chat: Chat,
  { onlyFirst = false }: OfferOptions = {},
): Promise<OfferAnswer> {
  const found = await readTx(deps.store, person, (tx) => proposalById(tx, proposalId))
  const isSecond = found !== undefined && found.state === 'awaitingSecond' && found.requestedBy !== person.objectId
  if (isSecond) {
    const problem = await secondProblem(deps, person, found)
    if (problem) return { kind: 'refused', guard: problem }
  }
  return writeTx(deps.store, person, async (tx): Promise<OfferAnswer> => {
    const proposal = await lockProposal(tx, proposalId)
    if (!proposal) return { kind: 'refused', guard: 'unknown' }
    // Asked under the lock, which can take its time: a card is never older than it says.
    const now = deps.now()
    const at = iso(now)
    if (onlyFirst && (await listOffers(tx, { proposalId, personId: person.objectId })).length > 0)
      return { kind: 'refused', guard: 'state' }
    if (proposal.requestedBy !== person.objectId && !isSecond) return { kind: 'refused', guard: 'samePerson' }
    if (isSecond && proposal.state !== 'awaitingSecond') return { kind: 'refused', guard: 'state' }
    const asked = askedBy(person, proposal, chat)
    const facts = gateFacts(proposal, now, { asked, liveOffersOfPerson: 0, actionEnabled: await isEnabled(tx, proposal.actionId) })
    const answer = decide(proposal.state, 'offer', facts)
    if (answer.kind === 'refused') return answer
    for (const ended of await endOffers(tx, proposal.id, person.objectId)) appendEvent(tx, 'offer.changed', ended.id, at)
    await moveState(tx, proposal.id, proposal.state, answer.to)

    const preview = await previewOf(tx, proposal)
    const lasts = isSecond ? offerSeconds.second : offerSeconds[findAction(proposal.actionId)?.impact ?? 'high']
    const expiresAt = iso(Math.min(now + lasts * 1000, Date.parse(proposal.expiresAt)))
    const firstBy = await firstByFor(tx, proposal, person.objectId)
    for (let attempt = 0; attempt < codeTries; attempt++) {
      const face: OfferFace = {
        offerId: deps.newId(),
        nonce: Buffer.from(deps.randomBytes(16)).toString('base64url'),
        code: codeFrom([...deps.randomBytes(4)]),
        expiresAt,
        firstBy,
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
      return { kind: 'offered', offer, card: offerCard(preview, face), preview, firstBy }
    }
    throw new Error(`No free confirmation code was found in ${codeTries} tries.`)
  })
}

/** Why a second person is not shown a card; an object that has changed ends the proposal. */
async function secondProblem(deps: ActDeps, person: StoredJob, proposal: Proposal): Promise<OfferRefusal | undefined> {
  if (!(await secondPeople(deps, proposal)).some(({ objectId }) => objectId === person.objectId)) return 'mayConfirm'
  const aid = await deps.aid(proposal.tenantId)
  if (aid.kind !== 'aid') return 'unreadable'
  const original = await readTx(deps.store, person, (tx) => originalOf(tx, proposal))
  const fresh = await readPreState(aid.reader, proposal, original, deps.now())
  if (fresh.kind === 'unreadable' || fresh.kind === 'signInLost') return 'unreadable'
  if (fresh.kind === 'read' && digest(fresh.preState) === digest(proposal.preState)) return undefined
  await writeTx(deps.store, person, async (tx) => {
    const current = await lockProposal(tx, proposal.id)
    const answer = current && decide(current.state, 'goneStale', gateFacts(current, deps.now()))
    if (current && answer?.kind === 'moved') await endProposal(tx, current, answer.to, 'changedSince', iso(deps.now()))
  })
  return 'preStateUnchanged'
}

/** What an offer's card is made of beside the preview: the same bytes whenever it is made again. */
export async function faceOf(tx: ReadTx, proposal: Proposal, { id, nonce, code, expiresAt, personId }: Offer): Promise<OfferFace> {
  return { offerId: id, nonce, code, expiresAt, firstBy: await firstByFor(tx, proposal, personId) }
}

/** Notes under which id the channel keeps the card; only from then on can its button confirm. */
export async function cardDelivered(
  deps: ActDeps,
  person: Principal | StoredJob,
  offerId: string,
  cardActivityId: string,
): Promise<boolean> {
  return writeTx(deps.store, person, async (tx) => {
    const isNoted = await setCardActivity(tx, offerId, cardActivityId)
    const offer = await offerById(tx, offerId)
    // It ended while its card was on the way: whoever keeps cards true could not know then which one to change.
    if (isNoted && offer?.state !== 'live') appendEvent(tx, 'offer.changed', offerId, iso(deps.now()))
    return isNoted
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
