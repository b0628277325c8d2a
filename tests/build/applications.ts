import type { FactRow } from '../../core/posture/facts.ts'
import { application, homeTenant, inDays, servicePrincipal } from './facts.ts'

/** Typed rows about applications: each builder gives the plain case, and takes what the test is about. */

export const graphAppId = '00000003-0000-0000-c000-000000000000'

/** Ids of Microsoft Graph's application permissions. */
export const appRoleIds = {
  'RoleManagement.ReadWrite.Directory': '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8',
  'Mail.ReadWrite': 'e2a3a72e-5f79-4c64-b1b1-878b674786c9',
  'User.Read.All': 'df021288-bdef-4463-88db-98f22de89214',
  'Mail.Send': 'b633e1c5-b582-4048-a93e-9f11b44c7e96',
  'ServiceHealth.Read.All': '79c261e0-fe76-4144-aad5-bdc68fbe4037',
} as const

type Certificate = NonNullable<FactRow<'applications'>['keyCredentials']>[number]

export function registered(id: string, change: Partial<FactRow<'applications'>> = {}): FactRow<'applications'> {
  return { ...application(id), ...change }
}

export function enterprise(id: string, change: Partial<FactRow<'servicePrincipals'>> = {}): FactRow<'servicePrincipals'> {
  return { ...servicePrincipal(id), ...change }
}

export const microsofts = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'

export function microsoftGraph(change: Partial<FactRow<'servicePrincipals'>> = {}): FactRow<'servicePrincipals'> {
  const appRoles = Object.entries(appRoleIds).map(([value, id]) => ({ id, value, allowedMemberTypes: ['Application'] }))
  return enterprise('graph', { appId: graphAppId, displayName: 'Microsoft Graph', appOwnerOrganizationId: microsofts, appRoles, ...change })
}

/** A certificate that is valid for that many days until then. */
export function certificate(keyId: string, endDateTime: string, lifetimeDays = 300, displayName: string | null = 'CN=deploy'): Certificate {
  const startDateTime = new Date(Date.parse(endDateTime) - lifetimeDays * 24 * 60 * 60 * 1000).toISOString()
  return { keyId, displayName, startDateTime, endDateTime, type: 'AsymmetricX509Cert', usage: 'Verify' }
}

/** An application permission of Microsoft Graph. */
export function appRole(clientId: string, value: keyof typeof appRoleIds): FactRow<'appRoleAssignments'> {
  return {
    id: `${clientId}-${value}`,
    parentId: 'graph',
    appRoleId: appRoleIds[value],
    principalId: clientId,
    principalType: 'ServicePrincipal',
    principalDisplayName: null,
    resourceId: 'graph',
    createdDateTime: inDays(-30),
  }
}

/** A delegated grant of Microsoft Graph: by one person, or for everybody. */
export function grant(clientId: string, scope: string, principalId: string | null = null): FactRow<'oauth2PermissionGrants'> {
  const consentType = principalId === null ? 'AllPrincipals' : 'Principal'
  return { id: `${clientId}-${principalId ?? 'all'}`, clientId, consentType, principalId, resourceId: 'graph', scope }
}

export function ownedBy(id: string, ...owners: readonly string[]): FactRow<'applicationOwners'> {
  return {
    id,
    owners: owners.map((owner) => ({
      '@odata.type': '#microsoft.graph.user',
      id: owner,
      displayName: `Person ${owner}`,
      userPrincipalName: `${owner}@contoso.com`,
    })),
  }
}

export function organization(): FactRow<'organization'> {
  return { id: homeTenant, displayName: 'Contoso', verifiedDomains: [], onPremisesSyncEnabled: null, onPremisesLastSyncDateTime: null }
}

export function authorization(...permissionGrantPoliciesAssigned: readonly string[]): FactRow<'authorizationPolicy'> {
  return {
    id: 'authorizationPolicy',
    allowInvitesFrom: 'adminsAndGuestInviters',
    guestUserRoleId: '2af84b1e-32c8-42b7-82bc-daa82404023b',
    allowedToSignUpEmailBasedSubscriptions: false,
    allowEmailVerifiedUsersToJoinOrganization: false,
    allowedToUseSSPR: false,
    allowUserConsentForRiskyApps: false,
    blockMsolPowerShell: true,
    defaultUserRolePermissions: {
      allowedToCreateApps: false,
      allowedToCreateSecurityGroups: false,
      allowedToReadOtherUsers: true,
      allowedToCreateTenants: false,
      allowedToReadBitlockerKeysForOwnedDevice: false,
      permissionGrantPoliciesAssigned: [...permissionGrantPoliciesAssigned],
    },
  }
}
