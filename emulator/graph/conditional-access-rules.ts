import { collection } from '../tenants/tenant.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { SentPolicy } from './conditional-access-schema.ts'
import { refuse } from './respond.ts'
import type { Refusal } from './respond.ts'

/** Conditional Access numbers its refusals; all are 400 BadRequest. */
function refused(message: string): Refusal {
  return refuse(400, 'BadRequest', message)
}

export const notAPolicy = refused(
  '1007: Incoming ConditionalAccessPolicy object is null or does not match the schema of ConditionalAccessPolicy type. For examples, please see API documentation at https://docs.microsoft.com/en-us/graph/api/conditionalaccessroot-post-policies?view=graph-rest-1.0.',
)

/** Policies of one tenant: https://learn.microsoft.com/entra/identity/users/directory-service-limits-restrictions */
export const MOST_POLICIES = 240

/** What is wrong with a policy as it would be stored; `stored` is what it was before, whose references are not looked at again. */
export function policyRefusal(tenant: Tenant, policy: SentPolicy, stored: SentPolicy | undefined): Refusal | undefined {
  return (
    incomplete(policy) ??
    contradictory(policy) ??
    unlicensed(tenant, policy) ??
    unknownReference(tenant, policy, stored) ??
    (policy.state === 'enabled' && stored?.state !== 'enabled' && hasSecurityDefaults(tenant)
      ? refused(
          'Security Defaults is enabled in the tenant. You must disable Security defaults before enabling a Conditional Access policy.',
        )
      : undefined)
  )
}

function incomplete({ displayName, state, conditions, grantControls, sessionControls }: SentPolicy): Refusal | undefined {
  if (displayName === undefined || state === undefined || !conditions) return notAPolicy
  const { applications, users, clientApplications } = conditions
  if (
    !applications ||
    ([applications.includeApplications, applications.includeUserActions, applications.includeAuthenticationContextClassReferences].every(
      isEmpty,
    ) &&
      !applications.applicationFilter)
  )
    return refused(
      "1011: 'applications' condition is missing or names no application. Please include at least one application or user action.",
    )
  const included = [users?.includeUsers, users?.includeGroups, users?.includeRoles, clientApplications?.includeServicePrincipals]
  if (included.every(isEmpty) && !users?.includeGuestsOrExternalUsers)
    return refused("1014: 'users' condition is missing or includes nobody. Please include at least one user, group or role.")
  if (isEmptyControls(grantControls) && isEmptyControls(sessionControls))
    return refused('1010: Policy has neither grant controls nor session controls. Please include at least one of them.')
  return undefined
}

function isEmpty(list: readonly string[] | undefined): boolean {
  return list === undefined || list.length === 0
}

/** Controls of which none is set count as none. */
function isEmptyControls(controls: Readonly<Record<string, unknown>> | null | undefined): boolean {
  return Object.entries(controls ?? {}).every(
    ([name, value]) =>
      name === 'operator' ||
      name.startsWith('@') ||
      name.includes('@') ||
      value === null ||
      value === undefined ||
      value === false ||
      (Array.isArray(value) && value.length === 0),
  )
}

function contradictory({ conditions, grantControls }: SentPolicy): Refusal | undefined {
  const applications = conditions?.applications
  if (!isEmpty(applications?.includeApplications) && !isEmpty(applications?.includeUserActions))
    return refused(
      "1012: 'applications' condition cannot include both 'includeApplications' and 'includeUserActions'/'includeProtectionLevels'. Please remove one of the conditions.",
    )
  const controls = grantControls?.builtInControls ?? []
  const others = controls.length - 1 + (grantControls?.authenticationStrength ? 1 : 0) + (grantControls?.termsOfUse?.length ?? 0)
  if (controls.includes('block') && others > 0)
    return refused("1031: 'block' cannot be combined with other grant controls. Please remove one of the controls.")
  if (controls.includes('mfa') && grantControls?.authenticationStrength)
    return refused("1030: 'mfa' cannot be combined with an authentication strength. Please remove one of the controls.")
  if (controls.includes('passwordChange') && !isPasswordReset(conditions, grantControls))
    return refused('1032: ConditionalActionPolicy validation failed due to InvalidPasswordResetControl.')
  return undefined
}

/** A password change comes with a second factor, for all applications. */
function isPasswordReset(conditions: SentPolicy['conditions'], grantControls: SentPolicy['grantControls']): boolean {
  const strong = grantControls?.builtInControls?.includes('mfa') === true || Boolean(grantControls?.authenticationStrength)
  return strong && grantControls?.operator === 'AND' && conditions?.applications?.includeApplications?.includes('All') === true
}

function unlicensed(tenant: Tenant, { conditions }: SentPolicy): Refusal | undefined {
  const risks = [conditions?.userRiskLevels, conditions?.signInRiskLevels, conditions?.servicePrincipalRiskLevels]
  if (tenant.flags.licence === 'p2' || (risks.every(isEmpty) && !conditions?.insiderRiskLevels)) return undefined
  return refused('1039: Cannot create or update policies with premium P2 features. Upgrade to a premium P2 license and try again.')
}

function hasSecurityDefaults(tenant: Tenant): boolean {
  return [...collection(tenant, 'policies/identitySecurityDefaultsEnforcementPolicy').values()].some((row) => row['isEnabled'] === true)
}

/** Which words may stand in place of an id, and where ids are looked up. */
const references: readonly {
  readonly lists: readonly string[]
  readonly words: readonly string[]
  readonly kind: string
  readonly number: number
  readonly isKnown: (tenant: Tenant, id: string) => boolean
}[] = [
  {
    lists: ['users/includeUsers', 'users/excludeUsers'],
    words: ['All', 'None', 'GuestsOrExternalUsers'],
    kind: 'User',
    number: 1017,
    isKnown: (tenant, id) => collection(tenant, 'users').has(id),
  },
  {
    lists: ['users/includeGroups', 'users/excludeGroups'],
    words: [],
    kind: 'Group',
    number: 1018,
    isKnown: (tenant, id) => collection(tenant, 'groups').has(id),
  },
  {
    lists: ['users/includeRoles', 'users/excludeRoles'],
    words: [],
    kind: 'Role',
    number: 1019,
    isKnown: (tenant, id) => collection(tenant, 'roleManagement/directory/roleDefinitions').get(id)?.['isBuiltIn'] === true,
  },
  {
    lists: ['applications/includeApplications', 'applications/excludeApplications'],
    words: ['All', 'None', 'Office365', 'MicrosoftAdminPortals'],
    kind: 'Application',
    number: 1034,
    isKnown: (tenant, id) => collection(tenant, 'servicePrincipals').with('appId', id).length > 0,
  },
  {
    lists: ['applications/includeUserActions'],
    words: ['urn:user:registersecurityinfo', 'urn:user:registerdevice'],
    kind: 'UserAction',
    number: 1033,
    isKnown: () => false,
  },
  {
    lists: ['applications/includeAuthenticationContextClassReferences'],
    words: [],
    kind: 'AuthenticationContext',
    number: 1036,
    isKnown: (_tenant, id) => /^c[1-9]\d?$/.test(id),
  },
  {
    lists: ['clientApplications/includeServicePrincipals', 'clientApplications/excludeServicePrincipals'],
    words: ['ServicePrincipalsInMyTenant'],
    kind: 'ServicePrincipal',
    number: 1035,
    isKnown: (tenant, id) => collection(tenant, 'servicePrincipals').has(id),
  },
  {
    lists: ['locations/includeLocations', 'locations/excludeLocations'],
    words: ['All', 'AllTrusted'],
    kind: 'NamedLocation',
    number: 1040,
    isKnown: (tenant, id) => collection(tenant, 'identity/conditionalAccess/namedLocations').has(id),
  },
]

function unknownReference(tenant: Tenant, policy: SentPolicy, stored: SentPolicy | undefined): Refusal | undefined {
  for (const { lists, words, kind, number, isKnown } of references) {
    for (const list of lists) {
      const known = new Set([...words, ...listAt(stored, list)])
      const unknown = listAt(policy, list).find((id) => !known.has(id) && !isKnown(tenant, id))
      if (unknown !== undefined) return refused(`${number}: ${kind} with id ${unknown} does not exist in the directory.`)
    }
  }
  const strength = policy.grantControls?.authenticationStrength?.id
  if (strength !== undefined && !collection(tenant, 'policies/authenticationStrengthPolicies').has(strength))
    return refused(`1091: AuthenticationStrength with id ${strength} does not exist in the directory.`)
  return undefined
}

/** The texts of a list inside the conditions, by its path. */
function listAt(policy: SentPolicy | undefined, path: string): string[] {
  const [part = '', list = ''] = path.split('/')
  const holder: unknown = Reflect.get(policy?.conditions ?? {}, part)
  const found: unknown = typeof holder === 'object' && holder !== null ? Reflect.get(holder, list) : undefined
  return Array.isArray(found) ? found.filter((id): id is string => typeof id === 'string') : []
}
