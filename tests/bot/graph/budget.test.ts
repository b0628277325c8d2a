import { describe, expect, it } from '@jest/globals'
import type { Bucket } from '../../../core/posture/fact.ts'
import { bucketLimits, identityUnits, makeMemoryBudget, unitsOf } from '../../../bot/src/graph/budget.ts'
import type { Clock } from '../../../bot/src/graph/throttle.ts'
import { fc } from '../../random.ts'

/** Time that passes only when everybody sleeps, at once to the next who wakes. */
function dream(): Clock & { readonly run: (work: Promise<unknown>) => Promise<void> } {
  let now = 0
  let sleepers: { at: number; wake: () => void }[] = []
  return {
    now: () => now,
    random: () => 0,
    sleep: (milliseconds, signal) =>
      new Promise((wake, failed) => {
        sleepers.push({ at: now + milliseconds, wake })
        signal?.addEventListener('abort', () => failed(signal.reason), { once: true })
      }),
    async run(work) {
      let isDone = false
      const end = work.finally(() => (isDone = true))
      end.catch(() => undefined)
      while (!isDone) {
        await new Promise((turn) => setImmediate(turn))
        const next = Math.min(...sleepers.map(({ at }) => at))
        if (isDone || next === Infinity) continue
        now = next
        const awake = sleepers.filter(({ at }) => at <= now)
        sleepers = sleepers.filter(({ at }) => at > now)
        for (const { wake } of awake) wake()
      }
      await end
    },
  }
}

describe('units of a request', () => {
  it.each([
    [{ path: '/users', cost: 2, pageSize: 999, bucket: 'identity' }, 2],
    [{ path: '/users', cost: 2, select: ['id'], pageSize: 999, bucket: 'identity' }, 1],
    [{ path: '/users', cost: 2, select: ['id'], expand: 'manager', pageSize: 10, bucket: 'identity' }, 1],
    [{ path: '/roleManagement/directory/roleAssignments', expand: 'principal', pageSize: 'none', bucket: 'identity' }, 2],
    [{ path: '/x', select: ['id'], pageSize: 'none', bucket: 'identity' }, 1],
    [{ path: '/users', cost: 2, expand: 'x', pageSize: 500, bucket: 'reports' }, 1],
  ] as const)('%j costs %i', (source, units) => {
    expect(unitsOf(source)).toBe(units)
  })

  it.each([
    [undefined, 3500],
    [49, 3500],
    [50, 5000],
    [500, 5000],
    [501, 8000],
  ])('a tenant of %s users has %i identity units', (users, units) => {
    expect(identityUnits(users)).toBe(units)
  })
})

describe('budget in memory', () => {
  it.each(['reports', 'conditionalAccess', 'identity'] as const)(
    'no window of %s ever holds more than its limit, and none waits longer than it must',
    async (bucket: Bucket) => {
      const { units: limit, windowMs, marginMs } = bucketLimits[bucket]
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.integer({ min: 1, max: Math.max(1, Math.floor(limit / 4)) }), fc.nat(windowMs / 2)), { maxLength: 40 }),
          async (asks) => {
            const clock = dream()
            const budget = makeMemoryBudget(clock)
            const taken: { at: number; units: number }[] = []
            async function ask(): Promise<void> {
              const work: Promise<unknown>[] = []
              for (const [units, pause] of asks) {
                await clock.sleep(pause)
                work.push(budget.take(bucket, units).then(() => taken.push({ at: clock.now(), units })))
              }
              await Promise.all(work)
            }
            await clock.run(ask())
            expect(taken.map(({ units }) => units)).toEqual(asks.map(([units]) => units))
            for (const [index, { at, units }] of taken.entries()) {
              const before = taken.slice(0, index).filter((other) => other.at > at - windowMs - marginMs)
              expect(before.reduce((sum, other) => sum + other.units, units)).toBeLessThanOrEqual(limit)
            }
          },
        ),
        { numRuns: process.env['DRILL'] ? 2000 : 40 },
      )
    },
  )

  it('asks a hundred pages of reports in the time that Graph’s limit allows', async () => {
    const clock = dream()
    const budget = makeMemoryBudget(clock)
    await clock.run(Promise.all(Array.from({ length: 100 }, () => budget.take('reports', 1))))
    expect(clock.now()).toBe(19 * 10_300)
  })

  it('holds everybody back after a refusal, the other buckets not', async () => {
    const clock = dream()
    const budget = makeMemoryBudget(clock)
    await budget.refused('identity', 7000)
    await clock.run(budget.take('conditionalAccess', 1))
    expect(clock.now()).toBe(0)
    await clock.run(Promise.all([budget.take('identity', 1), budget.take('identity', 1)]))
    expect(clock.now()).toBe(7000)
  })

  it('lets the next one through when one gives up', async () => {
    const clock = dream()
    const budget = makeMemoryBudget(clock)
    await budget.take('conditionalAccess', 1)
    const stop = new AbortController()
    const given = expect(budget.take('conditionalAccess', 1, stop.signal)).rejects.toThrow('enough')
    const next = budget.take('conditionalAccess', 1)
    stop.abort(new Error('enough'))
    await given
    await clock.run(next)
    expect(clock.now()).toBe(1150)
  })

  it('takes the size of the tenant when it is told', async () => {
    const clock = dream()
    const budget = makeMemoryBudget(clock)
    budget.sized(100_000)
    await clock.run(Promise.all([budget.take('identity', 3000), budget.take('identity', 3000)]))
    expect(clock.now()).toBe(0)
    expect(() => budget.take('identity', 9000)).toThrow('never fits')
  })
})
