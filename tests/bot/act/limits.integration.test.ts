import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { writeTx } from '../../../bot/src/store/transaction.ts'
import { aidOf, putAid } from '../../../bot/src/store/aid.ts'
import { confirm, reject } from '../../../bot/src/engine/act/confirm.ts'
import { expireDue, housekeeper } from '../../../bot/src/engine/act/recover.ts'
import { openWorld, proposalIdOf, type ActWorld } from './act-world.ts'

let world: ActWorld
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.work()
  world.graph.enabled = true
  world.graph.writes.length = 0
  world.clock.now += 48 * 3600_000
  await expireDue(world.deps, housekeeper(world.ada.tenantId))
})

const minute = 60_000

describe('codes that are guessed', () => {
  const typed = (code: string) => confirm(world.deps, world.ada, { yes: { by: 'code', code }, chat: world.chat, words: `yes ${code}` })
  const wrong = async (times: number) => {
    for (let time = 0; time < times; time++) expect(await typed('ZZZZ')).toMatchObject({ guard: 'noOffer' })
  }
  it('ten wrong ones, and for ten minutes the right one is answered like a wrong one', async () => {
    await wrong(10)
    const offered = await world.deliver(proposalIdOf(await world.disable()))
    expect(await typed(offered.offer.code)).toEqual(await typed('ZZZZ'))
    expect(await typed(offered.offer.code)).toEqual({ kind: 'refused', guard: 'noOffer', proposal: undefined, offer: undefined })
    expect(await world.press(offered)).toMatchObject({ kind: 'confirmed' })
    world.clock.now += 10 * minute
    await world.work()
    world.graph.enabled = true
    const later = await world.deliver(proposalIdOf(await world.disable()))
    expect(await typed(later.offer.code)).toMatchObject({ kind: 'confirmed' })
  })
  it('nine wrong ones, or ten over a longer time, shut nobody out', async () => {
    await wrong(9)
    world.clock.now += 11 * minute
    await wrong(1)
    const offered = await world.deliver(proposalIdOf(await world.disable()))
    expect(await typed(offered.offer.code)).toMatchObject({ kind: 'confirmed' })
  })
  it('a hundred at once are ten', async () => {
    await Promise.all(Array.from({ length: 100 }, () => typed('ZZZZ')))
    const offered = await world.deliver(proposalIdOf(await world.disable()))
    expect(await typed(offered.offer.code)).toMatchObject({ guard: 'noOffer' })
  })
  it('the code of somebody else counts as a wrong one', async () => {
    const offered = await world.deliver(proposalIdOf(await world.disable()))
    const as = (code: string) =>
      confirm(world.deps, world.bo, {
        yes: { by: 'code', code },
        chat: { conversationId: 'a:bo', conversationType: 'personal' },
        words: '',
      })
    for (let time = 0; time < 10; time++) expect(await as(offered.offer.code)).toMatchObject({ guard: 'samePerson' })
    expect(await as(offered.offer.code)).toMatchObject({ guard: 'noOffer' })
    expect(await world.press(offered)).toMatchObject({ kind: 'confirmed' })
  })
})

describe('proposals of one person', () => {
  it('are thirty an hour at most', async () => {
    for (let time = 0; time < 30; time++) {
      const id = proposalIdOf(await world.disable())
      await reject(world.deps, world.ada, id)
    }
    expect(await world.disable()).toMatchObject({ kind: 'refused', reason: 'tooFast', values: { count: 30 } })
    world.clock.now += 61 * minute
    expect(await world.disable()).toMatchObject({ kind: 'proposed' })
  })
  it('are refused while the Aid lacks a scope of the action, by its name', async () => {
    const setScopes = (scopes: readonly string[]) =>
      writeTx(world.deps.store, world.ada, async (tx) => {
        const aid = await aidOf(tx)
        if (!aid) throw new Error('The Aid is not connected.')
        await putAid(tx, { ...aid, scopes })
        return aid.scopes
      })
    const before = await setScopes(['User.Read.All', 'AuditLog.Read.All'])
    expect(await world.disable()).toMatchObject({
      kind: 'refused',
      reason: 'scopesMissing',
      values: { scopes: 'User.EnableDisableAccount.All' },
    })
    await setScopes(before)
    expect(await world.disable()).toMatchObject({ kind: 'proposed' })
  })
})
