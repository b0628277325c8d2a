import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { BucketLimit } from '../../../bot/src/graph/budget.ts'
import { makeStoreBudget } from '../../../bot/src/engine/scan/budget.ts'
import { windowOf } from '../../../bot/src/engine/scan/shared-window.ts'
import type { Bucket } from '../../../core/posture/fact.ts'
import { readBudget } from '../../../bot/src/store/budgets.ts'
import { openStore, type Store } from '../../../bot/src/store/database.ts'
import { readTx, type StoredJob } from '../../../bot/src/store/transaction.ts'
import { openTestStore, silentLog, testDeploymentKey, type TestStore } from '../store/test-store.ts'

/** Small windows, so that a test sees several of them; the margin of the second is for a machine that is slow to say when it was let through. */
const limits: Readonly<Record<'identity' | 'reports' | 'conditionalAccess', BucketLimit>> = {
  identity: { units: 400, windowMs: 1000, marginMs: 50 },
  reports: { units: 3, windowMs: 250, marginMs: 500 },
  conditionalAccess: { units: 1, windowMs: 150, marginMs: 50 },
}

let test: TestStore
/** Another process: its own connections and nothing else in common but the database. */
let other: Store
beforeAll(async () => {
  test = await openTestStore()
  other = await openStore({ databaseUrl: test.databaseUrl, deploymentKey: testDeploymentKey }, silentLog)
})
afterAll(async () => {
  await other.close()
  await test.close()
})

interface Promised {
  readonly at: number
  readonly units: number
}

/** The most units promised in any span. */
function mostIn(promised: readonly Promised[], spanMs: number): number {
  const sums = promised.map(({ at }) =>
    promised.filter((entry) => entry.at >= at && entry.at < at + spanMs).reduce((sum, { units }) => sum + units, 0),
  )
  return Math.max(0, ...sums)
}

/**
 * Notes what the database has promised, as often as it is asked to look. When somebody spends it is for the machine to say, which may stand
 * still at any moment; for when it was promised, and how much, is not.
 */
function notePromises(tenant: StoredJob, bucket: Bucket): { readonly look: () => Promise<void>; readonly seen: () => readonly Promised[] } {
  let all: readonly Promised[] = []
  const count = (list: readonly Promised[], { at, units }: Promised): number =>
    list.filter((entry) => entry.at === at && entry.units === units).length
  return {
    look: async () => {
      const { promised } = windowOf(await readTx(test.store, tenant, (tx) => readBudget(tx, bucket)))
      // What two were promised for the same moment stands there twice.
      all = [...all, ...promised.filter((entry, index) => count(promised.slice(0, index + 1), entry) > count(all, entry))]
    },
    seen: () => all,
  }
}

/** The machine's time, for whoever is not to wait. */
const neverSleeps = { now: () => performance.now(), sleep: () => Promise.reject(new Error('It waited.')) }

describe('the budget of a tenant', () => {
  it('is one for all processes: narrow buckets exactly, each tenant for itself', async () => {
    const tenant = await test.newTenant()
    const promises = notePromises(tenant, 'reports')
    const slept: number[] = []
    // Nobody waits, so that all promises stand at the end: each is later than the one that it must not come near.
    const clock = { now: () => performance.now(), sleep: async (milliseconds: number) => void slept.push(milliseconds) }
    const budgets = [test.store, other].map((store) => makeStoreBudget(store, tenant.tenantId, { limits, clock }))
    await Promise.all(
      budgets.flatMap((budget) =>
        Array.from({ length: 6 }, async () => {
          await budget.take('reports', 1)
          await promises.look()
        }),
      ),
    )
    expect(promises.seen().length).toBeGreaterThan(limits.reports.units)
    expect(mostIn(promises.seen(), limits.reports.windowMs + limits.reports.marginMs)).toBeLessThanOrEqual(limits.reports.units)
    expect(slept.length).toBeGreaterThan(0)
    const stranger = await test.newTenant()
    await makeStoreBudget(test.store, stranger.tenantId, { limits, clock: neverSleeps }).take('reports', 3)
  })

  it('gives the wide bucket in blocks and stays below its limit over all processes', async () => {
    const tenant = await test.newTenant()
    const promises = notePromises(tenant, 'identity')
    const budgets = [test.store, other].map((store) => makeStoreBudget(store, tenant.tenantId, { limits }))
    await Promise.all(
      budgets.map(async (budget) => {
        for (let request = 0; request < 200; request += 1) {
          await budget.take('identity', 2)
          await promises.look()
        }
      }),
    )
    const blocks = promises.seen()
    expect(blocks.reduce((sum, { units }) => sum + units, 0)).toBeGreaterThan(limits.identity.units)
    expect(blocks.length).toBeLessThan(400)
    // A block may be spent for a second.
    expect(mostIn(blocks, limits.identity.windowMs + 1000)).toBeLessThanOrEqual(limits.identity.units)
  })

  it('is closed for everybody for as long as Graph says', async () => {
    const tenant = await test.newTenant()
    const mine = makeStoreBudget(test.store, tenant.tenantId, { limits })
    const asleep = Promise.withResolvers<void>()
    const woken = Promise.withResolvers<void>()
    const sleep = async (milliseconds: number): Promise<void> => {
      asleep.resolve()
      await woken.promise
      await wait(milliseconds)
    }
    const theirs = makeStoreBudget(other, tenant.tenantId, { limits, clock: { now: () => performance.now(), sleep } })
    await theirs.take('conditionalAccess', 1)
    await theirs.answered?.('conditionalAccess')
    const waiting = theirs.take('conditionalAccess', 1).then(() => performance.now())
    // It has its promise, and hears of the refusal when it wakes; or it came late enough not to wait.
    await Promise.race([asleep.promise, waiting])
    const refusedAt = performance.now()
    await mine.refused('conditionalAccess', 900)
    woken.resolve()
    if ((await waiting) < refusedAt) {
      await theirs.answered?.('conditionalAccess')
      await theirs.take('conditionalAccess', 1)
    }
    expect(performance.now() - refusedAt).toBeGreaterThanOrEqual(890)
    const before = performance.now()
    await mine.refused('identity', 300)
    await theirs.take('identity', 1)
    expect(performance.now() - before).toBeGreaterThanOrEqual(290)
  })

  it('has its next lease before the last one ends, and none that was promised before a refusal', async () => {
    const tenant = await test.newTenant()
    let now = 0
    const mine = makeStoreBudget(test.store, tenant.tenantId, { limits, clock: { ...neverSleeps, now: () => now } })
    const theirs = makeStoreBudget(other, tenant.tenantId, { limits })
    const taken = async (): Promise<string> => JSON.stringify(await readTx(test.store, tenant, (tx) => readBudget(tx, 'identity')))
    await mine.take('identity', 1)
    const first = await taken()
    now = 600
    await mine.take('identity', 1)
    // The next lease; the other process then closes the bucket, of which this one hears when it next asks.
    while ((await taken()) === first) await wait(5)
    await theirs.refused('identity', 4000)
    now = 1200
    await mine.take('identity', 1)

    const stranger = makeStoreBudget(test.store, (await test.newTenant()).tenantId, { limits })
    await stranger.take('identity', 1)
    await wait(600)
    // The next lease is being taken when the refusal comes.
    await stranger.take('identity', 1)
    const refusedAt = performance.now()
    await stranger.refused('identity', 500)
    await stranger.take('identity', 1)
    expect(performance.now() - refusedAt).toBeGreaterThanOrEqual(490)
  })

  it('asks again when a lease has had its time, however much of it is left', async () => {
    const tenant = await test.newTenant()
    let now = 0
    const mine = makeStoreBudget(test.store, tenant.tenantId, { limits, clock: { ...neverSleeps, now: () => now } })
    const taken = async (): Promise<string> => JSON.stringify(await readTx(test.store, tenant, (tx) => readBudget(tx, 'identity')))
    await mine.take('identity', 1)
    const first = await taken()
    now = 10
    await mine.take('identity', 1)
    expect(await taken()).toBe(first)
    now = 1001
    await mine.take('identity', 1)
    expect(await taken()).not.toBe(first)
  })

  it('keeps its distance from a request that reached Graph late', async () => {
    const tenant = await test.newTenant()
    const [mine, theirs] = [test.store, other].map((store) => makeStoreBudget(store, tenant.tenantId, { limits }))
    if (!mine || !theirs) throw new Error('There are two budgets.')
    await mine.take('conditionalAccess', 1)
    const next = mine.take('conditionalAccess', 1).then(() => performance.now())
    // The turn was given long ago; the request is answered, and so has arrived, only now.
    await wait(500)
    const answeredAt = performance.now()
    await mine.answered?.('conditionalAccess')
    expect((await next) - answeredAt).toBeGreaterThanOrEqual(limits.conditionalAccess.windowMs)
    const again = performance.now()
    await mine.answered?.('conditionalAccess')
    await theirs.take('conditionalAccess', 1)
    expect(performance.now() - again).toBeGreaterThanOrEqual(limits.conditionalAccess.windowMs - 20)
  })

  it('lets go of a caller who is told to stop, and goes on with the next', async () => {
    const tenant = await test.newTenant()
    const asleep = Promise.withResolvers<void>()
    let sleepers = 0
    // The first sleeps until it is told to stop.
    const sleep = async (_milliseconds: number, signal?: AbortSignal): Promise<void> => {
      sleepers += 1
      if (sleepers > 1) return
      await new Promise((_go, stopped) => {
        signal?.addEventListener('abort', () => stopped(signal.reason))
        asleep.resolve()
      })
    }
    const budget = makeStoreBudget(test.store, tenant.tenantId, { limits, clock: { now: () => performance.now(), sleep } })
    await budget.refused('identity', 60_000)
    const stop = new AbortController()
    const stopped = budget.take('identity', 1, stop.signal)
    const next = budget.take('identity', 1)
    await asleep.promise
    stop.abort(new Error('stopped'))
    await expect(stopped).rejects.toThrow('stopped')
    await next
  })
})
