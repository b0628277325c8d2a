import type { FactRow } from '../../core/posture/facts.ts'
import {
  appRole,
  appRoleIds,
  certificate,
  enterprise,
  grant,
  graphAppId,
  microsoftGraph,
  microsofts,
  ownedBy,
  registered,
} from './applications.ts'
import { inDays } from './facts.ts'
import type { Given } from './judged.ts'
import { own } from './own-identity.ts'
import { soundRestrictions } from './sound-policies.ts'

const workApplications: readonly FactRow<'applications'>[] = [
  registered('robot', {
    signInAudience: 'AzureADMultipleOrgs',
    keyCredentials: [certificate('robot-key', inDays(200))],
    requiredResourceAccess: [{ resourceAppId: graphAppId, resourceAccess: [{ id: appRoleIds['ServiceHealth.Read.All'], type: 'Role' }] }],
    isFallbackPublicClient: false,
    servicePrincipalLockConfiguration: { isEnabled: true },
  }),
  registered('portal', { spa: { redirectUris: ['https://portal.contoso.com'] } }),
  ...['read', 'chat', 'act'].map((id) => registered(id)),
]

/** Every permission, for everybody. */
const conditions = {
  permissionClassification: 'all',
  permissionType: 'delegated',
  resourceApplication: 'any',
  permissions: ['all'],
  clientApplicationIds: ['all'],
  clientApplicationTenantIds: ['all'],
  clientApplicationPublisherIds: ['all'],
  clientApplicationsFromVerifiedPublisherOnly: false,
}
/** Applications and consent of a tenant in which every check passes. */
export const soundApplications: Given = {
  applications: workApplications,
  servicePrincipals: [
    microsoftGraph({ oauth2PermissionScopes: [{ id: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d', value: 'User.Read' }] }),
    enterprise('exchange', { appId: '00000002-0000-0ff1-ce00-000000000000', appOwnerOrganizationId: microsofts }),
    enterprise('portal', { replyUrls: ['https://portal.contoso.com'] }),
    ...['robot', 'read', 'chat', 'act'].map((id) => enterprise(id)),
    enterprise('vendor', { appOwnerOrganizationId: 'other-tenant', verifiedPublisher: { verifiedPublisherId: '5001234' } }),
  ],
  applicationOwners: [ownedBy('robot', 'carol'), ownedBy('portal', 'carol')],
  servicePrincipalOwners: [ownedBy('robot', 'carol'), ownedBy('portal', 'carol'), ownedBy('vendor', 'carol')],
  federatedIdentityCredentials: [
    {
      id: 'robot',
      displayName: 'Robot',
      federatedIdentityCredentials: [
        {
          id: 'main',
          name: 'main',
          issuer: 'https://token.actions.githubusercontent.com',
          subject: 'repo:contoso/site:ref',
          audiences: [],
        },
      ],
    },
  ],
  delegatedPermissionClassifications: [
    {
      id: 'low-1',
      parentId: 'graph',
      permissionId: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d',
      permissionName: 'User.Read',
      classification: 'low',
    },
  ],
  defaultAppManagementPolicy: [
    { id: 'default', isEnabled: true, applicationRestrictions: soundRestrictions, servicePrincipalRestrictions: soundRestrictions },
  ],
  appManagementPolicies: [
    { id: 'custom', displayName: 'Custom', isEnabled: true, restrictions: soundRestrictions, appliesTo: [{ id: 'robot' }] },
  ],
  permissionGrantPolicies: [{ id: 'wide', displayName: 'Wide', includes: [{ id: 'set', ...conditions }], excludes: [] }],
  adminConsentRequestPolicy: [
    { isEnabled: true, notifyReviewers: true, remindersEnabled: true, requestDurationInDays: 30, reviewers: [{ query: '/users/alice' }] },
  ],
  appConsentRequests: [
    {
      id: 'request',
      appId: 'client-of-x',
      appDisplayName: 'X',
      userConsentRequests: [{ id: 'r1', status: 'Completed', createdDateTime: inDays(-20) }],
    },
  ],
  oauth2PermissionGrants: [
    grant('act', own.neededScopes.join(' '), 'aid'),
    grant('read', 'User.Read'),
    grant('vendor', 'User.Read'),
    grant('portal', 'User.Read'),
  ],
  appRoleAssignments: [appRole('robot', 'ServiceHealth.Read.All')],
}
