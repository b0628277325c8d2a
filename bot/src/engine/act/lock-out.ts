import type { BlastLine } from '@countersign/core/actions/blast.ts'
import { refuseWith, type Refusal } from '@countersign/core/actions/refusals.ts'

export interface Effects {
  readonly kind: 'effects'
  readonly blast: readonly BlastLine[]
  /** Who is locked out, as the person who asked wrote it. */
  readonly acknowledged: readonly string[]
}

/** Whoever a change would lock out must be named in the request, letter by letter but for case and space around; else nothing is proposed. */
export function effectsOf(blast: readonly BlastLine[], named: readonly string[]): Effects | Refusal {
  const written = new Map(named.map((name) => [normal(name), name.trim()]))
  const lockedOut = [...new Set(blast.flatMap(({ locksOut }) => locksOut ?? []))]
  const unnamed = lockedOut.filter((name) => !written.has(normal(name)))
  if (unnamed.length > 0) return { ...refuseWith('lockOut', { names: unnamed.join(', ') }), names: unnamed }
  return { kind: 'effects', blast, acknowledged: lockedOut.map((name) => written.get(normal(name)) ?? name) }
}

function normal(name: string): string {
  return name.trim().toLowerCase()
}
