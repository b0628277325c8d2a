import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { nameUnrecognised, narrowing, narrowingLocations } from '../rows/conditional-access-conditions.ts'
import { graphId, graphName } from '../rows/graph-values.ts'

const names = z.array(z.string())

/**
 * Members that Graph gained over the years. Microsoft's own published answers leave them out, and a policy created
 * without them has none, so absent means not configured: https://learn.microsoft.com/graph/api/conditionalaccessroot-post-policies
 * Null is documented for complex members only, never for a collection.
 */
const laterNames = names.default([])
const laterNarrowing = narrowing.default(null)

const users = z.object({
  includeUsers: names,
  excludeUsers: names,
  excludeGroups: names,
  excludeRoles: names,
  excludeGuestsOrExternalUsers: z.object({ guestOrExternalUserTypes: z.string() }).nullable().default(null),
})

const applications = z.object({
  includeApplications: names,
  excludeApplications: names,
  includeUserActions: laterNames,
  includeAuthenticationContextClassReferences: laterNames,
  applicationFilter: laterNarrowing,
})

const conditions = z.object({
  // Either `users` or `clientApplications` is required: null is a policy for workload identities.
  users: users.nullable(),
  applications,
  clientAppTypes: names,
  signInRiskLevels: names,
  userRiskLevels: laterNames,
  servicePrincipalRiskLevels: laterNames,
  platforms: narrowing,
  locations: narrowingLocations,
  devices: laterNarrowing,
  authenticationFlows: laterNarrowing,
  clientApplications: laterNarrowing,
  insiderRiskLevels: z.string().nullable().default(null),
  /** Paths of conditions that we do not know and that hold something. */
  unrecognised: names.default([]),
})

export const conditionalAccessPolicies = defineFact({
  id: 'conditionalAccessPolicies',
  title: 'Conditional Access policies',
  source: { path: '/identity/conditionalAccess/policies', pageSize: 'none', bucket: 'conditionalAccess' },
  scopes: ['Policy.Read.All'],
  row: z.object({
    id: graphId,
    displayName: graphName,
    state: z.string(),
    conditions: z.preprocess(nameUnrecognised, conditions),
    // Null where a policy has session controls only.
    grantControls: z.object({ builtInControls: names }).nullable(),
  }),
  key: (row) => row.id,
  held: 'whole',
})
