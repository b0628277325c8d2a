import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'

/**
 * Whether an activation for which the context is asked takes more than the open session. Where no policy names the context, Microsoft asks
 * for a second factor in its place; not so where one names it and does not apply:
 * https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-how-to-change-default-settings
 */
export function isAskedFor(context: string, policies: readonly PolicyCoverage[]): boolean {
  if (context === '') return false
  const naming = policies.filter(({ authenticationContexts }) => authenticationContexts.some((name) => name === context))
  return (
    naming.length === 0 || naming.some((policy) => policy.state === 'enabled' && policy.ways.length > 0 && isForOthersThanHolders(policy))
  )
}

/** Whoever activates a role does not hold it yet, and is not reached by a policy for holders. */
function isForOthersThanHolders({ people }: PolicyCoverage): boolean {
  return people !== null && (people.all || people.included.users.length > 0 || people.included.groups.length > 0)
}
