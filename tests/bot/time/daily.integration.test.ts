import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { runDaily, type DailyDependencies } from '../../../bot/src/engine/daily.ts'
import { scanLines } from '../../../bot/src/store/history.ts'
import { readTx } from '../../../bot/src/store/transaction.ts'
import { now } from '../../build/facts.ts'
import { openTestStore, type TestStore } from '../store/test-store.ts'
import { applicationsEnding, dayMs, daysOn, snapshot } from './snapshots.ts'

let test: TestStore
beforeAll(async () => void (test = await openTestStore()))
afterAll(() => test.close())

function dependencies(days: number, attest: DailyDependencies['attest']): DailyDependencies & { readonly problems: unknown[] } {
  const clock = (): number => now + days * dayMs
  const problems: unknown[] = []
  const identity = {
    aid: null,
    prepareReading: () => Promise.reject(new Error('Nobody is signed in at night.')),
    proveStored: () => Promise.reject(new Error('There is no sponsor.')),
  }
  return {
    store: test.store,
    identity,
    attest,
    sponsoring: { store: test.store, identity, enqueue: async () => undefined, now: clock },
    retentionDays: 5,
    log: { info: () => undefined, warn: () => undefined, error: (fields: unknown) => void problems.push(fields) },
    now: clock,
    problems,
  }
}

describe('the daily work', () => {
  it('judges and prunes every tenant, also where one piece of it fails', async () => {
    const [first, second, unknown] = [await test.newTenant(), await test.newTenant(), { tenantId: '99999999-9999-4999-8999-999999999999' }]
    const facts = { applications: applicationsEnding({ 1: 30 }), servicePrincipals: [] }
    for (const who of [first, second]) {
      await snapshot(test.store, who, daysOn(0), facts)
      await snapshot(test.store, who, daysOn(1), facts)
    }
    const deps = dependencies(10, (tenantId) =>
      tenantId === first.tenantId ? Promise.reject(new Error('No evidence.')) : Promise.resolve(),
    )
    await runDaily(deps, [first.tenantId, second.tenantId, unknown.tenantId])
    expect(deps.problems).toMatchObject([{ tenantId: first.tenantId, work: 'attest' }])
    for (const who of [first, second])
      expect(
        (await readTx(test.store, who, (tx) => scanLines(tx, 9))).map(({ kind, finishedAt, prunedAt }) => [
          kind,
          finishedAt,
          prunedAt !== null,
        ]),
      ).toEqual([
        ['judge', daysOn(10), false],
        // The newest facts stay although they are older than the five days.
        ['scan', daysOn(1), false],
        ['scan', daysOn(0), true],
      ])
  })
})
