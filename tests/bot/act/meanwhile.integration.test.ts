import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { expireDue, housekeeper } from '../../../bot/src/engine/act/recover.ts'
import { execute } from '../../../bot/src/engine/act/execute.ts'
import { confirm } from '../../../bot/src/engine/act/confirm.ts'
import { offerTo } from '../../../bot/src/engine/act/offer.ts'
import { deleteAid } from '../../../bot/src/store/aid.ts'
import { writeTx } from '../../../bot/src/store/transaction.ts'
import { aidId, connectAid, guestIds, openWorld, proposalIdOf, type ActWorld } from './act-world.ts'
import { hold } from './hold.ts'
import { buttonOf, countersignedByTwo, proposalOf, stepStates, switchPlan } from './plan-world.ts'

const minute = 60_000
let world: ActWorld
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.work()
  for (const id of guestIds) world.graph.guests.set(id, true)
  world.graph.enabled = true
  world.graph.writes.length = 0
  world.graph.at = () => Promise.resolve()
  world.seconds.splice(0, Infinity, world.bo)
  world.clock.now += 48 * 3600_000
  await expireDue(world.deps, housekeeper(world.ada.tenantId))
})

/** What an owner does in another process: the engine has asked for the Aid, and has it still. */
function disconnect(): Promise<void> {
  return writeTx(world.deps.store, world.ada, deleteAid)
}
function connectAgain(): Promise<void> {
  const scopes = ['User.EnableDisableAccount.All', 'User.Read.All', 'AuditLog.Read.All']
  return connectAid(world.deps.store, world.ada, { objectId: aidId, userPrincipalName: 'aid@contoso.example', scopes, at: 'now' })
}

describe('what changes while a proposal is waited for', () => {
  it('a card that ends before its yes has its turn does not count', async () => {
    const offered = await world.deliver(proposalIdOf(await world.disable()))
    const held = await hold(world, offered.offer.proposalId)
    const pressed = world.press(offered)
    await held.waitedFor()
    world.clock.now = Date.parse(offered.offer.expiresAt)
    await held.letGo()
    expect(await pressed).toMatchObject({ kind: 'refused', guard: 'offerWithinTime' })
  })

  it('a card is not older than it says: a bare yes of before is not after it', async () => {
    const id = proposalIdOf(await world.disable())
    const held = await hold(world, id)
    const offering = offerTo(world.deps, world.ada, id, world.chat)
    await held.waitedFor()
    world.clock.now += minute
    await held.letGo()
    expect(await offering).toMatchObject({ offer: { createdAt: new Date(world.clock.now).toISOString() } })
  })

  it('work that has its turn fifteen minutes after the yes is not begun', async () => {
    const offered = await world.deliver(proposalIdOf(await world.disable()))
    expect(await world.press(offered)).toMatchObject({ kind: 'confirmed' })
    const held = await hold(world, offered.offer.proposalId)
    const working = world.work()
    await held.waitedFor()
    world.clock.now += 15 * minute
    await held.letGo()
    await working
    expect(await proposalOf(world, offered.offer.proposalId)).toMatchObject({ state: 'expired', endReason: 'notBegun' })
    expect(world.graph.writes).toEqual([])
  })
})

describe('the first card', () => {
  it('is made once, whichever process sees first that nobody has been shown one', async () => {
    const id = proposalIdOf(await world.disable())
    const offer = () => offerTo(world.deps, world.ada, id, world.chat, { onlyFirst: true })
    const answers = await Promise.all([offer(), offer()])
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['offered', 'refused'])
  })
})

describe('an Aid that is disconnected after it was asked for', () => {
  it('sends nothing', async () => {
    const offered = await world.deliver(proposalIdOf(await world.disable()))
    const deps = {
      ...world.deps,
      async aid(tenantId: string) {
        const answer = await world.deps.aid(tenantId)
        await disconnect()
        return answer
      },
    }
    try {
      const chat = world.chat
      expect(await confirm(world.deps, world.ada, { yes: buttonOf(offered), chat, words: '' })).toMatchObject({ kind: 'confirmed' })
      await execute(deps, world.ada, offered.offer.proposalId)
      expect(await proposalOf(world, offered.offer.proposalId)).toMatchObject({ state: 'failed', endReason: 'aidNotConnected' })
      expect(world.graph.writes).toEqual([])
    } finally {
      await connectAgain()
    }
  })

  it('sends no further step of a plan', async () => {
    await switchPlan(world, true)
    const id = await countersignedByTwo(world)
    world.graph.at = async (checkpoint) => {
      if (checkpoint === 'beforeReadBack') await disconnect()
    }
    try {
      await world.work()
      expect(await proposalOf(world, id)).toMatchObject({ state: 'partlyDone', endReason: 'stepNotSent' })
      expect((await stepStates(world, id)).map(([state]) => state)).toEqual(['done', 'notSent', 'notSent'])
      expect(world.graph.writes).toHaveLength(1)
    } finally {
      await connectAgain()
    }
  })
})
