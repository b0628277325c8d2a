import type { AnyCheck } from '../../core/posture/check.ts'
import { derivedFactOf, factIds } from '../../core/posture/facts.ts'
import type { ReadFactId } from '../../core/posture/facts.ts'

/**
 * The read facts without which a check must be unknown: what it declares, through derived facts down to what is read. What only helps a
 * derived fact is not among them, nor are the subscriptions, which are asked for a licence and leave the check to its facts when unread.
 */
export function requiredFacts({ needs, each = [] }: Pick<AnyCheck, 'needs' | 'each'>): readonly ReadFactId[] {
  const found = new Set<string>()
  const open: string[] = [...needs, ...each]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    found.add(id)
    const derived = derivedFactOf(id)
    if (derived) open.push(...derived.needs, ...derived.over)
  }
  return factIds.filter((id) => found.has(id))
}
