import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { propose } from '../../../bot/src/engine/act/propose.ts'
import { findingByKey, putFindings, type StoredFinding } from '../../../bot/src/store/findings.ts'
import { readTx, writeTx } from '../../../bot/src/store/transaction.ts'
import { guestIds, openWorld, proposalIdOf, type ActWorld } from './act-world.ts'
import { countersignedByTwo, proposalOf, stepStates, switchPlan } from './plan-world.ts'

let world: ActWorld
const keyOf = (id: string, checkId = 'guests-in-use'): string => `${checkId}:${id}`

function finding(id: string, checkId: string, state: StoredFinding['state']): StoredFinding {
  return {
    key: keyOf(id, checkId),
    checkId,
    object: { type: 'user', id, part: '', name: `Guest ${id.slice(0, 4)}` },
    severity: 'medium',
    state,
    values: { ever: 'true', days: 400, userPrincipalName: 'guest@contoso.com' },
    basis: [],
    firstSeen: '2026-11-01T10:00:00.000Z',
    changedAt: '2026-11-01T10:00:00.000Z',
    notReadSince: null,
    scanId: null,
  }
}

beforeAll(async () => {
  world = await openWorld()
  for (const id of guestIds) world.graph.guests.set(id, true)
  const [first = ''] = guestIds
  await writeTx(world.deps.store, world.ada, (tx) =>
    putFindings(tx, [
      ...guestIds.map((id) => finding(id, 'guests-in-use', 'open')),
      finding(first, 'members-in-use', 'open'),
      finding('00000000-0000-4000-8000-000000000001', 'guests-in-use', 'closed'),
    ]),
  )
  world.seconds.splice(0, Infinity, world.bo)
})
afterAll(() => world.close())

const ask = (keys: readonly string[]): ReturnType<typeof propose> => propose(world.deps, world.ada, { findingKeys: keys })

describe('several findings by one plan', () => {
  it('is for open findings of one check whose fix has such a plan, and for no more than it takes', async () => {
    const [first = '', second = ''] = guestIds
    expect(await ask([keyOf(first), keyOf(first, 'members-in-use')])).toMatchObject({ kind: 'refused', reason: 'noSuchFinding' })
    expect(await ask([keyOf(first), keyOf('00000000-0000-4000-8000-000000000001')])).toMatchObject({ reason: 'noSuchFinding' })
    expect(await ask([keyOf(first), 'guests-in-use:nobody'])).toMatchObject({ reason: 'noSuchFinding' })
    expect(await ask([keyOf(first, 'members-in-use'), keyOf(first, 'members-in-use')])).toMatchObject({ reason: 'noFix' })
    expect(await ask([keyOf(first), keyOf(second)])).toMatchObject({ reason: 'switchedOff' })
  })

  it('has a step for each, and once it is verified each of the findings waits for the next scan', async () => {
    await switchPlan(world, true)
    const answer = await ask(guestIds.map((id) => keyOf(id)))
    const proposal = await proposalOf(world, proposalIdOf(answer))
    expect([proposal.actionId, proposal.steps.map(({ about }) => about.id), proposal.findingKeys]).toEqual([
      'disable-stale-guests',
      [...guestIds],
      guestIds.map((id) => keyOf(id)),
    ])
    const id = await countersignedByTwo(world, answer)
    await world.work()
    expect((await stepStates(world, id)).every(([state, met]) => state === 'done' && met === 'met')).toBe(true)
    const states = await readTx(world.deps.store, world.ada, async (tx) => {
      const found: (string | undefined)[] = []
      for (const guest of guestIds) found.push((await findingByKey(tx, keyOf(guest)))?.state)
      return found
    })
    expect(states).toEqual(guestIds.map(() => 'fixedAwaitingScan'))
  })
})
