import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import type { Json } from '../../../core/digest.ts'
import type { Channel, ChatAct, ChatTurn, Message, TurnAnswer } from '../../../bot/src/chat/channel.ts'
import { startChat, type ChatService } from '../../../bot/src/chat/start.ts'
import { propose } from '../../../bot/src/engine/act/propose.ts'
import { readCard, type Card } from '../../e2e/chat-cards.ts'
import { erikId, openWorld, type ActWorld } from '../act/act-world.ts'

let world: ActWorld
let service: ChatService
let said: { readonly id: string; readonly message: Message }[]
let replaced: { readonly id: string; readonly card: Json }[]
let failing: string | undefined
let beforeRoles: (() => Promise<void>) | undefined

beforeEach(async () => {
  world = await openWorld()
  said = []
  replaced = []
  failing = undefined
  beforeRoles = undefined
  const channel: Channel = {
    // The body stands for the turn that the real channel makes of it.
    receive: async (request, handle) => ({ status: 200, body: JSON.parse(JSON.stringify(await handle(request.body as ChatTurn))) as Json }),
    send(_reference, message) {
      said.push({ id: `m${said.length + 1}`, message })
      return Promise.resolve({ kind: 'delivered', activityId: `m${said.length}` })
    },
    update: () => Promise.resolve({ kind: 'gone', status: 403 }),
  }
  service = await startChat({
    channel,
    act: world.deps,
    async chatPrincipal() {
      await beforeRoles?.()
      return { kind: 'principal', principal: world.ada }
    },
    tenants: [world.ada.tenantId],
    log: world.deps.log,
    tabUrl: 'http://tab',
    chatUrl: 'http://chat',
    auditLogUrl: 'http://log',
  })
})
afterEach(async () => {
  await service.close()
  await world.close()
})

async function act(what: ChatAct, activityId: string = randomUUID(), writtenAt: number | null = world.clock.now): Promise<TurnAnswer> {
  const turn: ChatTurn = {
    tenantId: world.ada.tenantId,
    person: { objectId: world.ada.objectId, name: 'Ada', channelId: '29:ada' },
    conversationId: world.chat.conversationId,
    conversationType: 'personal',
    activityId,
    writtenAt,
    act: what,
    reference: { user: { id: '29:ada' } },
    reply(message) {
      if (failing !== undefined && JSON.stringify(message).includes(failing))
        return Promise.reject(new Error('the channel broke at secret/path.ts:1'))
      said.push({ id: `m${said.length + 1}`, message })
      return Promise.resolve(`m${said.length}`)
    },
    replaceCard: async (id, card) => void replaced.push({ id, card }),
    showTyping: () => Promise.resolve(),
  }
  const answer = await service.receive({ authorization: undefined, body: turn })
  return answer.body as unknown as TurnAnswer
}

function say(text: string): Promise<TurnAnswer> {
  return act({ kind: 'text', text })
}

function lastCard(): Card {
  const last = said.at(-1)
  if (!last || !('card' in last.message)) throw new Error(`The last message is no card: ${JSON.stringify(last)}`)
  return readCard(last.id, world.chat.conversationId, Object(last.message.card))
}

function lastText(): string {
  const last = said.at(-1)
  if (!last || !('text' in last.message)) throw new Error('The last message is no text.')
  return last.message.text
}

describe('opening the chat', () => {
  it.each([{ kind: 'installed' }, { kind: 'text', text: 'help' }] as const)(
    '%j brings the card of a proposal that waited',
    async (first) => {
      await propose(world.deps, { ...world.ada, door: 'tab' }, { actionId: 'disable-user', input: { userId: erikId } })
      await act(first)
      const cards = said.flatMap(({ id, message }) =>
        'card' in message ? [readCard(id, world.chat.conversationId, Object(message.card))] : [],
      )
      // One card, whether the turn or the event log was first to see to it.
      const [offer, ...others] = cards.filter(({ text }) => text.includes('Block Erik Holm from signing in'))
      expect(others).toEqual([])
      await say(`yes ${/reply: yes (\w{4})/.exec(offer?.text ?? '')?.[1] ?? 'none'}`)
      expect(lastText()).toContain('Countersigned')
      await world.work()
      expect(world.graph.writes).toHaveLength(1)
    },
  )
})

describe('a turn', () => {
  it('that fails is answered with one apology and a number, without a word of the fault', async () => {
    failing = 'What I can do'
    await say('help')
    expect(said).toHaveLength(1)
    expect(lastText()).toMatch(/Something broke on my side.*[0-9a-f-]{36}$/)
    expect(lastText()).not.toContain('path.ts')
  })

  it('is done once when the channel sends the message twice', async () => {
    await act({ kind: 'text', text: 'help' }, 'same')
    await act({ kind: 'text', text: 'help' }, 'same')
    expect(said).toHaveLength(1)
  })

  it('of a client without Action.Execute: the submitted button replaces the card and counts the same', async () => {
    await say(`disable user ${erikId}`)
    const card = lastCard()
    const data = card.buttons.find(({ verb }) => verb === 'countersign')?.data
    await act({
      kind: 'press',
      verb: 'countersign',
      data: { ...Object(data), verb: 'countersign' },
      cardActivityId: card.messageId,
      via: 'submit',
    })
    expect(replaced).toMatchObject([
      {
        id: card.messageId,
        card: { body: expect.arrayContaining([expect.objectContaining({ text: 'Countersigned, being carried out' })]) },
      },
    ])
    await world.work()
    expect(world.graph.writes).toHaveLength(1)
  })
})

describe('a question', () => {
  it('is forgotten after five minutes', async () => {
    await say('disable user')
    expect(lastText()).toContain('Whom?')
    world.clock.now += 5 * 60_000
    await say(erikId)
    expect(lastText()).toContain('did not understand')
  })

  it('is never answered by a yes', async () => {
    await say('disable user')
    await say('yes')
    expect(lastText()).toContain('Nothing was countersigned')
  })
})

describe('a bare yes', () => {
  it('counts for the card that was there when it was written', async () => {
    await say(`disable user ${erikId}`)
    await say('yes')
    await world.work()
    expect(world.graph.writes).toHaveLength(1)
  })

  it('does not count for a card that came while the yes was being looked at', async () => {
    await say('help')
    const asked = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    beforeRoles = () => {
      beforeRoles = undefined
      asked.resolve()
      return answered.promise
    }
    const early = say('yes')
    await asked.promise
    await say(`disable user ${erikId}`)
    answered.resolve()
    await early
    expect(lastText()).toContain('Nothing was countersigned')
    await world.work()
    expect(world.graph.writes).toEqual([])
  })

  it.each([
    ['was written before it and came late', () => world.clock.now - 1],
    ['tells no time', () => null],
  ])('does not count for a card when it %s', async (_case, writtenAt) => {
    await say(`disable user ${erikId}`)
    await act({ kind: 'text', text: 'yes' }, randomUUID(), writtenAt())
    expect(lastText()).toContain('Nothing was countersigned')
    await world.work()
    expect(world.graph.writes).toEqual([])
  })
})

describe('an expired card', () => {
  it('answers its button with how it ended, and “show” makes a new one', async () => {
    await say(`disable user ${erikId}`)
    const card = lastCard()
    world.clock.now += 5 * 60_000
    const data = card.buttons.find(({ verb }) => verb === 'countersign')?.data
    const answer = await act({ kind: 'press', verb: 'countersign', data, cardActivityId: card.messageId, via: 'invoke' })
    expect(answer.kind === 'card' && JSON.stringify(answer.card)).toContain('This card has expired')
    await say('show')
    expect(lastCard().buttons.map(({ verb }) => verb)).toEqual(['countersign', 'decline'])
    expect(world.graph.writes).toEqual([])
  })
})

describe('without the Aid', () => {
  it('nothing is shown or proposed', async () => {
    world.graph.aidConnected = false
    for (const text of ['posture', `disable user ${erikId}`, 'yes']) {
      await say(text)
      expect(lastText()).toContain('http://tab/settings')
    }
  })
})

describe('a proposal cannot be confirmed by an expired card', () => {
  it('neither by its button nor by its code, and the card shows that it is over', async () => {
    await say(`disable user ${erikId}`)
    const card = lastCard()
    const code = /reply: yes (\w{4})/.exec(card.text)?.[1] ?? 'none'
    world.clock.now += 5 * 60_000
    const data = card.buttons.find(({ verb }) => verb === 'countersign')?.data
    const pressed = await act({ kind: 'press', verb: 'countersign', data, cardActivityId: card.messageId, via: 'invoke' })
    expect(pressed).toMatchObject({ kind: 'card' })
    expect(JSON.stringify(pressed)).toContain('This card has expired')
    expect(JSON.stringify(pressed)).not.toContain('"countersign"')
    for (const words of [`yes ${code}`, 'yes']) {
      await say(words)
      expect(lastText()).toContain('Nothing was countersigned')
    }
    await world.work()
    expect(world.graph.writes).toHaveLength(0)
  })
})
