import type { AnyCheck } from './check.ts'
import type { Fact } from './fact.ts'
import { facts } from './facts.ts'
import { neededFacts } from './judge-facts.ts'

/** Read whatever the checks need: who the tenant is and what it has bought. */
const always: readonly string[] = ['organization', 'subscribedSkus']

/** The facts that a scan for these checks reads, in reading order; also what the registration Countersign Read asks permission for. */
export function factsToRead(checks: readonly AnyCheck[]): readonly Fact[] {
  const needed = new Set([...neededFacts(checks), ...always])
  const list: readonly Fact[] = facts
  // From the end, because a fact comes after the facts whose objects it is read for.
  for (const { id, source } of [...list].reverse()) if (needed.has(id)) for (const parent of source.each?.facts ?? []) needed.add(parent)
  return list.filter(({ id }) => needed.has(id))
}
