import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { setTimeout as wait } from 'node:timers/promises'
import { setAidHealth } from '../../../bot/src/store/aid.ts'
import { putConversation } from '../../../bot/src/store/conversations.ts'
import { appendEvent } from '../../../bot/src/store/outbox.ts'
import { writeTx } from '../../../bot/src/store/transaction.ts'
import { aidId, erikId, type ActWorld } from '../act/act-world.ts'
import { codeOn } from './chat-stack.ts'
import { gate, openTurnWorld, type TurnWorld } from './turn-world.ts'

let world: ActWorld
let turns: TurnWorld
let say: TurnWorld['say']
let lastCard: TurnWorld['lastCard']
let lastText: TurnWorld['lastText']

beforeEach(async () => {
  turns = await openTurnWorld()
  ;({ world, say, lastCard, lastText } = turns)
})
afterEach(() => turns.close())

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(5)
}

/** A card is in the chat; before the bot is told so, the person writes something else and is answered. */
async function cardOvertakenBy(words: string): Promise<void> {
  const card = gate()
  turns.hooks.afterReply = card.pass
  const asking = say(`disable user ${erikId}`)
  await card.reached
  turns.hooks.afterReply = undefined
  await say(words)
  card.open()
  await asking
}

async function refused(yes: string): Promise<void> {
  await say(yes)
  expect(lastText()).toContain('Nothing was countersigned')
  await world.work()
  expect(world.graph.writes).toEqual([])
}

describe('a bare yes', () => {
  it('counts for the card that was there when it was written', async () => {
    await say(`disable user ${erikId}`)
    await say('yes')
    await world.work()
    expect(world.graph.writes).toHaveLength(1)
  })

  it('does not count where another process may have written below the card; its code does', async () => {
    const several = await openTurnWorld({ isAlone: false })
    try {
      await several.say(`disable user ${erikId}`)
      const code = codeOn(several.lastCard())
      await several.say('yes')
      expect(several.lastText()).toContain('Nothing was countersigned')
      await several.say(`yes ${code}`)
      await several.world.work()
      expect(several.world.graph.writes).toHaveLength(1)
    } finally {
      await several.close()
    }
  })

  it('does not count for a card that came while the yes was being looked at', async () => {
    await say('help')
    const roles = gate()
    turns.hooks.beforeRoles = roles.pass
    const early = say('yes')
    await roles.reached
    turns.hooks.beforeRoles = undefined
    await say(`disable user ${erikId}`)
    roles.open()
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
    await say('yes', { writtenAt: writtenAt() })
    expect(lastText()).toContain('Nothing was countersigned')
    await world.work()
    expect(world.graph.writes).toEqual([])
  })

  it('does not count once anything else of the bot stands below the card, an apology too', async () => {
    await say(`disable user ${erikId}`)
    turns.hooks.failing = 'What I can do'
    await say('help')
    expect(lastText()).toContain('Something broke on my side')
    await refused('yes')
  })

  it('does not count after a message that nobody asked for', async () => {
    await say(`disable user ${erikId}`)
    turns.hooks.roles = ['owner', 'admin']
    await writeTx(world.deps.store, world.ada, async (tx) => {
      await setAidHealth(
        tx,
        { state: 'roleMissing', detail: 'It lacks a role.', reason: null, policy: null },
        new Date(world.clock.now).toISOString(),
      )
      appendEvent(tx, 'aid.changed', aidId, new Date(world.clock.now).toISOString())
    })
    await until(() => JSON.stringify(turns.said.at(-1)).includes('lacks a role'))
    await refused('yes')
  })

  it('does not count when the channel’s word of the card came after a later message', async () => {
    await cardOvertakenBy('help')
    await refused('yes')
  })
})

describe('a question', () => {
  it('is not answered by what was written before it and came late', async () => {
    await say('disable user')
    await say(erikId, { writtenAt: world.clock.now - 1 })
    expect(lastText()).toContain('did not understand')
    // It is still open for an answer.
    await say(erikId)
    expect(lastCard().text).toContain('Block Erik Holm from signing in')
  })

  it('is not answered by what was there before it and is looked at after it', async () => {
    await say('help')
    const held = gate()
    const chat = { personId: world.ada.objectId, conversationId: world.chat.conversationId, reference: {} }
    // Whoever writes where the chat is waits for whoever does so already.
    const holding = writeTx(world.deps.store, world.ada, async (tx) => {
      await putConversation(tx, chat, new Date(world.clock.now).toISOString())
      await held.pass()
    })
    await held.reached
    const early = say(erikId, { reference: { user: { id: '29:ada' }, conversation: { id: chat.conversationId }, moved: true } })
    await say('disable user')
    expect(lastText()).toContain('Whom?')
    held.open()
    await holding
    await early
    expect(lastText()).toContain('did not understand')
  })
})

describe('a card', () => {
  it('that ended while it was on its way is put right', async () => {
    await cardOvertakenBy('show')
    await until(() => turns.changed.some(({ id, card: shown }) => id === 'm1' && JSON.stringify(shown).includes('A newer card')))
  })

  it('never goes back to an earlier state: what a typed yes shows does not come after how it ended', async () => {
    const states = (): readonly string[] => turns.changed.map(({ card }) => JSON.stringify(card))
    await say(`disable user ${erikId}`)
    const replacing = gate()
    turns.hooks.beforeReplace = replacing.pass
    const yes = say(`yes ${codeOn(lastCard())}`)
    await replacing.reached
    await world.work()
    // Time for the event log to be first, which it must not be. Without it the test would only see less.
    await Promise.race([until(() => states().length > 0), wait(300)])
    replacing.open()
    await yes
    await until(() => states().some((card) => card.includes('Verified')))
    expect(states().at(-1)).toContain('Verified')
  })
})
