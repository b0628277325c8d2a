import { z } from 'zod'

/** A complex condition: null is "not configured" (nullable in the v1.0 metadata); what it holds is not kept, only that it holds something. */
export const narrowing = z
  .looseObject({})
  .nullable()
  .transform((condition) => (condition === null ? null : marker))

/** All locations without exception is every place there is. */
export const narrowingLocations = z
  .looseObject({})
  .nullable()
  .transform((condition) => (condition === null || everywhere.safeParse(condition).success ? null : marker))

const marker = { configured: true } as const

const everywhere = z.object({ includeLocations: z.tuple([z.literal('All')]), excludeLocations: z.array(z.unknown()).length(0) })

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

/** Adds the paths of conditions that the schema does not name: Graph gains members, and each may narrow a policy. */
export function nameUnrecognised(conditions: unknown): unknown {
  if (!isRecord(conditions)) return conditions
  const paths = [
    ...unknownMembers(conditions, knownMembers, ''),
    ...unknownMembers(conditions['users'], knownOfUsers, 'users.'),
    ...unknownMembers(conditions['applications'], knownOfApplications, 'applications.'),
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
