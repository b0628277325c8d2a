import type { Json } from '@countersign/core/digest.ts'
import { cardDelivered, offerTo, previewOf, type OfferOptions, type OfferRefusal } from '../engine/act/offer.ts'
import { firstByFor, secondPeopleToAsk } from '../engine/act/second.ts'
import { stepViews } from '../engine/act/step-views.ts'
import { echoesOf } from '../store/echoes.ts'
import { listOffers, offerById } from '../store/offers.ts'
import { listProposals, proposalById } from '../store/proposals.ts'
import { stepsOf } from '../store/steps.ts'
import { readTx, type StoredJob } from '../store/transaction.ts'
import { liveCard, type OfferView } from './cards/offer-state.ts'
import type { ChatDeps } from './chat-deps.ts'
import { namedSeconds } from './second-names.ts'

export interface OfferPlace {
  readonly conversationId: string
  /** The channel's id of the person. */
  readonly channelPersonId: string
  /** Sends the card and answers its activity id; undefined when the channel did not take it. */
  readonly send: (card: Json) => Promise<string | undefined>
}
export type OfferDelivered =
  { readonly kind: 'delivered' } | { readonly kind: 'notTaken' } | { readonly kind: 'refused'; readonly guard: OfferRefusal }

/** Makes a card for the person who asked or could be the second, sends it, and notes where it is: from then on its button counts. */
export async function deliverOffer(
  deps: ChatDeps,
  person: StoredJob,
  proposalId: string,
  place: OfferPlace,
  options: OfferOptions = {},
): Promise<OfferDelivered> {
  const chat = { conversationId: place.conversationId, conversationType: 'personal' } as const
  const offered = await offerTo(deps.act, person, proposalId, chat, options)
  if (offered.kind === 'refused') return offered
  const activityId = await place.send(liveCard(offered, place.channelPersonId))
  if (activityId === undefined || activityId === '') return { kind: 'notTaken' }
  await cardDelivered(deps.act, person, offered.offer.id, activityId)
  return { kind: 'delivered' }
}

/** The same for a proposal that nobody has seen a card of: the chat that is opened and the event log both see to it, and one card is enough. */
export function deliverFirstOffer(deps: ChatDeps, person: StoredJob, proposalId: string, place: OfferPlace): Promise<OfferDelivered> {
  return deps.memory.inTurn(proposalId, async () => {
    const proposal = await readTx(deps.act.store, person, (tx) => proposalById(tx, proposalId))
    const isFirst = proposal?.state === 'proposed'
    return isFirst ? deliverOffer(deps, person, proposalId, place, { onlyFirst: true }) : { kind: 'refused', guard: 'state' }
  })
}

/** The same for a second person, who is shown a card once by itself and then when asking for it. */
export function deliverSecondOffer(deps: ChatDeps, person: StoredJob, proposalId: string, place: OfferPlace): Promise<OfferDelivered> {
  return deps.memory.inTurn(`${proposalId} ${person.objectId}`, async () => {
    const proposal = await readTx(deps.act.store, person, (tx) => proposalById(tx, proposalId))
    const isAsked =
      proposal?.state === 'awaitingSecond' &&
      (await secondPeopleToAsk(deps.act, proposal)).some(({ objectId }) => objectId === person.objectId)
    return isAsked ? deliverOffer(deps, person, proposalId, place, { onlyFirst: true }) : { kind: 'refused', guard: 'state' }
  })
}

/** Proposals of the person that wait for a countersignature, oldest first. */
export async function waitingProposals(
  deps: ChatDeps,
  person: StoredJob,
  states: readonly ('proposed' | 'offered')[],
): Promise<readonly string[]> {
  const found = await readTx(deps.act.store, person, (tx) => listProposals(tx, { states, requestedBy: person.objectId }))
  const now = deps.act.now()
  return found
    .filter(({ expiresAt }) => now < Date.parse(expiresAt))
    .map(({ id }) => id)
    .reverse()
}

export async function offerView(deps: ChatDeps, person: StoredJob, offerId: string): Promise<OfferView | undefined> {
  const offer = await readTx(deps.act.store, person, (tx) => offerById(tx, offerId))
  return offer && (await offerViews(deps, person, offer.proposalId)).find((view) => view.offer.id === offerId)
}

/** Changes one card after what was begun to change it before, by how it stands then: no earlier state comes after a later one. */
export function inTurnOfCard(
  deps: ChatDeps,
  person: StoredJob,
  offerId: string,
  change: (view: OfferView) => Promise<void>,
): Promise<OfferView | undefined> {
  return deps.memory.inTurn(`card ${offerId}`, async () => {
    const view = await offerView(deps, person, offerId)
    if (view && view.offer.cardActivityId !== '') await change(view)
    return view
  })
}

/** Every card that was made of a proposal, newest first, with all that decides how it looks. */
export async function offerViews(deps: ChatDeps, person: StoredJob, proposalId: string): Promise<readonly OfferView[]> {
  const views = await readTx(deps.act.store, person, async (tx) => {
    const proposal = await proposalById(tx, proposalId)
    if (!proposal) return []
    const preview = await previewOf(tx, proposal)
    const echo = (await echoesOf(tx, proposalId)).at(-1)?.state
    const steps = proposal.receiptNumber === null ? [] : stepViews(proposal, await stepsOf(tx, proposalId)).map(({ state }) => state)
    const offers = await listOffers(tx, { proposalId })
    const found: OfferView[] = []
    for (const offer of offers) {
      const isNewest = offers.find(({ personId }) => personId === offer.personId) === offer
      const firstBy = await firstByFor(tx, proposal, offer.personId)
      found.push({ offer, proposal, preview, firstBy, isNewest, echo, steps, seconds: [] })
    }
    return found
  })
  const waiting = views.find(({ proposal }) => proposal.state === 'awaitingSecond')
  if (!waiting) return views
  // Roles are read from Graph, which no transaction waits for.
  const seconds = await namedSeconds(deps, waiting.proposal)
  return views.map((view) => ({ ...view, seconds }))
}
