import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Principal } from '@countersign/core/principal.ts'
import { confirm, reject } from '../../../bot/src/engine/act/confirm.ts'
import { expireDue, housekeeper } from '../../../bot/src/engine/act/recover.ts'
import { secondPeopleToAsk, waitingForSecond } from '../../../bot/src/engine/act/second.ts'
import { propose } from '../../../bot/src/engine/act/propose.ts'
import { receiptView } from '../../../bot/src/engine/act/views.ts'
import { listOffers } from '../../../bot/src/store/offers.ts'
import { readTx } from '../../../bot/src/store/transaction.ts'
import { guestIds, openWorld, proposalIdOf, type ActWorld } from './act-world.ts'
import {
  awaitingSecond,
  buttonOf,
  chatOf,
  countersignedByTwo,
  press,
  proposalOf,
  proposeGuests,
  show,
  shown,
  switchPlan,
} from './plan-world.ts'

let world: ActWorld
let cleo: Principal

beforeAll(async () => {
  world = await openWorld()
  cleo = { ...world.bo, objectId: randomUUID(), displayName: 'Cleo', roles: ['owner'] }
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.work()
  for (const id of guestIds) world.graph.guests.set(id, true)
  world.graph.writes.length = 0
  world.seconds.splice(0, Infinity, world.bo, cleo)
  world.clock.now += 48 * 3600_000
  await expireDue(world.deps, housekeeper(world.ada.tenantId))
  await switchPlan(world, true)
})

async function nothingIsDone(): Promise<void> {
  await world.work()
  expect(world.graph.writes).toHaveLength(0)
}

describe('two people', () => {
  it('countersign one after the other, and only then it is carried out', async () => {
    const id = await awaitingSecond(world)
    await nothingIsDone()
    expect(await world.stateOf(id)).toBe('awaitingSecond')
    const card = await shown(world, world.bo, id)
    expect(JSON.stringify(card.card)).toContain(`Ada (${world.ada.objectId})`)
    for (const guest of guestIds) expect(JSON.stringify(card.card)).toContain(guest)
    expect(await press(world, world.bo, card)).toMatchObject({ kind: 'confirmed' })
    await world.work()
    expect(world.graph.writes.map(({ request }) => request.path)).toEqual(guestIds.map((guest) => `/users/${guest}`))
    expect(await world.stateOf(id)).toBe('verified')
    const view = await readTx(world.deps.store, world.ada, (tx) =>
      receiptView(tx, id, { locale: 'en', chatUrl: 'https://chat.example', auditLogUrl: 'https://audit.example', now: world.clock.now }),
    )
    expect(view?.links.map(({ step, state, who }) => [step, state, who])).toEqual([
      ['proposed', 'done', 'Ada'],
      ['countersigned', 'done', 'Ada'],
      ['countersigned', 'done', 'Bo'],
      ['carriedOut', 'done', 'aid@contoso.example'],
      ['matched', 'waiting', 'Entra audit log'],
      ['checkedAgain', 'notNeeded', ''],
    ])
    expect(view?.steps.map(({ state, echo }) => [state, echo?.state])).toEqual(guestIds.map(() => ['done', 'pending']))
    expect(view?.chainVerified).toBe(true)
    expect(await world.kindsOf(id)).toEqual([
      ...['proposed', 'offered', 'confirmedFirst', 'offered', 'confirmed'],
      ...guestIds.flatMap(() => ['sending', 'answered', 'readBack']),
      'ended',
    ])
  })

  it('are needed for the undo too', async () => {
    const done = await countersignedByTwo(world)
    await world.work()
    const undo = await awaitingSecond(world, await propose(world.deps, world.ada, { undo: done }))
    await world.work()
    expect([...world.graph.guests.values()]).toEqual([false, false, false])
    expect(await press(world, world.bo, await shown(world, world.bo, undo))).toMatchObject({ kind: 'confirmed' })
    await world.work()
    expect(await world.stateOf(undo)).toBe('verified')
    expect([...world.graph.guests.values()]).toEqual([true, true, true])
    expect(world.graph.writes.slice(3).map(({ request }) => request.path)).toEqual(guestIds.toReversed().map((guest) => `/users/${guest}`))
  })

  it('nothing is proposed while nobody else could countersign', async () => {
    world.seconds.splice(0)
    expect(await proposeGuests(world)).toMatchObject({ kind: 'refused', reason: 'noSecond' })
    world.seconds.push({ ...world.bo, roles: ['reviewer'] })
    expect(await proposeGuests(world)).toMatchObject({ kind: 'refused', reason: 'noSecond' })
    world.seconds.splice(0, 1, world.ada)
    expect(await proposeGuests(world)).toMatchObject({ kind: 'refused', reason: 'noSecond' })
  })

  it('everybody who could be the second is asked once; the first yes wins and the other card does nothing', async () => {
    const id = await awaitingSecond(world)
    const proposal = await proposalOf(world, id)
    expect((await secondPeopleToAsk(world.deps, proposal)).map(({ name }) => name)).toEqual(['Bo', 'Cleo'])
    const [forBo, forCleo] = [await shown(world, world.bo, id), await shown(world, cleo, id)]
    expect(await secondPeopleToAsk(world.deps, proposal)).toEqual([])
    expect(await press(world, cleo, forCleo)).toMatchObject({ kind: 'confirmed' })
    expect(await press(world, world.bo, forBo)).toMatchObject({ kind: 'refused', guard: 'state' })
    await world.work()
    expect(world.graph.writes).toHaveLength(3)
    const offers = await readTx(world.deps.store, world.ada, (tx) => listOffers(tx, { proposalId: id }))
    expect(offers.filter(({ state }) => state === 'live')).toEqual([])
  })

  it('who both say yes at the same moment are one yes', async () => {
    const id = await awaitingSecond(world)
    const [forBo, forCleo] = [await shown(world, world.bo, id), await shown(world, cleo, id)]
    const answers = await Promise.all([press(world, world.bo, forBo), press(world, cleo, forCleo)])
    expect(answers.filter(({ kind }) => kind === 'confirmed')).toHaveLength(1)
    await world.work()
    expect(world.graph.writes).toHaveLength(3)
  })
})

describe('who cannot be the second person', () => {
  it('the person who asked, with either card', async () => {
    const id = await awaitingSecond(world)
    expect(await show(world, world.ada, id)).toMatchObject({ kind: 'refused', guard: 'anotherPerson' })
    const card = await shown(world, world.bo, id)
    expect(await press(world, world.ada, card)).toMatchObject({ kind: 'refused' })
    expect(await confirm(world.deps, world.ada, { yes: buttonOf(card), chat: chatOf(world.bo), words: '' })).toMatchObject({
      guard: 'samePerson',
    })
    await nothingIsDone()
  })
  it('somebody of another tenant, without the role, or without a card', async () => {
    const id = await awaitingSecond(world)
    const card = await shown(world, world.bo, id)
    expect(await press(world, { ...world.bo, tenantId: '99999999-2222-4333-8444-555555555555' }, card)).toMatchObject({ guard: 'noOffer' })
    expect(await press(world, { ...world.bo, roles: ['reviewer'] }, card)).toMatchObject({ guard: 'mayConfirm' })
    expect(await press(world, cleo, card)).toMatchObject({ guard: 'samePerson' })
    const stranger = { ...world.bo, objectId: randomUUID(), displayName: 'Dan' }
    expect(await show(world, stranger, id)).toMatchObject({ kind: 'refused', guard: 'mayConfirm' })
    await nothingIsDone()
  })
  it('anybody in a group, or in another chat', async () => {
    const id = await awaitingSecond(world)
    const card = await shown(world, world.bo, id)
    const group = { ...chatOf(world.bo), conversationType: 'other' } as const
    expect(await confirm(world.deps, world.bo, { yes: buttonOf(card), chat: group, words: '' })).toMatchObject({ guard: 'oneToOne' })
    expect(await confirm(world.deps, world.bo, { yes: buttonOf(card), chat: chatOf(cleo), words: '' })).toMatchObject({
      guard: 'sameConversation',
    })
    await nothingIsDone()
  })
  it('anybody before the first yes', async () => {
    const id = proposalIdOf(await proposeGuests(world))
    await shown(world, world.ada, id)
    expect(await show(world, world.bo, id)).toMatchObject({ kind: 'refused', guard: 'samePerson' })
    expect(await waitingForSecond(world.deps, world.bo)).toEqual([])
  })
})

describe('before the second yes', () => {
  it.each([
    ['the second person', 'declined'],
    ['the person who asked', 'withdrawn'],
  ] as const)('%s can decline', async (who, endReason) => {
    const id = await awaitingSecond(world)
    const card = await shown(world, world.bo, id)
    expect(await reject(world.deps, { ...world.bo, objectId: randomUUID(), roles: ['reviewer'] }, id)).toMatchObject({ kind: 'refused' })
    const person = who === 'the second person' ? world.bo : world.ada
    expect(await reject(world.deps, person, id)).toMatchObject({ kind: 'rejected', proposal: { endReason } })
    expect(await press(world, world.bo, card)).toMatchObject({ guard: 'state' })
    await nothingIsDone()
  })

  it('a card expires after hours and can be asked for again; the proposal ends after a day', async () => {
    const id = await awaitingSecond(world)
    const card = await shown(world, world.bo, id)
    world.clock.now += 4 * 3600_000 + 1000
    expect(await press(world, world.bo, card)).toMatchObject({ guard: 'offerWithinTime' })
    await expireDue(world.deps, housekeeper(world.ada.tenantId))
    expect(await waitingForSecond(world.deps, world.bo, world.bo.roles)).toEqual([id])
    expect(await waitingForSecond(world.deps, world.bo, ['reviewer'])).toEqual([])
    const again = await shown(world, world.bo, id)
    world.clock.now += 21 * 3600_000
    await expireDue(world.deps, housekeeper(world.ada.tenantId))
    expect(await world.stateOf(id)).toBe('expired')
    expect(await press(world, world.bo, again)).toMatchObject({ guard: 'state' })
    await nothingIsDone()
  })

  it('the object is read again: a guest whom somebody has changed makes it stale', async () => {
    const id = await awaitingSecond(world)
    world.graph.guests.set(guestIds[1] ?? '', false)
    expect(await show(world, world.bo, id)).toMatchObject({ kind: 'refused', guard: 'preStateUnchanged' })
    expect(await proposalOf(world, id)).toMatchObject({ state: 'stale', endReason: 'changedSince' })
    await nothingIsDone()
  })

  it('an object that cannot be read ends nothing and shows no card', async () => {
    const id = await awaitingSecond(world)
    world.graph.hidden.add(guestIds[1] ?? '')
    expect(await show(world, world.bo, id)).toMatchObject({ kind: 'refused', guard: 'unreadable' })
    world.graph.hidden.clear()
    expect(await show(world, world.bo, id)).toMatchObject({ kind: 'offered' })
  })

  it('an owner can switch the action off: superseded, whatever the cards say', async () => {
    const id = await awaitingSecond(world)
    const card = await shown(world, world.bo, id)
    await switchPlan(world, false)
    expect(await proposalOf(world, id)).toMatchObject({ state: 'superseded', endReason: 'actionSwitchedOff' })
    expect(await press(world, world.bo, card)).toMatchObject({ guard: 'state' })
    expect(await proposeGuests(world)).toMatchObject({ kind: 'refused', reason: 'switchedOff' })
    await nothingIsDone()
  })

  it('an owner who switches it off between the second yes and the beginning wins', async () => {
    const id = await countersignedByTwo(world)
    await switchPlan(world, false)
    await nothingIsDone()
    expect(await proposalOf(world, id)).toMatchObject({ state: 'superseded', endReason: 'actionSwitchedOff' })
  })
})

describe('a hundred yeses at once', () => {
  it('to one card are one', async () => {
    const id = await awaitingSecond(world)
    const card = await shown(world, world.bo, id)
    const answers = await Promise.all(Array.from({ length: 100 }, () => press(world, world.bo, card)))
    expect(answers.filter(({ kind }) => kind === 'confirmed')).toHaveLength(1)
    await world.work()
    expect(world.graph.writes).toHaveLength(3)
    expect(await world.stateOf(id)).toBe('verified')
  })
})
