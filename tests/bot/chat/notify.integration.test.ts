import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { setTimeout as wait } from 'node:timers/promises'
import type { Json } from '../../../core/digest.ts'
import type { Channel, Delivery, Message } from '../../../bot/src/chat/channel.ts'
import { startChat, type ChatService } from '../../../bot/src/chat/start.ts'
import { offerTo } from '../../../bot/src/engine/act/offer.ts'
import { propose } from '../../../bot/src/engine/act/propose.ts'
import { reject } from '../../../bot/src/engine/act/confirm.ts'
import { rememberChat } from '../../../bot/src/engine/chats.ts'
import { conversationOf } from '../../../bot/src/store/conversations.ts'
import { listOffers } from '../../../bot/src/store/offers.ts'
import { readTx } from '../../../bot/src/store/transaction.ts'
import { erikId, openWorld, proposalIdOf, type ActWorld } from '../act/act-world.ts'

/** A channel that notes what it is given and does what it is told. */
interface FakeChannel extends Channel {
  readonly sent: { readonly id: string; readonly card: Json }[]
  readonly updates: { readonly id: string; readonly text: string }[]
  /** Answers of the next calls; then everything is delivered. */
  readonly next: Exclude<Delivery, { kind: 'delivered' }>[]
  /** Runs before the next message is sent, once. */
  before: (() => Promise<void>) | undefined
}

function fakeChannel(): FakeChannel {
  const channel: FakeChannel = {
    sent: [],
    updates: [],
    next: [],
    before: undefined,
    receive: () => Promise.resolve({ status: 501 }),
    async send(_reference, message): Promise<Delivery> {
      const { before } = channel
      channel.before = undefined
      await before?.()
      const trouble = channel.next.shift()
      if (trouble) return trouble
      const id = `card-${channel.sent.length + 1}`
      channel.sent.push({ id, card: cardOf(message) })
      return { kind: 'delivered', activityId: id }
    },
    update(_reference, id, message) {
      const trouble = channel.next.shift()
      if (trouble) return Promise.resolve(trouble)
      channel.updates.push({ id, text: JSON.stringify(cardOf(message)) })
      return Promise.resolve({ kind: 'delivered', activityId: id })
    },
  }
  return channel
}

function cardOf(message: Message): Json {
  if (!('card' in message)) throw new Error('A card was expected.')
  return message.card
}

let world: ActWorld
let channel: FakeChannel
let service: ChatService | undefined

async function start(wait = world.deps.wait): Promise<void> {
  service = await startChat({
    channel,
    act: { ...world.deps, wait },
    chatPrincipal: () => Promise.resolve({ kind: 'principal', principal: world.ada }),
    tenants: [world.ada.tenantId],
    log: world.deps.log,
    tabUrl: 'http://tab',
    chatUrl: 'http://chat',
    auditLogUrl: 'http://log',
    isAlone: true,
  })
}
async function stop(): Promise<void> {
  await service?.close()
  service = undefined
}
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(5)
}
async function fromTab(): Promise<string> {
  return proposalIdOf(await propose(world.deps, { ...world.ada, door: 'tab' }, { actionId: 'disable-user', input: { userId: erikId } }))
}
async function openChat(): Promise<void> {
  await rememberChat(world.deps, world.ada, {
    conversationId: world.chat.conversationId,
    reference: { user: { id: '29:ada' }, serviceUrl: 'https://localhost/' },
  })
}

beforeEach(async () => {
  world = await openWorld()
  channel = fakeChannel()
})
afterEach(async () => {
  await stop()
  await world.close()
})

describe('the reader of the event log', () => {
  it('brings a proposal of the tab to the chat once, and its end to the card once', async () => {
    await openChat()
    await start()
    const id = await fromTab()
    await until(() => channel.sent.length === 1)
    expect(JSON.stringify(channel.sent[0]?.card)).toContain('Countersign')
    await reject(world.deps, world.ada, id)
    await until(() => channel.updates.length > 0)
    await stop()
    expect(channel.sent).toHaveLength(1)
    expect(channel.updates).toHaveLength(1)
    expect(channel.updates[0]).toMatchObject({ id: 'card-1', text: expect.stringContaining('Declined') })
  })

  it('leaves a proposal waiting where no chat is known', async () => {
    await start()
    const id = await fromTab()
    // What is proposed after it, by somebody with a chat, is looked at after it.
    const other = { ...world.bo, door: 'tab' as const }
    await rememberChat(world.deps, other, { conversationId: 'a:bo', reference: { user: { id: '29:bo' } } })
    await propose(world.deps, other, { actionId: 'disable-user', input: { userId: erikId } })
    await until(() => channel.sent.length > 0)
    await stop()
    expect(channel.sent).toHaveLength(1)
    expect(await world.stateOf(id)).toBe('proposed')
  })

  it('makes up for what happened while it was not running', async () => {
    await openChat()
    const id = await fromTab()
    await start()
    await until(() => channel.sent.length === 1)
    await stop()
    await reject(world.deps, world.ada, id)
    await start()
    await until(() => channel.updates.some(({ text }) => text.includes('Declined')))
    expect(channel.sent).toHaveLength(1)
  })

  it('shows an offer again whose card was lost between the store and the channel', async () => {
    await openChat()
    const id = proposalIdOf(await world.disable())
    await offerTo(world.deps, world.ada, id, world.chat)
    await start()
    await until(() => channel.sent.length === 1)
    await stop()
    const offers = await readTx(world.deps.store, world.ada, (tx) => listOffers(tx, { proposalId: id }))
    expect(offers.filter(({ state }) => state === 'live')).toMatchObject([{ cardActivityId: 'card-1' }])
    expect(channel.sent).toHaveLength(1)
  })

  it('tries again what the channel could not take yet, and forgets a chat that is gone', async () => {
    await openChat()
    channel.next.push({ kind: 'later', problem: 'busy' }, { kind: 'later', problem: 'busy' })
    await start()
    await fromTab()
    await until(() => channel.sent.length === 1)
    channel.next.push({ kind: 'gone', status: 403 })
    await propose(world.deps, { ...world.ada, door: 'tab' }, { undo: '00000000-0000-4000-8000-000000000000' })
    const other = { ...world.ada, objectId: '99999999-2222-4333-8444-555555555555', door: 'tab' as const }
    await rememberChat(world.deps, other, { conversationId: 'a:other', reference: { user: { id: '29:other' } } })
    await propose(world.deps, other, { actionId: 'disable-user', input: { userId: erikId } })
    await until(() => channel.next.length === 0)
    await stop()
    expect(await readTx(world.deps.store, other, (tx) => conversationOf(tx, other.objectId))).toBeUndefined()
    expect(channel.sent).toHaveLength(1)
  })

  it('is stopped at once while the channel takes nothing, and the next one sends what was kept back', async () => {
    await openChat()
    const busy = { kind: 'later', problem: 'busy' } as const
    /** Starts with a channel that takes nothing, and stops once that is waited for. */
    const inVain = async (happen: () => Promise<unknown>): Promise<void> => {
      const isAwaited = Promise.withResolvers<void>()
      await start(() => (isAwaited.resolve(), new Promise(() => undefined)))
      channel.next.push(busy)
      await happen()
      await isAwaited.promise
      await stop()
    }
    const ids: string[] = []
    await inVain(async () => ids.push(await fromTab()))
    expect(channel.sent).toEqual([])
    await start()
    await until(() => channel.sent.length === 1)
    await stop()
    await inVain(() => reject(world.deps, world.ada, ids[0] ?? ''))
    expect(channel.updates).toEqual([])
    await start()
    await until(() => channel.updates.some(({ text }) => text.includes('Declined')))
    expect(channel.sent).toHaveLength(1)
  })

  it('a chat that is gone is forgotten, and not the one that the person opened meanwhile', async () => {
    await openChat()
    const isOver = Promise.withResolvers<void>()
    channel.before = async () => {
      await rememberChat(world.deps, world.ada, { conversationId: 'a:new', reference: { user: { id: '29:ada' } } })
      isOver.resolve()
    }
    channel.next.push({ kind: 'gone', status: 403 })
    await start()
    await fromTab()
    await isOver.promise
    await stop()
    expect(await readTx(world.deps.store, world.ada, (tx) => conversationOf(tx, world.ada.objectId))).toMatchObject({
      conversationId: 'a:new',
    })
  })

  it('a fault is tried again by itself, and the card whose way it ended comes', async () => {
    await openChat()
    channel.before = () => Promise.reject(new Error('The sign-in service cannot be reached.'))
    await start()
    const id = await fromTab()
    await until(() => channel.sent.length === 1)
    await stop()
    const offers = await readTx(world.deps.store, world.ada, (tx) => listOffers(tx, { proposalId: id, state: 'live' }))
    expect(offers).toMatchObject([{ cardActivityId: 'card-1' }])
  })

  it('a 1:1 chat stays with its first person', async () => {
    await openChat()
    expect(await rememberChat(world.deps, world.bo, { conversationId: world.chat.conversationId, reference: {} })).toBe('taken')
    expect(await readTx(world.deps.store, world.bo, (tx) => conversationOf(tx, world.bo.objectId))).toBeUndefined()
    expect(
      await rememberChat(world.deps, world.ada, {
        conversationId: world.chat.conversationId,
        reference: { user: { id: '29:ada' }, serviceUrl: 'https://localhost/' },
      }),
    ).toBe('known')
  })
})
