import {
  appRole,
  appRoleIds,
  authorization,
  certificate,
  enterprise,
  grant,
  microsoftGraph,
  ownedBy,
  registered,
} from '../../../build/applications.ts'
import { inDays, secret } from '../../../build/facts.ts'
import { roleIds } from '../../../build/people.ts'
import { soundRestrictions } from '../../../build/sound-policies.ts'
import { flip, nothingThere, notIt } from './flip.ts'
import type { Flips } from './flip.ts'

const withSecret = { applications: [registered('robot', { passwordCredentials: [secret('key', inDays(60))] })] }
const ends = 'passwordCredentials.0.endDateTime'
const assignment = 'robot-ServiceHealth.Read.All'
const vendor = (verifiedPublisherId: string | null) =>
  enterprise('vendor', { appOwnerOrganizationId: 'other-tenant', verifiedPublisher: { verifiedPublisherId } })
const lifetimesOnly = { ...soundRestrictions, passwordCredentials: soundRestrictions.passwordCredentials.slice(1) }
const consents = 'defaultUserRolePermissions.permissionGrantPoliciesAssigned'
const robot = `${roleIds.reportsReader}-robot`
const noneAssigned = { unknownWord: 'one that is not for people themselves' }

const noAddress = {
  unknownWord: 'what is no address leads nowhere',
  empty: 'what is no address leads nowhere',
  absent: 'without an address nothing is sent anywhere',
}

/** Applications and consent. */
export const applicationFlips: Flips = {
  'APP-01': { given: withSecret, fields: [flip('applications', 'robot', ends, inDays(-1))] },
  'APP-02': {
    given: withSecret,
    fields: [flip('applications', 'robot', ends, inDays(3)), flip('applications', 'robot', ends, inDays(20), 'warn')],
  },
  'APP-03': {
    fields: [
      flip('applications', 'robot', 'keyCredentials.0.endDateTime', inDays(-1)),
      flip('applications', 'robot', 'keyCredentials.0.endDateTime', inDays(20), 'warn'),
    ],
  },
  'APP-04': { given: withSecret, fields: [flip('applications', 'robot', 'passwordCredentials.0.startDateTime', inDays(-200))] },
  'APP-05': { fields: [flip('applications', 'robot', 'keyCredentials.0.startDateTime', inDays(-300))] },
  'APP-06': { fields: [flip('applications', 'robot', 'passwordCredentials', [secret('key', inDays(60))])] },
  'APP-07': {
    fields: [
      flip(
        'applications',
        'robot',
        'keyCredentials',
        ['a', 'b', 'c'].map((key) => certificate(key, inDays(200))),
        'warn',
        nothingThere,
      ),
    ],
  },
  'APP-08': { fields: [flip('servicePrincipals', 'robot', 'keyCredentials', [certificate('key', inDays(200))])] },
  'APP-09': { fields: [flip('servicePrincipals', 'graph', 'keyCredentials', [certificate('key', inDays(200))])] },
  'APP-10': {
    fields: [flip('appRoleAssignments', assignment, 'appRoleId', appRoleIds['RoleManagement.ReadWrite.Directory'], 'fail', notIt)],
  },
  'APP-11': { fields: [flip('appRoleAssignments', assignment, 'appRoleId', appRoleIds['Mail.Send'], 'warn', notIt)] },
  'APP-12': { fields: [flip('appRoleAssignments', assignment, 'appRoleId', appRoleIds['Mail.ReadWrite'], 'fail', notIt)] },
  'APP-13': {
    fields: [flip('oauth2PermissionGrants', 'vendor-all', 'scope', 'Directory.ReadWrite.All', 'fail', { ...notIt, ...nothingThere })],
  },
  'APP-14': {
    given: { servicePrincipals: [microsoftGraph(), vendor(null)], oauth2PermissionGrants: [grant('vendor', 'User.Read', 'carol')] },
    fields: [flip('oauth2PermissionGrants', 'vendor-carol', 'scope', 'Mail.Read', 'fail', { ...notIt, ...nothingThere })],
  },
  'APP-15': {
    given: { oauth2PermissionGrants: [grant('vendor', 'Directory.ReadWrite.All')] },
    fields: [
      flip('servicePrincipals', 'vendor', 'verifiedPublisher.verifiedPublisherId', null, 'fail', {
        unknownWord: 'any id of a publisher is one that Microsoft verified',
      }),
    ],
  },
  'APP-16': { fields: [flip('applicationOwners', 'robot', 'owners', [], 'warn')] },
  'APP-17': { fields: [flip('servicePrincipalOwners', 'robot', 'owners', [], 'warn')] },
  'APP-18': {
    given: {
      appRoleAssignments: [appRole('robot', 'RoleManagement.ReadWrite.Directory')],
      applicationOwners: [ownedBy('robot')],
      servicePrincipalOwners: [],
    },
    fields: [flip('applicationOwners', 'robot', 'owners', ownedBy('robot', 'carol').owners)],
  },
  'APP-19': { fields: [flip('users', 'carol', 'userType', 'Guest', 'fail', { null: 'accounts older than the property are of members' })] },
  'APP-20': { fields: [flip('users', 'carol', 'accountEnabled', false)] },
  'APP-22': { fields: [flip('servicePrincipals', 'robot', 'accountEnabled', false, 'warn')] },
  'APP-23': { fields: [flip('servicePrincipals', 'portal', 'appRoleAssignmentRequired', false, 'warn')] },
  'APP-24': { fields: [flip('applications', 'robot', 'servicePrincipalLockConfiguration.isEnabled', false)] },
  'APP-25': {
    fields: [
      flip('applications', 'portal', 'spa.redirectUris.0', 'http://portal.contoso.com', 'fail', noAddress),
      flip('servicePrincipals', 'portal', 'replyUrls.0', 'http://portal.contoso.com', 'fail', noAddress),
    ],
  },
  'APP-27': {
    fields: [flip('applications', 'robot', 'web.implicitGrantSettings.enableIdTokenIssuance', true, 'warn', { null: 'never switched on' })],
  },
  'APP-28': { fields: [flip('applications', 'robot', 'isFallbackPublicClient', true, 'warn', { null: 'never switched on' })] },
  'APP-29': {
    fields: [
      flip('federatedIdentityCredentials', 'robot', 'federatedIdentityCredentials.0.subject', 'repo:contoso/*', 'fail', {
        unknownWord: 'a subject without a wildcard names one sender',
      }),
    ],
  },
  'APP-30': { fields: [flip('roleAssignments', robot, 'roleDefinitionId', roleIds.globalAdministrator)] },
  'APP-31': { given: withSecret, fields: [flip('roleAssignments', robot, 'roleDefinitionId', roleIds.globalAdministrator)] },
  'APP-32': {
    fields: [flip('applications', 'robot', 'requiredResourceAccess.0.resourceAccess.0.id', appRoleIds['Mail.Send'], 'warn')],
  },
  'APP-33': {
    fields: [
      flip('defaultAppManagementPolicy', 'default', 'applicationRestrictions.passwordCredentials.0.state', 'disabled'),
      flip('defaultAppManagementPolicy', 'default', 'isEnabled', false),
      flip(
        'appManagementPolicies',
        'custom',
        'restrictions.passwordCredentials.0.restrictForAppsCreatedAfterDateTime',
        '2026-01-01T00:00:00Z',
      ),
    ],
  },
  'APP-34': {
    given: {
      defaultAppManagementPolicy: [
        { id: 'default', isEnabled: true, applicationRestrictions: lifetimesOnly, servicePrincipalRestrictions: lifetimesOnly },
      ],
    },
    fields: [flip('defaultAppManagementPolicy', 'default', 'applicationRestrictions.passwordCredentials.0.maxLifetime', 'P365D')],
  },
  'APP-35': {
    fields: [flip('defaultAppManagementPolicy', 'default', 'servicePrincipalRestrictions.keyCredentials.0.maxLifetime', 'P730D')],
  },
  'APP-36': { fields: [flip('authorizationPolicy', 'authorizationPolicy', 'defaultUserRolePermissions.allowedToCreateApps', true)] },
  'APP-37': {
    given: { authorizationPolicy: [authorization('ManagePermissionGrantsForSelf.microsoft-user-default-low')] },
    fields: [
      flip(
        'authorizationPolicy',
        'authorizationPolicy',
        consents,
        ['ManagePermissionGrantsForSelf.microsoft-user-default-legacy'],
        'fail',
        { ...noneAssigned, empty: 'no policy lets people consent by themselves' },
      ),
    ],
  },
  'APP-38': {
    fields: [
      flip('delegatedPermissionClassifications', 'graph/low-1', 'permissionId', '0e263e50-5827-48a4-b97c-d940288653c7', 'fail', {
        unknownWord: 'the name says which permission it is',
      }),
      flip('delegatedPermissionClassifications', 'graph/low-1', 'parentId', 'an-unknown-resource'),
    ],
  },
  'APP-39': {
    fields: [
      flip('adminConsentRequestPolicy', 'adminConsentRequestPolicy', 'isEnabled', false),
      flip('adminConsentRequestPolicy', 'adminConsentRequestPolicy', 'reviewers', []),
      flip('adminConsentRequestPolicy', 'adminConsentRequestPolicy', 'reviewers.0.query', null, 'fail', {
        unknownWord: 'any query may find somebody',
      }),
    ],
  },
  'APP-40': {
    fields: [
      flip('adminConsentRequestPolicy', 'adminConsentRequestPolicy', 'notifyReviewers', false),
      flip('adminConsentRequestPolicy', 'adminConsentRequestPolicy', 'requestDurationInDays', 60),
    ],
  },
  'APP-41': { fields: [flip('groupSettings', 'settings-consent', 'values.0.value', 'True')] },
  'APP-42': {
    fields: [
      flip('groupSettings', 'settings-consent', 'values.1.value', 'False'),
      flip('authorizationPolicy', 'authorizationPolicy', 'allowUserConsentForRiskyApps', true, 'fail', {
        null: 'this is how Graph writes that it was never switched on',
        absent: 'this is how Graph writes that it was never switched on',
      }),
    ],
  },
  'APP-43': { fields: [flip('appConsentRequests', 'request', 'userConsentRequests.0.status', 'InProgress', 'warn')] },
  'APP-44': {
    fields: [flip('authorizationPolicy', 'authorizationPolicy', consents, ['ManagePermissionGrantsForSelf.wide'], 'fail', noneAssigned)],
  },
  'APP-45': { fields: [flip('servicePrincipals', 'exchange', 'keyCredentials', [certificate('key', inDays(200))])] },
  'AID-02': {
    fields: [
      flip('oauth2PermissionGrants', 'act-aid', 'scope', 'Directory.ReadWrite.All', 'fail', nothingThere),
      flip('oauth2PermissionGrants', 'read-all', 'scope', 'User.ReadWrite.All', 'fail', nothingThere),
    ],
  },
  'AID-03': {
    given: { applicationOwners: [ownedBy('act')] },
    fields: [flip('applicationOwners', 'act', 'owners', ownedBy('act', 'carol').owners)],
  },
}
