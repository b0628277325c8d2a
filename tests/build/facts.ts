import type { FactRow } from '../../core/posture/facts.ts'

/** Typed rows for tests: each builder gives the plain case, and takes what the test is about. */

export const now = Date.parse('2026-11-01T00:00:00Z')
export const globalAdministratorId = '62e90394-69f5-4237-9190-012177145e10'

type Secret = FactRow<'applications'>['passwordCredentials'][number]
type Policy = FactRow<'conditionalAccessPolicies'>

/** An ISO time that many days after `now`. */
export function inDays(days: number): string {
  return new Date(now + days * 24 * 60 * 60 * 1000).toISOString()
}

/** A secret of ninety days. */
export function secret(keyId: string, endDateTime: string, displayName: string | null = 'deploy'): Secret {
  return { keyId, displayName, startDateTime: new Date(Date.parse(endDateTime) - 90 * 24 * 60 * 60 * 1000).toISOString(), endDateTime }
}

export function application(id: string, ...passwordCredentials: readonly Secret[]): FactRow<'applications'> {
  return {
    id,
    appId: `client-of-${id}`,
    displayName: `Application ${id}`,
    passwordCredentials: [...passwordCredentials],
    keyCredentials: [],
    signInAudience: 'AzureADMyOrg',
    requiredResourceAccess: [],
    web: {
      redirectUris: [`https://${id}.contoso.com/signed-in`],
      implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
    },
    spa: { redirectUris: [] },
    publicClient: { redirectUris: [] },
    isFallbackPublicClient: null,
    servicePrincipalLockConfiguration: null,
  }
}

/** The tenant whose applications the builders make. */
export const homeTenant = 'tenant-of-contoso'

export function servicePrincipal(id: string, ...passwordCredentials: readonly Secret[]): FactRow<'servicePrincipals'> {
  return {
    id,
    appId: `client-of-${id}`,
    displayName: `Enterprise application ${id}`,
    passwordCredentials: [...passwordCredentials],
    keyCredentials: [],
    accountEnabled: true,
    appOwnerOrganizationId: homeTenant,
    appRoleAssignmentRequired: true,
    servicePrincipalType: 'Application',
    preferredSingleSignOnMode: null,
    verifiedPublisher: null,
    replyUrls: [],
    appRoles: [],
    oauth2PermissionScopes: [],
  }
}

/** A policy that blocks both kinds of old clients for everybody. */
export function blockingPolicy(
  id: string,
  change: {
    readonly state?: string
    readonly controls?: readonly string[]
    readonly grant?: Partial<NonNullable<Policy['grantControls']>>
    readonly session?: Partial<NonNullable<Policy['sessionControls']>>
    readonly top?: Partial<Policy>
    readonly conditions?: Partial<Policy['conditions']>
    readonly users?: Partial<NonNullable<Policy['conditions']['users']>>
    readonly applications?: Partial<Policy['conditions']['applications']>
  } = {},
): Policy {
  return {
    id,
    displayName: `Policy ${id}`,
    state: change.state ?? 'enabled',
    createdDateTime: null,
    modifiedDateTime: null,
    conditions: {
      users: {
        includeUsers: ['All'],
        includeGroups: [],
        includeRoles: [],
        includeGuestsOrExternalUsers: null,
        excludeUsers: [],
        excludeGroups: [],
        excludeRoles: [],
        excludeGuestsOrExternalUsers: null,
        ...change.users,
      },
      applications: {
        includeApplications: ['All'],
        excludeApplications: [],
        includeUserActions: [],
        includeAuthenticationContextClassReferences: [],
        applicationFilter: null,
        ...change.applications,
      },
      clientAppTypes: ['exchangeActiveSync', 'other'],
      signInRiskLevels: [],
      userRiskLevels: [],
      servicePrincipalRiskLevels: [],
      platforms: null,
      locations: null,
      devices: null,
      authenticationFlows: null,
      clientApplications: null,
      insiderRiskLevels: null,
      unrecognised: [],
      ...change.conditions,
    },
    grantControls: {
      operator: 'OR',
      builtInControls: [...(change.controls ?? ['block'])],
      customAuthenticationFactors: [],
      termsOfUse: [],
      authenticationStrength: null,
      ...change.grant,
    },
    sessionControls: change.session
      ? {
          signInFrequency: null,
          persistentBrowser: null,
          applicationEnforcedRestrictions: null,
          secureSignInSession: null,
          disableResilienceDefaults: null,
          ...change.session,
        }
      : null,
    ...change.top,
  }
}

/** A policy for everybody and everything with the given controls: what most checks of Conditional Access look for. */
export function coveringPolicy(id: string, change: Parameters<typeof blockingPolicy>[1] = {}): Policy {
  return blockingPolicy(id, { ...change, conditions: { clientAppTypes: ['all'], ...change.conditions } })
}

/** A hold on Global Administrator, or on another role. */
export function holding(
  principalId: string,
  type: 'user' | 'group' | 'servicePrincipal' | null = 'user',
  roleDefinitionId = globalAdministratorId,
): FactRow<'roleAssignments'> {
  const principal =
    type === null
      ? null
      : {
          '@odata.type': `#microsoft.graph.${type}`,
          displayName: `Person ${principalId}`,
          userPrincipalName: type === 'user' ? `${principalId}@contoso.com` : null,
        }
  return { id: `${roleDefinitionId}-${principalId}`, principalId, roleDefinitionId, directoryScopeId: '/', principal }
}

export function member(parentId: string, id: string, type = '#microsoft.graph.user'): FactRow<'roleGroupMembers'> {
  return { '@odata.type': type, id, parentId, displayName: `Person ${id}`, userPrincipalName: `${id}@contoso.com` }
}

const planIds = { p1: '41781fb2-bc02-4b7c-bd55-b576c07bb09d', p2: 'eec0eb4f-6444-4f95-aba0-50c24d67f998' }

export function subscription(
  plans: readonly ('p1' | 'p2')[],
  capabilityStatus = 'Enabled',
  provisioningStatus = 'Success',
): FactRow<'subscribedSkus'> {
  return {
    id: `sku-${plans.join('-')}-${capabilityStatus}-${provisioningStatus}`,
    skuId: `sku-${plans.join('-')}`,
    capabilityStatus,
    servicePlans: plans.map((plan) => ({ servicePlanId: planIds[plan], provisioningStatus })),
  }
}
