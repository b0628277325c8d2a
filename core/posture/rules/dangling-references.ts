import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import type { PolicyReference } from '../derived/policy-references.ts'

interface Known {
  readonly references: readonly PolicyReference[]
  readonly namedLocations: readonly { readonly id: string }[]
  readonly servicePrincipals: readonly { readonly id: string }[]
}

interface Dangling {
  readonly kind: PolicyReference['kind'] | 'location' | 'servicePrincipal'
  /** In lower case. */
  readonly id: string
}

/** The places that the service itself knows; the zeros are the trusted addresses of the old per-user setting. */
const builtInLocations = ['all', 'alltrusted', '00000000-0000-0000-0000-000000000000']
const builtInWorkloads = ['serviceprincipalsinmytenant', 'none']

/**
 * What a policy names by object id and the directory no longer lists. Applications are named by client id, and Microsoft's own need
 * no object in the tenant, so that nothing follows from a missing one.
 */
export function danglingIn(policy: PolicyCoverage, { references, namedLocations, servicePrincipals }: Known): readonly Dangling[] {
  const { people, conditions } = policy
  const named = { user: new Set<string>(), group: new Set<string>(), role: new Set<string>() }
  for (const side of people ? [people.included, people.excluded] : []) {
    for (const id of side.users) named.user.add(id.toLowerCase())
    for (const id of side.groups) named.group.add(id.toLowerCase())
    for (const id of side.roles) named.role.add(id.toLowerCase())
  }
  const gone = references.filter(({ id, kind, isThere }) => !isThere && named[kind].has(id))
  const { locations, clientApplications: workloads } = conditions
  const places = locations ? [...locations.includeLocations, ...locations.excludeLocations] : []
  const principals = workloads ? [...workloads.includeServicePrincipals, ...workloads.excludeServicePrincipals] : []
  return [
    ...gone.map(({ kind, id }) => ({ kind, id })),
    ...missing(places, builtInLocations, namedLocations).map((id) => ({ kind: 'location' as const, id })),
    ...missing(principals, builtInWorkloads, servicePrincipals).map((id) => ({ kind: 'servicePrincipal' as const, id })),
  ]
}

function missing(ids: readonly string[], builtIn: readonly string[], rows: readonly { readonly id: string }[]): readonly string[] {
  if (ids.length === 0) return []
  const there = new Set(rows.map(({ id }) => id.toLowerCase()))
  return [...new Set(ids.map((id) => id.toLowerCase()))].filter((id) => !builtIn.includes(id) && !there.has(id))
}
