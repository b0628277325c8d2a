import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'

/** Whether the policy, though it may be switched on, applies to no sign-in: it names no people, or nothing to sign in to. */
export function coversNobodyOrNothing(policy: PolicyCoverage): boolean {
  return coversNothing(policy) || coversNobody(policy)
}

function coversNothing({ allApplications, applications, userActions, authenticationContexts, narrowedBy }: PolicyCoverage): boolean {
  if (allApplications || narrowedBy.includes('applicationFilter')) return false
  return applications.length + userActions.length + authenticationContexts.length === 0
}

function coversNobody({ people, conditions }: PolicyCoverage): boolean {
  // A policy for workload identities names no people: its users are null, or 'None' where the portal made it.
  if (conditions.clientApplications !== null) return false
  if (!people) return true
  const { users, groups, roles, guests } = people.included
  return !people.all && users.length + groups.length + roles.length + guests.length === 0
}
