import type { Bucket, FactSource } from '@countersign/core/posture/fact.ts'
import type { Clock } from './throttle.ts'

/** Keeps a tenant's readers below Graph's limits, so that they meet a 429 seldom instead of living by it. */
export interface Budget {
  /** Resolves when the bucket of this tenant has room for the units, however many processes ask. */
  readonly take: (bucket: Bucket, units: number, signal?: AbortSignal) => Promise<void>
  /**
   * A request of a narrow bucket has been answered. It may have reached Graph late, up to this moment, so the next one keeps its distance
   * from here. Each `take` of a narrow bucket is followed by one `answered`, however the request ended.
   */
  readonly answered?: (bucket: NarrowBucket) => Promise<void>
  /** Graph answered 429: nobody asks before then. */
  readonly refused: (bucket: Bucket, waitMs: number) => Promise<void>
}

/** Buckets of a few requests, where one that arrives too early is refused. */
export type NarrowBucket = Exclude<Bucket, 'identity'>

export interface BucketLimit {
  readonly units: number
  readonly windowMs: number
  /**
   * Added to the window. Requests take unequal time to reach Graph: two that left a window apart may arrive closer together, which in a
   * bucket of few requests is the difference between none and some refused.
   */
  readonly marginMs: number
}

/** https://learn.microsoft.com/graph/throttling-limits: identity and access, reports, Conditional Access. */
export const bucketLimits: Readonly<Record<Bucket, BucketLimit>> = {
  identity: { units: 3500, windowMs: 10_000, marginMs: 100 },
  reports: { units: 5, windowMs: 10_000, marginMs: 300 },
  conditionalAccess: { units: 1, windowMs: 1000, marginMs: 150 },
}

/** Resource units of the identity bucket in ten seconds by the size of the tenant; the smallest while the size is not known. */
export function identityUnits(users: number | undefined): 3500 | 5000 | 8000 {
  if (users === undefined || users < 50) return 3500
  return users <= 500 ? 5000 : 8000
}

/**
 * Resource units of one request for the source: `$select` saves one, `$expand` costs one, a page of fewer than 20 saves one, never below
 * one. Buckets other than identity count requests. https://learn.microsoft.com/graph/throttling-limits#identity-and-access-service-limits
 */
export function unitsOf({ bucket, cost = 1, select, expand, pageSize }: FactSource): number {
  if (bucket !== 'identity') return 1
  return Math.max(1, cost + (expand ? 1 : 0) - (select ? 1 : 0) - (pageSize !== 'none' && pageSize < 20 ? 1 : 0))
}

export interface MemoryBudget extends Budget {
  /** Tells how many users the tenant has, which decides the size of the identity bucket. */
  readonly sized: (users: number) => void
}

/** A budget for one tenant and one process: an exact sliding window for each bucket, served in the order of asking. */
export function makeMemoryBudget(clock: Clock): MemoryBudget {
  const windows: Readonly<Record<Bucket, Window>> = {
    identity: openWindow(bucketLimits.identity, clock),
    reports: openWindow(bucketLimits.reports, clock),
    conditionalAccess: openWindow(bucketLimits.conditionalAccess, clock),
  }
  return {
    take: (bucket, units, signal) => windows[bucket].take(units, signal),
    refused: async (bucket, waitMs) => windows[bucket].block(waitMs),
    sized: (users) => windows.identity.resize(identityUnits(users)),
  }
}

interface Window {
  readonly take: (units: number, signal?: AbortSignal) => Promise<void>
  readonly block: (waitMs: number) => void
  readonly resize: (units: number) => void
}

function openWindow(limit: BucketLimit, clock: Clock): Window {
  const span = limit.windowMs + limit.marginMs
  let most = limit.units
  let blockedUntil = -Infinity
  let used = 0
  /** What was spent, oldest first; entries before `first` have left the window. */
  let spent: { readonly at: number; units: number }[] = []
  let first = 0
  let turn: Promise<void> = Promise.resolve()

  function forgetOld(now: number): void {
    for (let oldest = spent[first]; oldest && oldest.at <= now - span; oldest = spent[first]) {
      used -= oldest.units
      first += 1
    }
    if (first > 1000) {
      spent = spent.slice(first)
      first = 0
    }
  }

  /** Milliseconds until the units fit; 0 when they do now. */
  function waitFor(units: number, now: number): number {
    if (now < blockedUntil) return blockedUntil - now
    let excess = used + units - most
    for (let index = first; excess > 0; index += 1) {
      const entry = spent[index]
      if (!entry) return 0
      excess -= entry.units
      if (excess <= 0) return entry.at + span - now
    }
    return 0
  }

  async function admit(units: number, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      signal?.throwIfAborted()
      const now = clock.now()
      forgetOld(now)
      const wait = waitFor(units, now)
      if (wait <= 0) {
        const last = spent.at(-1)
        if (last && last.at === now && spent.length > first) last.units += units
        else spent.push({ at: now, units })
        used += units
        return
      }
      await clock.sleep(Math.ceil(wait), signal)
    }
  }

  return {
    take(units, signal) {
      if (units > most) throw new Error(`A request of ${units} units never fits a bucket of ${most}; ask for it in smaller batches.`)
      const mine = turn.then(() => admit(units, signal))
      turn = mine.catch(() => undefined)
      return mine
    },
    block(waitMs) {
      blockedUntil = Math.max(blockedUntil, clock.now() + waitMs)
    },
    resize(units) {
      most = units
    },
  }
}
