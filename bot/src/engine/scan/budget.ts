import { setImmediate as breathe } from 'node:timers/promises'
import type { Bucket } from '@countersign/core/posture/fact.ts'
import { bucketLimits, identityUnits, type BucketLimit, type Budget } from '../../graph/budget.ts'
import { systemClock, type Clock } from '../../graph/throttle.ts'
import { changeBudget, readBudget } from '../../store/budgets.ts'
import type { Store } from '../../store/database.ts'
import { lastRowCount } from '../../store/facts.ts'
import { readTx, writeTx } from '../../store/transaction.ts'
import { arrived, block, jsonOf, promise, windowOf } from './shared-window.ts'

export interface StoreBudgetOptions {
  readonly clock?: Pick<Clock, 'now' | 'sleep'>
  readonly limits?: Readonly<Record<Bucket, BucketLimit>>
}

/**
 * Units of the identity bucket that a process takes at a time, and how long it may spend them. A reader that asks for one page after the other
 * would wait for the database at every other page, so the next lease is taken, in the background, when so much of this one's life is left.
 */
const lease = { units: 250, leastUnits: 50, lifeMs: 1000, renewAtMs: 600 } as const
const sizeKeptMs = 30_000

interface Lease {
  /** Not yet spent of what was taken. */
  readonly units: number
  readonly taken: number
  readonly until: number
}
const noLease: Lease = { units: 0, taken: 0, until: -Infinity }

/** The budgets of all tenants, one for each in this process. */
export function makeBudgets(store: Store): (tenantId: string) => Budget {
  const made = new Map<string, Budget>()
  return (tenantId) => {
    const budget = made.get(tenantId) ?? makeStoreBudget(store, tenantId)
    made.set(tenantId, budget)
    return budget
  }
}

/**
 * The budget of one tenant, shared by all processes through the database. Buckets of a few requests are promised one by one, so that they
 * are exact; of the identity bucket a process takes a block that lasts a second, so that not every request costs a transaction. Another
 * process hears of a refusal with its next block.
 */
export function makeStoreBudget(store: Store, tenantId: string, options: StoreBudgetOptions = {}): Budget {
  const { clock = systemClock, limits = bucketLimits } = options
  const who = { tenantId, objectId: '' }
  let size: { readonly units: number; readonly readAt: number } = { units: limits.identity.units, readAt: -Infinity }
  let held: Lease = noLease
  let renewal: { readonly ended: Promise<void> } | undefined
  let turn: Promise<void> = Promise.resolve()
  const single = openSingleFile()

  async function promised(
    bucket: Bucket,
    units: number,
    spanMs: number,
    most: number,
  ): Promise<{ readonly at: number; readonly waitMs: number }> {
    return writeTx(store, who, (tx) =>
      changeBudget(tx, bucket, (state, now) => {
        const { window, at } = promise(windowOf(state), now, units, { most, spanMs, isAnswered: bucket !== 'identity' })
        return { state: jsonOf(window), answer: { at, waitMs: at - now } }
      }),
    )
  }

  /** Waits for units of their own and answers since when they may be spent; asks again when the bucket was blocked meanwhile. */
  async function takeExactly(bucket: Bucket, units: number, spanMs: number, most: number, signal?: AbortSignal): Promise<number> {
    for (;;) {
      signal?.throwIfAborted()
      const askedAt = clock.now()
      const { at, waitMs } = await promised(bucket, units, spanMs, most)
      if (waitMs <= 0) return askedAt
      await clock.sleep(Math.ceil(waitMs), signal)
      const { blockedUntil } = windowOf(await readTx(store, who, (tx) => readBudget(tx, bucket)))
      if (blockedUntil <= at) return askedAt + waitMs
    }
  }

  async function takeFromLease(units: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    if (!isEnough(held, units)) await renewal?.ended
    if (!isEnough(held, units)) {
      const { spanMs, most } = await identityWindow()
      const taken = Math.max(units, mostOfLease(most))
      const from = await takeExactly('identity', taken, spanMs, most, signal)
      held = { units: taken, taken, until: from + lease.lifeMs }
    }
    held = { ...held, units: held.units - units }
    if (!renewal && held.until - clock.now() < lease.renewAtMs) renewAhead(held)
  }

  function isEnough({ units, until }: Lease, wanted: number): boolean {
    return units >= wanted && clock.now() <= until
  }

  /** Twice what this lease was used for, if that can be had now; whoever finds no lease asks, waits and hears of problems itself. */
  function renewAhead(before: Lease): void {
    const wanted = Math.max(lease.leastUnits, 2 * (before.taken - before.units))
    // The request that goes out now leaves first.
    const ended = breathe()
      .then(() => renewed(wanted))
      .then(
        (next) => {
          // After a refusal nothing counts that was promised before it.
          if (renewal !== mine) return
          renewal = undefined
          if (next) held = next
        },
        () => {
          if (renewal === mine) renewal = undefined
        },
      )
    const mine = { ended }
    renewal = mine
  }

  async function renewed(wanted: number): Promise<Lease | undefined> {
    const { spanMs, most } = await identityWindow()
    const units = Math.min(wanted, mostOfLease(most))
    const from = clock.now()
    const isTaken = await writeTx(store, who, (tx) =>
      changeBudget(tx, 'identity', (state, now) => {
        const { window, at } = promise(windowOf(state), now, units, { most, spanMs })
        return at > now ? { state, answer: false } : { state: jsonOf(window), answer: true }
      }),
    )
    return isTaken ? { units, taken: units, until: from + lease.lifeMs } : undefined
  }

  async function identityWindow(): Promise<{ readonly spanMs: number; readonly most: number }> {
    const { windowMs, marginMs } = limits.identity
    return { spanMs: windowMs + lease.lifeMs + marginMs, most: await identityMost() }
  }

  /** By the tenant's size as last read, unless limits were given. */
  async function identityMost(): Promise<number> {
    if (!options.limits && clock.now() - size.readAt > sizeKeptMs)
      size = { units: identityUnits(await readTx(store, who, (tx) => lastRowCount(tx, 'users'))), readAt: clock.now() }
    return size.units
  }

  return {
    async take(bucket, units, signal) {
      if (bucket !== 'identity') {
        const { windowMs, marginMs, units: most } = limits[bucket]
        if (most === 1) await single.enter(bucket, signal)
        try {
          await takeExactly(bucket, units, windowMs + marginMs, most, signal)
        } catch (error) {
          single.leave(bucket)
          throw error
        }
        return
      }
      const mine = turn.then(() => takeFromLease(units, signal))
      turn = mine.catch(() => undefined)
      return mine
    },
    async answered(bucket) {
      try {
        await writeTx(store, who, (tx) =>
          changeBudget(tx, bucket, (state, now) => ({ state: jsonOf(arrived(windowOf(state), now)), answer: undefined })),
        )
      } finally {
        single.leave(bucket)
      }
    },
    async refused(bucket, waitMs) {
      if (bucket === 'identity') {
        held = noLease
        renewal = undefined
      }
      await writeTx(store, who, (tx) =>
        changeBudget(tx, bucket, (state, now) => ({ state: jsonOf(block(windowOf(state), now + waitMs)), answer: undefined })),
      )
    },
  }
}

function mostOfLease(most: number): number {
  return Math.min(lease.units, Math.ceil(most / 8))
}

/** One request of a bucket under way at a time, in the order of asking. */
function openSingleFile(): {
  readonly enter: (bucket: Bucket, signal: AbortSignal | undefined) => Promise<void>
  readonly leave: (bucket: Bucket) => void
} {
  const lanes = new Map<Bucket, (() => void)[]>()
  return {
    async enter(bucket, signal) {
      signal?.throwIfAborted()
      const lane = lanes.get(bucket)
      if (!lane) {
        lanes.set(bucket, [])
        return
      }
      await new Promise<void>((go, failed) => {
        const begin = (): void => {
          signal?.removeEventListener('abort', stop)
          go()
        }
        const stop = (): void => {
          lane.splice(lane.indexOf(begin), 1)
          failed(signal?.reason)
        }
        lane.push(begin)
        signal?.addEventListener('abort', stop, { once: true })
      })
    },
    leave(bucket) {
      const next = lanes.get(bucket)?.shift()
      if (next) next()
      else lanes.delete(bucket)
    },
  }
}
