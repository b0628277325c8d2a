import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { setTimeout as wait } from 'node:timers/promises'
import { propose } from '../../../bot/src/engine/act/propose.ts'
import { readCard, type Card } from '../../e2e/chat-cards.ts'
import { erikId, type ActWorld } from '../act/act-world.ts'
import { openTurnWorld, type TurnWorld } from './turn-world.ts'

let world: ActWorld
let turns: TurnWorld
let said: TurnWorld['said']
let changed: TurnWorld['changed']
let act: TurnWorld['act']
let say: TurnWorld['say']
let lastCard: TurnWorld['lastCard']
let lastText: TurnWorld['lastText']

beforeEach(async () => {
  turns = await openTurnWorld()
  ;({ world, said, changed, act, say, lastCard, lastText } = turns)
})
afterEach(() => turns.close())

describe('opening the chat', () => {
  it.each([{ kind: 'installed' }, { kind: 'text', text: 'help' }] as const)(
    '%j brings the card of a proposal that waited',
    async (first) => {
      await propose(world.deps, { ...world.ada, door: 'tab' }, { actionId: 'disable-user', input: { userId: erikId } })
      await act(first)
      const offers = (): readonly Card[] =>
        said
          .flatMap(({ id, message }) => ('card' in message ? [readCard(id, world.chat.conversationId, Object(message.card))] : []))
          .filter(({ text }) => text.includes('Block Erik Holm from signing in'))
      // One card, whether the turn or the event log was first to see to it.
      while (offers().length === 0) await wait(5)
      const [offer, ...others] = offers()
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
    turns.hooks.failing = 'What I can do'
    await say('help')
    expect(said).toHaveLength(1)
    expect(lastText()).toMatch(/Something broke on my side.*[0-9a-f-]{36}$/)
    expect(lastText()).not.toContain('path.ts')
  })

  it('is done once when the channel sends the message twice', async () => {
    await say('help', { activityId: 'same' })
    await say('help', { activityId: 'same' })
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
    expect(changed.slice(0, 1)).toMatchObject([
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
