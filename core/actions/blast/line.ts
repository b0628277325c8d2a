import type { Values } from '../../posture/check.ts'
import type { BlastLine, BlastReason } from '../blast.ts'

/** A line before the scan's time is added to its values. */
export interface Line extends BlastLine {
  readonly reason: BlastReason
}

export function line(reason: BlastReason, values: Values, locksOut: string | null = null): Line {
  return { reason, values, locksOut }
}

const shownAtMost = 5

/** The first names as one value of a sentence, and how many more there are. */
export function listed<Name extends string>(name: Name, names: readonly string[]): Values {
  const all = [...new Set(names)].sort()
  return { [name]: all.slice(0, shownAtMost).join(', '), more: Math.max(0, all.length - shownAtMost) }
}
