import { z } from 'zod'
import type { Json } from '@countersign/core/digest.ts'

/** What was promised of one bucket and when it may be spent, oldest first; times in milliseconds of one clock for all. */
export interface SharedWindow {
  readonly promised: readonly { readonly at: number; readonly units: number }[]
  /** Graph refused: nobody asks before then. */
  readonly blockedUntil: number
}

const shape = z.object({ promised: z.array(z.object({ at: z.number(), units: z.number() })), blockedUntil: z.number() })

export function windowOf(state: Json): SharedWindow {
  return state === null ? { promised: [], blockedUntil: 0 } : shape.parse(state)
}

export function jsonOf({ promised, blockedUntil }: SharedWindow): Json {
  return { promised: promised.map(({ at, units }) => ({ at, units })), blockedUntil }
}

/**
 * Promises units for the earliest time at which no span of `spanMs` holds more than `most`, in the order of asking. The caller waits until
 * `at`.
 */
export function promise(
  window: SharedWindow,
  now: number,
  units: number,
  limit: { readonly most: number; readonly spanMs: number },
): { readonly window: SharedWindow; readonly at: number } {
  if (units > limit.most)
    throw new Error(`A request of ${units} units never fits a bucket of ${limit.most}; ask for it in smaller batches.`)
  const promised = window.promised.filter(({ at }) => at > now - limit.spanMs)
  let at = Math.max(now, window.blockedUntil, promised.at(-1)?.at ?? 0)
  let excess = promised.reduce((sum, entry) => sum + entry.units, 0) + units - limit.most
  for (const entry of promised) {
    if (entry.at <= at - limit.spanMs) excess -= entry.units
    else if (excess > 0) {
      at = entry.at + limit.spanMs
      excess -= entry.units
    } else break
  }
  return { window: { ...window, promised: [...promised, { at, units }] }, at }
}

/** The newest request that was due has been answered: it reached Graph at the latest now. */
export function arrived(window: SharedWindow, now: number): SharedWindow {
  const index = window.promised.findLastIndex(({ at }) => at <= now)
  const promised = window.promised.map((entry, place) => (place === index ? { ...entry, at: now } : entry))
  return { ...window, promised: promised.sort((one, other) => one.at - other.at) }
}

export function block(window: SharedWindow, until: number): SharedWindow {
  return { ...window, blockedUntil: Math.max(window.blockedUntil, until) }
}
