import { z } from 'zod'
import { graphId } from './graph-values.ts'

const names = z.array(z.string())
/** Groups are looked up by these. */
const ids = z.array(graphId)

/**
 * Members that Graph gained over the years. Microsoft's own published answers leave them out, and a policy created
 * without them has none, so absent means not configured: https://learn.microsoft.com/graph/api/conditionalaccessroot-post-policies
 * Null is documented for complex members only, never for a collection.
 */
const laterNames = names.default([])

const filter = z.object({ mode: z.string(), rule: z.string() })

/** Kinds of guests, parted by commas, and whether they are those of every tenant. */
const guests = z.object({
  guestOrExternalUserTypes: z.string(),
  externalTenants: z
    .object({ membershipKind: z.string().nullable().default(null) })
    .nullable()
    .default(null),
})

const users = z.object({
  includeUsers: names,
  includeGroups: ids,
  includeRoles: names,
  includeGuestsOrExternalUsers: guests.nullable().default(null),
  excludeUsers: names,
  excludeGroups: ids,
  excludeRoles: names,
  excludeGuestsOrExternalUsers: guests.nullable().default(null),
})

const applications = z.object({
  includeApplications: names,
  excludeApplications: names,
  includeUserActions: laterNames,
  includeAuthenticationContextClassReferences: laterNames,
  applicationFilter: filter.nullable().default(null),
})

/** Every platform without exception is no condition. */
const platforms = z
  .object({ includePlatforms: names, excludePlatforms: names })
  .nullable()
  .transform((condition) => (condition && isEverything(condition.includePlatforms, condition.excludePlatforms, 'all') ? null : condition))

/** All locations without exception is every place there is. */
const locations = z
  .object({ includeLocations: names, excludeLocations: names })
  .nullable()
  .transform((condition) => (condition && isEverything(condition.includeLocations, condition.excludeLocations, 'All') ? null : condition))

const conditions = z.object({
  // Either `users` or `clientApplications` is required: null is a policy for workload identities.
  users: users.nullable(),
  applications,
  clientAppTypes: names,
  signInRiskLevels: names,
  userRiskLevels: laterNames,
  servicePrincipalRiskLevels: laterNames,
  platforms,
  locations,
  devices: z
    .object({ deviceFilter: filter.nullable().default(null) })
    .nullable()
    .default(null),
  /** Names parted by commas: deviceCodeFlow, authenticationTransfer. */
  authenticationFlows: z.object({ transferMethods: z.string() }).nullable().default(null),
  clientApplications: z.object({ includeServicePrincipals: laterNames, excludeServicePrincipals: laterNames }).nullable().default(null),
  insiderRiskLevels: z.string().nullable().default(null),
  /** Paths of conditions that we do not know and that hold something. */
  unrecognised: names.default([]),
})

/** Who and what a policy is for; null is "not configured" (nullable in the v1.0 metadata). */
export const policyConditions = z.preprocess(nameUnrecognised, conditions)

function isEverything(included: readonly string[], excluded: readonly string[], all: string): boolean {
  return included.length === 1 && included[0] === all && excluded.length === 0
}

const knownMembers = new Set([
  'users',
  'applications',
  'clientAppTypes',
  'signInRiskLevels',
  'userRiskLevels',
  'servicePrincipalRiskLevels',
  'platforms',
  'locations',
  'devices',
  'authenticationFlows',
  'clientApplications',
  'insiderRiskLevels',
  'unrecognised',
])
const knownOfUsers = new Set([
  'includeUsers',
  'excludeUsers',
  'includeGroups',
  'excludeGroups',
  'includeRoles',
  'excludeRoles',
  'includeGuestsOrExternalUsers',
  'excludeGuestsOrExternalUsers',
])
const knownOfApplications = new Set([
  'includeApplications',
  'excludeApplications',
  'includeUserActions',
  'includeAuthenticationContextClassReferences',
  'applicationFilter',
])

const knownOfOthers: Readonly<Record<string, ReadonlySet<string>>> = {
  platforms: new Set(['includePlatforms', 'excludePlatforms']),
  locations: new Set(['includeLocations', 'excludeLocations']),
  devices: new Set(['deviceFilter']),
  authenticationFlows: new Set(['transferMethods']),
  clientApplications: new Set(['includeServicePrincipals', 'excludeServicePrincipals']),
}

/** Adds the paths of conditions that the schema does not name: Graph gains members, and each may narrow a policy. */
function nameUnrecognised(conditions: unknown): unknown {
  if (!isRecord(conditions)) return conditions
  const paths = [
    ...unknownMembers(conditions, knownMembers, ''),
    ...unknownMembers(conditions['users'], knownOfUsers, 'users.'),
    ...unknownMembers(conditions['applications'], knownOfApplications, 'applications.'),
    ...Object.entries(knownOfOthers).flatMap(([name, known]) => unknownMembers(conditions[name], known, `${name}.`)),
  ]
  return paths.length === 0 ? conditions : { ...conditions, unrecognised: paths.sort() }
}

function unknownMembers(value: unknown, known: ReadonlySet<string>, prefix: string): string[] {
  if (!isRecord(value)) return []
  // Names with '@' are annotations of OData, not conditions.
  return Object.entries(value).flatMap(([name, member]) =>
    known.has(name) || name.includes('@') || isEmpty(member) ? [] : [`${prefix}${name}`],
  )
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
