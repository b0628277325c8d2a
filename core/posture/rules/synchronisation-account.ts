import type { People, PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import { sameId } from '../rows/graph-values.ts'
import { principalType } from '../rows/role-holding.ts'
import type { RoleHolding } from '../rows/role-holding.ts'

/** Template id of the role Directory Synchronization Accounts. */
const synchronisationRole = 'd29b2b05-8046-44ba-8758-1e26182fcf32'

/** Ids of those who hold the role. Newer versions sign in as an application, which no policy about people reaches. */
export function synchronisationAccounts(assignments: readonly RoleHolding[]): readonly string[] {
  return assignments
    .filter(({ roleDefinitionId }) => sameId(roleDefinitionId, synchronisationRole))
    .filter(({ principal }) => principalType(principal?.['@odata.type'] ?? '') !== 'servicePrincipal')
    .map(({ principalId }) => principalId)
}

/** Whether this side of a policy names the role, or each of its holders. */
export function namesSynchronisation(people: People | undefined, holders: readonly string[]): boolean {
  if (!people) return false
  if (people.roles.some((id) => sameId(id, synchronisationRole))) return true
  return holders.every((holder) => people.users.some((id) => sameId(id, holder)))
}

/** Blocked from everywhere but the places that are left out; a block of certain places locks nothing. */
export function isLock(locations: PolicyCoverage['conditions']['locations']): boolean {
  return (
    locations !== null &&
    locations.includeLocations.includes('All') &&
    locations.excludeLocations.length > 0 &&
    !locations.excludeLocations.includes('All')
  )
}
