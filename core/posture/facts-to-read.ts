import type { AnyCheck } from './check.ts'
import type { Fact } from './fact.ts'
import { facts } from './facts.ts'
import { neededFacts } from './judge-facts.ts'

/** Read whatever the checks need: who the tenant is and what it has bought. */
const always: readonly string[] = ['organization', 'subscribedSkus']

/** The facts that a scan for these checks reads, in reading order; also what the registration Countersign Read asks permission for. */
export function factsToRead(checks: readonly AnyCheck[]): readonly Fact[] {
  const needed = neededFacts(checks)
  const list: readonly Fact[] = facts
  return list.filter(({ id }) => needed.has(id) || always.includes(id))
}
