import { z } from 'zod'
import { digest, type Json } from '@countersign/core/digest.ts'
import type { Event } from '@countersign/core/events.ts'
import { secondPeopleToAsk } from '../engine/act/second.ts'
import { forgetChat, moveReader } from '../engine/chats.ts'
import { conversationOf, type Conversation } from '../store/conversations.ts'
import { listOffers, offerById } from '../store/offers.ts'
import { cursorOf, eventsAfter, listen } from '../store/outbox.ts'
import { listProposals, proposalById } from '../store/proposals.ts'
import { readTx, type StoredJob } from '../store/transaction.ts'
import { tellOwnersOfAid } from './aid-notice.ts'
import { isLive, movingCard, type OfferView } from './cards/offer-state.ts'
import type { Delivery } from './channel.ts'
import type { ChatDeps } from './chat-deps.ts'
import { deliverFirstOffer, deliverOffer, deliverSecondOffer, inTurnOfCard, offerViews } from './offer-cards.ts'

const reader = 'chat/notify'
/** Waits between tries of one call to the channel; after the last, the card's own refresh has to do. */
const retryWaits = [1000, 2000, 5000, 15_000]
const afterFaultMs = 5000
const referenceSchema = z.looseObject({ user: z.looseObject({ id: z.string() }) })

export interface Notifier {
  /** Stops listening and waits for what is being sent, but not until a channel that takes nothing does: the next process sends that. */
  readonly close: () => Promise<void>
}

/**
 * Keeps cards true: reads the event log from its own cursor, replaces every card that is not live by its present state,
 * and brings proposals of the tab to their person's chat. What it does can be done twice without harm, and the cursor
 * moves only afterwards, so that nothing is lost in a restart.
 */
export async function startNotifier(given: ChatDeps): Promise<Notifier> {
  const runs = new Map<string, Promise<void>>()
  const again = new Set<string>()
  const notBegun = new Set(given.tenants)
  let close = (): void => undefined
  const closing = new Promise<void>((resolve) => (close = resolve))
  let isClosed = false
  const untilClosed = closing.then(() => Promise.reject(new Error('The reader of the event log was stopped.')))
  untilClosed.catch(() => undefined)
  // Whatever waits when the reader is stopped breaks off there, and the cursor stays where it is.
  const deps: ChatDeps = {
    ...given,
    act: { ...given.act, wait: (milliseconds) => Promise.race([given.act.wait(milliseconds), untilClosed]) },
  }

  const wakeAll = (): void => deps.tenants.forEach((tenantId) => wake(tenantId))
  const listening = await listen(deps.act.store, (tenantId) => wake(tenantId), wakeAll)
  wakeAll()
  return {
    async close() {
      isClosed = true
      close()
      await listening.close()
      await Promise.all(runs.values())
    },
  }

  function wake(tenantId: string): void {
    if (isClosed || !deps.tenants.includes(tenantId)) return
    if (runs.has(tenantId)) return void again.add(tenantId)
    const run = (async () => {
      if (notBegun.has(tenantId)) await offerUndelivered(deps, tenantId)
      notBegun.delete(tenantId)
      await drain(deps, tenantId, () => isClosed)
    })()
      .catch(async (problem: unknown) => {
        if (isClosed) return
        deps.log.error({ err: problem }, 'Cards could not be brought up to date')
        // Nobody may wake this again for hours: what failed for a moment is tried again by itself, a card on its way too.
        notBegun.add(tenantId)
        again.add(tenantId)
        await Promise.race([given.act.wait(afterFaultMs), closing])
      })
      .finally(() => {
        runs.delete(tenantId)
        if (again.delete(tenantId)) wake(tenantId)
      })
    runs.set(tenantId, run)
  }
}

async function drain(deps: ChatDeps, tenantId: string, isClosed: () => boolean): Promise<void> {
  const job = { tenantId, objectId: reader }
  while (!isClosed()) {
    const events = await readTx(deps.act.store, job, async (tx) => eventsAfter(tx, await cursorOf(tx, reader), 200))
    const last = events.at(-1)
    if (!last) return
    if (events.some(({ kind }) => kind === 'aid.changed'))
      await tellOwnersOfAid(deps, job, (reference, message) => patiently(deps, () => deps.channel.send(reference, message)))
    for (const proposalId of await proposalsOf(deps, job, events)) await showProposal(deps, job, proposalId)
    await moveReader(deps.act, job, reader, last.seq)
  }
}

/** Proposals that the events are about, each once. */
async function proposalsOf(deps: ChatDeps, job: StoredJob, events: readonly Event[]): Promise<ReadonlySet<string>> {
  return readTx(deps.act.store, job, async (tx) => {
    const found = new Set<string>()
    for (const { kind, subjectId } of events) {
      if (kind === 'proposal.changed' || kind === 'receipt.changed') found.add(subjectId)
      const offer = kind === 'offer.changed' ? await offerById(tx, subjectId) : undefined
      if (offer) found.add(offer.proposalId)
    }
    return found
  })
}

async function showProposal(deps: ChatDeps, job: StoredJob, proposalId: string): Promise<void> {
  const proposal = await readTx(deps.act.store, job, (tx) => proposalById(tx, proposalId))
  const views = await offerViews(deps, job, proposalId)
  // The chat offers its own proposals itself; one that was made elsewhere comes to the person here.
  if (proposal?.state === 'proposed' && proposal.door !== 'chat')
    await offerInChat(deps, { tenantId: job.tenantId, objectId: proposal.requestedBy }, proposalId, deliverFirstOffer)
  if (proposal?.state === 'awaitingSecond')
    for (const { objectId } of await secondPeopleToAsk(deps.act, proposal))
      await offerInChat(deps, { tenantId: job.tenantId, objectId }, proposalId, deliverSecondOffer)
  for (const view of views) await showOffer(deps, job, view)
}

/** Sends the card of a proposal into its person's chat, where one is known; where none is, it waits for the chat to be opened. */
async function offerInChat(deps: ChatDeps, person: StoredJob, proposalId: string, deliver: typeof deliverOffer): Promise<void> {
  const chat = await readTx(deps.act.store, person, (tx) => conversationOf(tx, person.objectId))
  if (!chat) return
  await deliver(deps, person, proposalId, {
    conversationId: chat.conversationId,
    channelPersonId: channelPersonOf(chat),
    send: async (card) => {
      const delivery = await patiently(deps, () => deps.channel.send(chat.reference, { card }))
      if (delivery.kind === 'delivered') return delivery.activityId
      deps.log.warn({ status: delivery.kind === 'gone' ? delivery.status : 0 }, 'A card could not be sent to a chat')
      if (delivery.kind === 'gone') await forgetChat(deps.act, person, chat.conversationId)
      return undefined
    },
  })
}

/** Replaces a card by its present state, unless it is live or shows just that. */
async function showOffer(deps: ChatDeps, job: StoredJob, known: OfferView): Promise<void> {
  const { offer } = known
  if (offer.cardActivityId === '' || isLive(known, deps.act.now())) return
  const chat = await readTx(deps.act.store, job, (tx) => conversationOf(tx, offer.personId))
  if (chat?.conversationId !== offer.conversationId) return
  if (deps.memory.shown(offer.id) === digest(movingCard(known, deps.tabUrl, channelPersonOf(chat)))) return
  await inTurnOfCard(deps, job, offer.id, (view) => replaceCard(deps, chat, view))
}

async function replaceCard(deps: ChatDeps, chat: Conversation, view: OfferView): Promise<void> {
  const { offer } = view
  const card: Json = movingCard(view, deps.tabUrl, channelPersonOf(chat))
  const quiet = deps.memory.quietFor(offer.id)
  if (quiet > 0) await deps.act.wait(quiet)
  const delivery = await patiently(deps, () => deps.channel.update(chat.reference, offer.cardActivityId, { card }))
  if (delivery.kind === 'later') deps.log.warn({ problem: delivery.problem }, 'A card could not be updated')
  else deps.memory.noteShown(offer.id, digest(card))
}

async function patiently(deps: ChatDeps, call: () => Promise<Delivery>): Promise<Delivery> {
  let delivery = await call()
  for (const wait of retryWaits) {
    if (delivery.kind !== 'later') break
    await deps.act.wait(wait)
    delivery = await call()
  }
  return delivery
}

/** After a stop between the offer and its card: the offer lives, but nobody has seen it. */
async function offerUndelivered(deps: ChatDeps, tenantId: string): Promise<void> {
  const job = { tenantId, objectId: reader }
  const lost = await readTx(deps.act.store, job, async (tx) => {
    const offered = await listProposals(tx, { states: ['offered', 'awaitingSecond'] })
    const live = await Promise.all(offered.map(({ id }) => listOffers(tx, { proposalId: id, state: 'live' })))
    return live.flat().filter(({ cardActivityId }) => cardActivityId === '')
  })
  for (const { proposalId, personId } of lost) await offerInChat(deps, { tenantId, objectId: personId }, proposalId, deliverOffer)
}

function channelPersonOf(chat: Conversation): string {
  return referenceSchema.safeParse(chat.reference).data?.user.id ?? ''
}
