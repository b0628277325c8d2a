import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from './graph-values.ts'

const names = z.array(z.string())

/**
 * Collections that Graph gained over the years. Microsoft's own published answers leave them out, and a policy
 * created without them has none, so absent means not configured. Null is not documented for a collection.
 * https://learn.microsoft.com/graph/api/conditionalaccessroot-post-policies
 */
const laterNames = names.default([])

/** Complex members are nullable in the v1.0 metadata, and null means not configured; what they hold is not needed, only that they hold something. */
const configured = z.union([z.null(), z.looseObject({}), z.array(z.unknown()), z.string(), z.boolean()]).transform((value) => isConfigured(value))
const laterConfigured = configured.default(false)

const guestsOrExternalUsers = z
  .object({ guestOrExternalUserTypes: z.string() })
  .nullable()
  .default(null)

/** Members of `conditions` that the schema names; anything else that holds a value narrows the policy in a way we do not know. */
const known = new Set(['users', 'applications', 'clientAppTypes', 'signInRiskLevels', 'userRiskLevels', 'servicePrincipalRiskLevels', 'platforms', 'locations', 'devices', 'authenticationFlows', 'clientApplications', 'insiderRiskLevels', 'unrecognised'])

const conditionSet = z.object({
  // Either `users` or `clientApplications` is required, so null is a policy for workload identities.
  users: z
    .object({ includeUsers: names, excludeUsers: names, excludeGroups: names, excludeRoles: names, excludeGuestsOrExternalUsers: guestsOrExternalUsers })
    .nullable(),
  applications: z.object({ includeApplications: names, excludeApplications: names, includeUserActions: laterNames, includeAuthenticationContextClassReferences: laterNames, applicationFilter: laterConfigured }),
  clientAppTypes: names,
  signInRiskLevels: names,
  userRiskLevels: laterNames,
  servicePrincipalRiskLevels: laterNames,
  platforms: configured,
  locations: configured,
  devices: laterConfigured,
  authenticationFlows: laterConfigured,
  clientApplications: laterConfigured,
  insiderRiskLevels: laterConfigured,
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
    conditions: z.preprocess(nameUnrecognised, conditionSet),
    // Null where a policy has session controls only.
    grantControls: z.object({ builtInControls: names }).nullable(),
  }),
  key: (row) => row.id,
  held: 'whole',
})

function isConfigured(value: unknown): boolean {
  if (value === null || value === false || value === '') return false
  if (Array.isArray(value)) return value.length > 0
  return true
}

function nameUnrecognised(conditions: unknown): unknown {
  if (typeof conditions !== 'object' || conditions === null || Array.isArray(conditions)) return conditions
  const others = Object.entries(conditions).filter(([name, value]) => !known.has(name) && !name.includes('@') && isConfigured(value))
  if (others.length === 0) return conditions
  return { ...conditions, unrecognised: others.map(([name]) => name).sort() }
}
