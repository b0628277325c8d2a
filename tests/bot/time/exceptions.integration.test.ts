import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Principal } from '../../../core/principal.ts'
import { declare, exceptionsOf, withdraw } from '../../../bot/src/engine/exceptions.ts'
import { openTestStore, type TestStore } from '../store/test-store.ts'
import { daysOn, objectId, snapshot } from './snapshots.ts'

let test: TestStore
beforeAll(async () => void (test = await openTestStore()))
afterAll(() => test.close())

const reason = 'Agreed with the board'

it('says of each declaration whether it stands, has expired, or points to nothing any more', async () => {
  const who = await test.newTenant()
  const ada: Principal = { ...who, displayName: 'Ada', roles: ['owner'], door: 'tab' }
  const wanted = [
    { kind: 'emergencyAccount', objectId: objectId(1) },
    { kind: 'serviceAccount', objectId: objectId(2) },
    { kind: 'roleHolderGroup', objectId: objectId(3) },
    { kind: 'application', objectId: objectId(4) },
    { kind: 'guestUserType', objectId: 'serviceProvider' },
    { kind: 'user', objectId: objectId(1), until: daysOn(5) },
  ] as const
  for (const one of wanted) expect((await declare(test.store, ada, { ...one, reason }, daysOn(0))).kind).toBe('declared')
  const standing = async (day: number): Promise<readonly (string | undefined)[]> =>
    (await exceptionsOf(test.store, ada, daysOn(day))).map((entry) => entry.standing)
  expect(await standing(1)).toEqual(['notRead', 'notRead', 'notRead', 'notRead', 'stands', 'notRead'])
  await snapshot(test.store, who, daysOn(1), {
    users: [{ id: objectId(1) }],
    groups: [{ id: objectId(3) }],
    servicePrincipals: [],
  })
  expect(await standing(2)).toEqual(['stands', 'gone', 'stands', 'gone', 'stands', 'stands'])
  expect(await standing(5)).toEqual(['stands', 'gone', 'stands', 'gone', 'stands', 'expired'])
  const again = { kind: 'user', objectId: objectId(1).toUpperCase(), reason } as const
  expect((await declare(test.store, ada, again, daysOn(4))).kind).toBe('alreadyDeclared')
  expect((await declare(test.store, ada, { ...again, until: 'soon' }, daysOn(6))).kind).toBe('badDay')
  expect((await declare(test.store, ada, { ...again, until: daysOn(2) }, daysOn(6))).kind).toBe('badDay')
  expect((await declare(test.store, ada, again, daysOn(6))).kind).toBe('declared')
  const listed = await exceptionsOf(test.store, ada, daysOn(6))
  expect(listed.map(({ standing: stands, until }) => [stands, until]).at(-1)).toEqual(['stands', null])
  expect(listed).toHaveLength(wanted.length)
  expect(await withdraw(test.store, ada, listed[0]?.id ?? '', daysOn(7))).toBe(true)
  expect(await exceptionsOf(test.store, ada, daysOn(7))).toHaveLength(wanted.length - 1)
})
