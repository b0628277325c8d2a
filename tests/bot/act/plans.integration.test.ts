import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Principal } from '@countersign/core/principal.ts'
import { execute } from '../../../bot/src/engine/act/execute.ts'
import { propose } from '../../../bot/src/engine/act/propose.ts'
import { expireDue, housekeeper, recover } from '../../../bot/src/engine/act/recover.ts'
import { readings, settleProposal } from '../../../bot/src/engine/act/settle.ts'
import { proposalView } from '../../../bot/src/engine/act/views.ts'
import { chain } from '../../../bot/src/store/journal.ts'
import { readTx } from '../../../bot/src/store/transaction.ts'
import { guestIds, openWorld, type ActWorld } from './act-world.ts'
import { countersignedByTwo, proposalOf, proposeGuests, stepStates, switchPlan } from './plan-world.ts'

let world: ActWorld
let tab: Principal
const [first = '', second = '', third = ''] = guestIds

beforeAll(async () => {
  world = await openWorld()
  tab = { ...world.ada, door: 'tab' }
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.work()
  for (const id of guestIds) world.graph.guests.set(id, true)
  world.graph.writes.length = 0
  world.graph.script.length = 0
  world.graph.meanwhile = () => undefined
  world.graph.at = () => Promise.resolve()
  world.graph.hidden.clear()
  world.seconds.splice(0, Infinity, world.bo)
  world.clock.now += 48 * 3600_000
  await expireDue(world.deps, housekeeper(world.ada.tenantId))
  await switchPlan(world, true)
})

const options = { locale: 'en', chatUrl: 'https://chat.example', auditLogUrl: 'https://audit.example', now: 0 }
const done = ['done', 'met'] as const
const notSent = ['notSent', null] as const

/** Carries the plan out and answers where it ended. */
async function ended(id: string) {
  await world.work()
  const { state, endReason } = await proposalOf(world, id)
  return { state, endReason, steps: await stepStates(world, id), sent: world.graph.writes.length }
}

describe('a plan of several steps', () => {
  it('stops at a step that Graph refuses; the rest is never sent', async () => {
    world.graph.script.push('works', 'refused')
    const id = await countersignedByTwo(world)
    expect(await ended(id)).toEqual({ state: 'partlyDone', endReason: 'stepRefused', steps: [done, ['done', null], notSent], sent: 2 })
    const view = await readTx(world.deps.store, tab, async (tx) => proposalView(tx, await proposalOf(world, id), options))
    expect(view.steps.map(({ state }) => state)).toEqual(['done', 'failed', 'notSent'])
    expect([view.mayResume, view.countersignedBy.map(({ name }) => name)]).toEqual([true, ['Ada', 'Bo']])
  })
  it('fails where the first step is refused', async () => {
    world.graph.script.push('refused')
    expect(await ended(await countersignedByTwo(world))).toMatchObject({
      state: 'failed',
      endReason: 'refusedByGraph',
      steps: [['done', null], notSent, notSent],
    })
  })
  it('stops before an object that somebody changed in between', async () => {
    world.graph.meanwhile = () => world.graph.guests.set(third, false)
    expect(await ended(await countersignedByTwo(world))).toEqual({
      state: 'partlyDone',
      endReason: 'stepChanged',
      steps: [done, done, notSent],
      sent: 2,
    })
  })
  it('stops where reading a step back shows something else, the last one too', async () => {
    world.graph.script.push('pretends')
    // Nothing was shown to be done, so nothing is partly done.
    expect(await ended(await countersignedByTwo(world))).toMatchObject({
      state: 'verifyFailed',
      endReason: 'readBackDiffers',
      steps: [['done', 'notMet'], notSent, notSent],
    })
    world.graph.script.push('works', 'works', 'pretends')
    expect(await ended(await countersignedByTwo(world))).toMatchObject({
      state: 'partlyDone',
      endReason: 'stepNotShown',
      steps: [done, done, ['done', 'notMet']],
    })
  })
  it('stops where an object of a later step cannot be read', async () => {
    world.graph.meanwhile = () => void world.graph.hidden.add(second)
    expect(await ended(await countersignedByTwo(world))).toMatchObject({ endReason: 'stepUnreadable', steps: [done, notSent, notSent] })
  })
  it('goes on after a lost answer that the read-back settles, and is indeterminate after one that it does not', async () => {
    world.graph.script.push('lostAfterEffect', 'lostBefore')
    const id = await countersignedByTwo(world)
    expect(await ended(id)).toEqual({
      state: 'indeterminate',
      endReason: 'answerLost',
      steps: [done, ['done', 'notMet'], notSent],
      sent: 2,
    })
  })
  it('stops when an owner switches the action off half way', async () => {
    const id = await countersignedByTwo(world)
    world.graph.at = async (checkpoint) => {
      if (checkpoint === 'beforeReadBack' && world.graph.writes.length === 2) await switchPlan(world, false)
    }
    expect(await ended(id)).toEqual({ state: 'partlyDone', endReason: 'actionSwitchedOff', steps: [done, done, notSent], sent: 2 })
  })
  it('is carried out once by twenty workers at once', async () => {
    const id = await countersignedByTwo(world)
    await Promise.all(Array.from({ length: 20 }, () => execute(world.deps, world.ada, id)))
    expect(await ended(id)).toEqual({ state: 'verified', endReason: null, steps: [done, done, done], sent: 3 })
  })
})

describe('the rest of a plan', () => {
  async function stopped(): Promise<string> {
    world.graph.script.push('works', 'refused')
    const id = await countersignedByTwo(world)
    await world.work()
    expect(await world.stateOf(id)).toBe('partlyDone')
    world.graph.writes.length = 0
    return id
  }
  it('is a proposal of its own with its own countersignatures, without what is done', async () => {
    const id = await stopped()
    const rest = await countersignedByTwo(world, await propose(world.deps, world.ada, { resume: id }))
    const proposal = await proposalOf(world, rest)
    expect([proposal.resumes, proposal.input, proposal.steps.map(({ about }) => about.id)]).toEqual([
      id,
      { userIds: [second, third] },
      [second, third],
    ])
    expect(await ended(rest)).toMatchObject({ state: 'verified', sent: 2 })
    expect([...world.graph.guests.values()]).toEqual([false, false, false])
    expect(await propose(world.deps, world.ada, { resume: id })).toMatchObject({ kind: 'refused', reason: 'nothingToResume' })
    expect(await propose(world.deps, world.ada, { resume: rest })).toMatchObject({ kind: 'refused', reason: 'nothingToResume' })
  })
  it('leaves out a guest whom somebody else has blocked meanwhile', async () => {
    const id = await stopped()
    world.graph.guests.set(second, false)
    const rest = await countersignedByTwo(world, await propose(world.deps, world.ada, { resume: id }))
    expect((await proposalOf(world, rest)).steps.map(({ about }) => about.id)).toEqual([third])
  })
  it('undo puts back only what was done, and nothing after somebody has changed that', async () => {
    const id = await stopped()
    world.graph.guests.set(first, true)
    expect(await propose(world.deps, world.ada, { undo: id })).toMatchObject({ kind: 'refused', reason: 'changedSince' })
    world.graph.guests.set(first, false)
    const undo = await countersignedByTwo(world, await propose(world.deps, world.ada, { undo: id }))
    expect(await ended(undo)).toMatchObject({ state: 'verified', sent: 1 })
    expect([...world.graph.guests.values()]).toEqual([true, true, true])
  })
  it('of an undo that stopped is what it has not put back', async () => {
    const id = await countersignedByTwo(world)
    await world.work()
    world.graph.script.push('works', 'refused')
    const undo = await countersignedByTwo(world, await propose(world.deps, world.ada, { undo: id }))
    await world.work()
    expect([await world.stateOf(undo), [...world.graph.guests.values()]]).toEqual(['partlyDone', [false, false, true]])
    const rest = await countersignedByTwo(world, await propose(world.deps, world.ada, { resume: undo }))
    expect(await ended(rest)).toMatchObject({ state: 'verified' })
    expect([...world.graph.guests.values()]).toEqual([true, true, true])
  })
})

describe('after the service stopped within a plan', () => {
  async function killedAt(place: 'beforeSend' | 'afterAnswer' | 'beforeReadBack', sent: number): Promise<string> {
    const id = await countersignedByTwo(world)
    world.graph.at = async (checkpoint) => {
      if (checkpoint === place && world.graph.writes.length === sent) throw new Error('killed')
    }
    await expect(world.work()).rejects.toThrow('killed')
    world.graph.at = () => Promise.resolve()
    expect(await world.stateOf(id)).toBe('executing')
    return id
  }
  const goOn = () => recover(world.deps, housekeeper(world.ada.tenantId), 0)

  it('goes on with the next step while the countersignature is young', async () => {
    const id = await killedAt('beforeReadBack', 1)
    world.clock.now += 10 * 60_000
    await goOn()
    expect(await ended(id)).toEqual({ state: 'verified', endReason: null, steps: [done, done, done], sent: 3 })
  })
  it('stops when it has become old', async () => {
    const id = await killedAt('beforeReadBack', 2)
    world.clock.now += 16 * 60_000
    await goOn()
    expect(await ended(id)).toEqual({ state: 'partlyDone', endReason: 'interrupted', steps: [done, done, notSent], sent: 2 })
  })
  it('reads back, and never sends again, a step whose answer was lost', async () => {
    const answered = await killedAt('afterAnswer', 2)
    await goOn()
    expect(await ended(answered)).toMatchObject({ state: 'verified', sent: 3 })
    for (const id of guestIds) world.graph.guests.set(id, true)
    world.graph.writes.length = 0
    const unsent = await killedAt('beforeSend', 1)
    await goOn()
    expect(await ended(unsent)).toEqual({
      state: 'indeterminate',
      endReason: 'answerLost',
      steps: [done, ['done', 'notMet'], notSent],
      sent: 1,
    })
  })
  it('leaves alone what another process may be at work on', async () => {
    const id = await killedAt('beforeReadBack', 1)
    await recover(world.deps, housekeeper(world.ada.tenantId), 45_000)
    expect([await world.stateOf(id), world.graph.writes.length]).toEqual(['executing', 1])
    await goOn()
  })
})

describe('a change of which nobody can be certain', () => {
  async function uncertain(): Promise<string> {
    world.graph.script.push('lostBefore')
    const id = await countersignedByTwo(world, await proposeGuests(world, [first]))
    expect(await ended(id)).toMatchObject({ state: 'indeterminate' })
    return id
  }
  it('shows what was read then and what is read now', async () => {
    const id = await uncertain()
    world.graph.guests.set(first, false)
    const answer = await readings(world.deps, tab, id)
    if (answer.kind !== 'readings') throw new Error(`There are no readings: ${answer.kind}.`)
    expect(answer.view.steps.map(({ then, now }) => [then.met, now.met])).toEqual([['notMet', 'met']])
    expect(answer.view.steps[0]?.then.answer).toContain('"accountEnabled":true')
    expect(answer.view.steps[0]?.now.answer).toContain('"accountEnabled":false')
    expect(await readings(world.deps, { ...tab, roles: ['reviewer'] }, id)).toEqual({ kind: 'noRole' })
  })
  it('is verified by a fresh reading, and by no word alone', async () => {
    const seen = await uncertain()
    world.graph.guests.set(first, false)
    expect(await settleProposal(world.deps, tab, seen, { as: 'done', because: 'Looked at it.' })).toMatchObject({
      kind: 'settled',
      proposal: { state: 'verified' },
    })
    world.graph.guests.set(first, true)
    const unseen = await uncertain()
    expect(await settleProposal(world.deps, tab, unseen, { as: 'done', because: 'Trust me.' })).toMatchObject({
      proposal: { state: 'settled', endReason: 'settledDone' },
    })
    const settled = (await readTx(world.deps.store, tab, (tx) => chain(tx))).filter(({ kind }) => kind === 'settled')
    expect(settled.map(({ body }) => body)).toMatchObject([
      { as: 'done', because: 'Looked at it.', by: { name: 'Ada' }, then: [{ met: 'notMet' }], now: [{ met: 'met' }] },
      { as: 'done', because: 'Trust me.', now: [{ met: 'notMet' }] },
    ])
  })
  it('is settled once, by somebody who may countersign it', async () => {
    const id = await uncertain()
    const verdict = { as: 'notDone', because: 'It is as before.' } as const
    expect(await settleProposal(world.deps, { ...tab, roles: ['reviewer'] }, id, verdict)).toEqual({ kind: 'noRole' })
    expect(await settleProposal(world.deps, { ...tab, door: 'mcp' }, id, verdict)).toEqual({ kind: 'noRole' })
    expect(await settleProposal(world.deps, tab, id, verdict)).toMatchObject({
      proposal: { state: 'settled', endReason: 'settledNotDone' },
    })
    expect(await settleProposal(world.deps, tab, id, verdict)).toEqual({ kind: 'notOpen' })
  })
})
