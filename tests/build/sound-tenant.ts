import type { FactRow } from '../../core/posture/facts.ts'
import { settingsSchema } from '../../core/posture/settings.ts'
import type { Settings } from '../../core/posture/settings.ts'
import { holding, homeTenant, inDays, member, now } from './facts.ts'
import type { Given } from './judged.ts'
import { own } from './own-identity.ts'
import { customRole, eligible, group, guest, registration, roleIds, schedule, signedIn, user } from './people.ts'
import { soundApplications } from './sound-applications.ts'
import { soundGroupSettings, soundMethods, soundPolicies, soundReviews, soundRolePolicies } from './sound-policies.ts'
import { authorization, devicePolicy, tenant } from './tenant-policies.ts'

/**
 * A tenant in which every check passes that does not ask for the opposite of another: small, with each kind of object in use, so that a
 * change of one field is the only thing that a failure can come from.
 */

const people = ['alice', 'bob', 'bg1', 'bg2', 'carol', 'dave', 'erin', 'frank', 'aid'] as const
const keys = ['fido2SecurityKey']
const initial = (id: string) => {
  const hold = holding(id)
  return { ...hold, principal: hold.principal && { ...hold.principal, userPrincipalName: `${id}@contoso.onmicrosoft.com` } }
}
const { globalAdministrator, userAdministrator, reportsReader } = roleIds
const builtIn = { ...customRole(globalAdministrator, []), isBuiltIn: true }
const plan = (servicePlanId: string) => ({ servicePlanId, provisioningStatus: 'Success' })

const closed = (target: string) => ({ accessType: 'blocked', targets: [{ target, targetType: null }] })
const crossing = { usersAndGroups: closed('AllUsers'), applications: closed('AllApplications') }
const domain = (id: string, authenticationType: string) => {
  return { id, authenticationType, isVerified: true, isRoot: true, passwordValidityPeriodInDays: 2147483647 }
}

export const soundTenant: Given = {
  ...soundApplications,
  subscribedSkus: [
    { id: 'entra', skuId: 'entra', capabilityStatus: 'Enabled', servicePlans: [plan('eec0eb4f-6444-4f95-aba0-50c24d67f998')] },
    { id: 'office', skuId: 'office', capabilityStatus: 'Enabled', servicePlans: [plan('efb87545-963c-4e0d-99df-69c6916d9eb0')] },
    { id: 'robots', skuId: 'robots', capabilityStatus: 'Enabled', servicePlans: [plan('84c289f0-efcb-486f-8581-07f44fc9efad')] },
    { id: 'purview', skuId: 'purview', capabilityStatus: 'Enabled', servicePlans: [plan('d587c7a3-bda9-4f99-8776-9bcf59c84f75')] },
  ],
  organization: [
    tenant({ id: homeTenant, onPremisesSyncEnabled: true, onPremisesLastSyncDateTime: new Date(now - 3600_000).toISOString() }),
  ],
  conditionalAccessPolicies: soundPolicies,
  namedLocations: [
    {
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      id: 'office',
      displayName: 'Office',
      isTrusted: true,
      ipRanges: [{ cidrAddress: '198.51.100.0/24' }],
    },
  ],
  authenticationStrengths: [],
  authorizationPolicy: [authorization()],
  securityDefaults: [{ id: 'defaults', isEnabled: false }],
  authenticationMethodsPolicy: [soundMethods],
  groupSettings: soundGroupSettings,
  activityTimeoutPolicies: [timeout('01:00:00')],
  crossTenantDefault: [
    {
      b2bDirectConnectInbound: crossing,
      b2bDirectConnectOutbound: crossing,
      inboundTrust: { isMfaAccepted: false, isCompliantDeviceAccepted: false, isHybridAzureADJoinedDeviceAccepted: false },
    },
  ],
  crossTenantPartners: [
    { tenantId: 'partner', inboundTrust: null, automaticUserConsentSettings: { inboundAllowed: false, outboundAllowed: false } },
  ],
  authenticationFlowsPolicy: [{ id: 'flows', selfServiceSignUp: { isEnabled: false } }],
  deviceRegistrationPolicy: [devicePolicy()],
  domains: [domain('contoso.com', 'Managed'), domain('fed.contoso.net', 'Federated')],
  federationConfigurations: [
    {
      id: 'adfs',
      parentId: 'fed.contoso.net',
      displayName: 'AD FS',
      issuerUri: null,
      federatedIdpMfaBehavior: 'rejectMfaByFederatedIdp',
    },
  ],
  onPremisesSynchronization: [
    {
      id: homeTenant,
      features: { passwordSyncEnabled: true, blockSoftMatchEnabled: true, blockCloudObjectTakeoverThroughHardMatchEnabled: true },
    },
  ],
  secureScores: [
    { id: 'today', createdDateTime: inDays(0), controlScores: [{ controlName: 'MFA', controlCategory: 'Identity', score: 5 }] },
  ],
  roleDefinitions: [customRole('helpdesk', ['microsoft.directory/devices/standard/read']), builtIn],
  roleAssignments: [
    initial('bg1'),
    initial('bg2'),
    holding('dave', 'user', userAdministrator),
    holding('carol', 'user', 'helpdesk'),
    holding('robot', 'servicePrincipal', reportsReader),
    holding('aid', 'user', reportsReader),
  ],
  roleEligibility: [
    eligible('alice'),
    eligible('bob'),
    eligible('admins', 'group', userAdministrator),
    eligible('carol', 'user', userAdministrator),
  ],
  roleAssignmentSchedules: [
    schedule('bg1', { endDateTime: null }),
    schedule('bg2', { endDateTime: null }),
    schedule('dave', { roleDefinitionId: userAdministrator }),
  ],
  roleManagementPolicies: soundRolePolicies,
  roleGroupMembers: [member('admins', 'erin'), member('admins', 'frank')],
  roleGroupOwners: [member('admins', 'alice')],
  pimGroupEligibility: [],
  roleGroupPolicies: [],
  accessReviews: soundReviews,
  delegatedAdminRelationships: [
    {
      id: 'partner',
      displayName: 'Partner',
      status: 'active',
      endDateTime: inDays(90),
      accessDetails: { unifiedRoles: [{ roleDefinitionId: reportsReader }] },
    },
  ],
  riskyServicePrincipals: [
    { id: 'robot', appId: null, displayName: 'Robot', riskLevel: 'high', riskState: 'dismissed', riskLastUpdatedDateTime: null },
  ],
  groups: [
    group('admins', { isAssignableToRole: true }),
    group('team', { groupTypes: ['Unified'] }),
    group('guests', {
      groupTypes: ['DynamicMembership'],
      membershipRule: '(user.userType -eq "Guest")',
      membershipRuleProcessingState: 'On',
    }),
  ],
  users: [...people.map((id) => user(id)), guest('visitor')],
  guestSponsors: [
    { id: 'visitor', displayName: 'Visitor', userPrincipalName: 'visitor@contoso.com', userType: 'Guest', sponsors: [{ id: 'carol' }] },
  ],
  riskyUsers: [
    {
      id: 'carol',
      userDisplayName: 'Carol',
      userPrincipalName: 'carol@contoso.com',
      isDeleted: false,
      riskLevel: 'high',
      riskState: 'remediated',
      riskLastUpdatedDateTime: null,
    },
  ],
  userSignInActivity: [...people.map((id) => signedIn(id, 3)), signedIn('visitor', 3, { userType: 'Guest' })],
  registrationDetails: people.map((id) => registration(id, { methodsRegistered: keys })),
  aidSignIns: [
    {
      id: 'connecting',
      parentId: 'aid',
      createdDateTime: own.connectedAt,
      userPrincipalName: 'aid@contoso.com',
      appId: own.actAppId,
      appDisplayName: 'Countersign Act',
      ipAddress: '198.51.100.7',
      status: { errorCode: 0 },
      location: { countryOrRegion: 'FI' },
    },
    {
      id: 'later',
      parentId: 'aid',
      createdDateTime: inDays(-2),
      userPrincipalName: 'aid@contoso.com',
      appId: own.actAppId,
      appDisplayName: 'Countersign Act',
      ipAddress: '203.0.113.9',
      status: { errorCode: 0 },
      location: { countryOrRegion: 'FI' },
    },
  ],
  signIns: [],
}

/** Two emergency accounts are declared, and the product's own identity is connected. */
export const soundSettings: Settings = settingsSchema.parse({
  own,
  exclusions: { users: ['bg1', 'bg2'] },
  permanentRoleAssignmentAllowed: { users: ['bg1', 'bg2'] },
})

export const soundLicences = { p1: 'present', p2: 'present' } as const

/** Idle sessions of Microsoft 365 end after that time. */
export function timeout(limit: string): FactRow<'activityTimeoutPolicies'> {
  const rules = [{ ApplicationId: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c', WebSessionIdleTimeout: limit }]
  const definition = [JSON.stringify({ ActivityBasedTimeoutPolicy: { Version: 1, ApplicationPolicies: rules } })]
  return { id: 'timeout', displayName: null, isOrganizationDefault: true, definition }
}
