import { z } from 'zod'
import type { Json } from '@countersign/core/digest.ts'

/** Units that somebody may spend from a moment on, in milliseconds of one clock for all. */
interface Promised {
  readonly at: number
  readonly units: number
  /** Its answer is still to come: it may reach Graph at any time until then. */
  readonly isOpen: boolean
}

/** What was promised of one bucket, oldest first. */
export interface SharedWindow {
  readonly promised: readonly Promised[]
  /** Graph refused: nobody asks before then. */
  readonly blockedUntil: number
}

const shape = z.object({
  promised: z.array(z.object({ at: z.number(), units: z.number(), isOpen: z.boolean().default(false) })),
  blockedUntil: z.number(),
})

export function windowOf(state: Json): SharedWindow {
  return state === null ? { promised: [], blockedUntil: 0 } : shape.parse(state)
}

export function jsonOf({ promised, blockedUntil }: SharedWindow): Json {
  return { promised: promised.map(({ at, units, isOpen }) => ({ at, units, ...(isOpen ? { isOpen } : {}) })), blockedUntil }
}

export interface WindowLimit {
  readonly most: number
  readonly spanMs: number
  /** Whether the answer to what is promised is told by `arrived`. */
  readonly isAnswered?: boolean
}

/**
 * Promises units for the earliest time at which no span of `spanMs` holds more than `most`, in the order of asking. The caller waits until
 * `at`. A request that is under way counts as if it reached Graph now; whose process ended without an answer is forgotten after a span.
 */
export function promise(
  window: SharedWindow,
  now: number,
  units: number,
  { most, spanMs, isAnswered = false }: WindowLimit,
): { readonly window: SharedWindow; readonly at: number } {
  if (units > most) throw new Error(`A request of ${units} units never fits a bucket of ${most}; ask for it in smaller batches.`)
  const promised = window.promised.filter(({ at }) => at > now - spanMs)
  const counted = sorted(promised.map((entry) => (entry.isOpen ? { ...entry, at: Math.max(entry.at, now) } : entry)))
  let at = Math.max(now, window.blockedUntil, counted.at(-1)?.at ?? 0)
  let excess = counted.reduce((sum, entry) => sum + entry.units, 0) + units - most
  for (const entry of counted) {
    if (entry.at <= at - spanMs) excess -= entry.units
    else if (excess > 0) {
      at = entry.at + spanMs
      excess -= entry.units
    } else break
  }
  return { window: { ...window, promised: [...promised, { at, units, isOpen: isAnswered }] }, at }
}

/** One of the requests under way has been answered: it reached Graph at the latest now. Which one does not matter, for all take the same. */
export function arrived(window: SharedWindow, now: number): SharedWindow {
  const index = window.promised.findIndex(({ at, isOpen }) => isOpen && at <= now)
  const promised = window.promised.map((entry, place) => (place === index ? { ...entry, at: now, isOpen: false } : entry))
  return { ...window, promised: sorted(promised) }
}

function sorted(promised: readonly Promised[]): readonly Promised[] {
  return promised.toSorted((one, other) => one.at - other.at)
}

export function block(window: SharedWindow, until: number): SharedWindow {
  return { ...window, blockedUntil: Math.max(window.blockedUntil, until) }
}
