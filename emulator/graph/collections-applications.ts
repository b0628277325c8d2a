import { FULL, childrenOf, common, ownedRows, stored } from './collection-entry.ts'
import type { CollectionEntry } from './collection-entry.ts'
import { linked, readRows } from './view.ts'
import type { View } from './view.ts'

function applicationOwners(view: View, applicationId: string): ReturnType<typeof linked> {
  return linked(view, 'applicationOwners', 'applicationId', applicationId, 'ownerId')
}

function servicePrincipalOwners(view: View, servicePrincipalId: string): ReturnType<typeof linked> {
  return linked(view, 'servicePrincipalOwners', 'servicePrincipalId', servicePrincipalId, 'ownerId')
}

function federatedCredentials(view: View, applicationId: string): ReturnType<typeof linked> {
  return ownedRows(view, 'federatedIdentityCredentials', 'applicationId', applicationId)
}

/** Applications, service principals and what they were granted. */
export const applicationCollections: readonly CollectionEntry[] = [
  {
    ...common,
    path: 'applications',
    type: 'application',
    rows: stored('applications'),
    alternateKeys: ['appId'],
    cost: 2,
    readAction: 'microsoft.directory/applications/standard/read',
    counts: true,
    filter: {
      id: 'eq ne not in',
      appId: 'eq ne not in',
      displayName: FULL,
      createdDateTime: 'eq ne not in ge le',
      signInAudience: FULL,
      publisherDomain: FULL,
      'identifierUris/any': 'eq not ge le startswith',
      'tags/any': 'eq not ge le startswith',
    },
    orderBy: ['displayName', 'createdDateTime', 'appId'],
    expand: {
      owners: (view, row) => applicationOwners(view, row.id),
      federatedIdentityCredentials: (view, row) => federatedCredentials(view, row.id),
    },
    keptElsewhere: ['logo'],
  },
  {
    ...common,
    path: 'applications/{id}/owners',
    type: 'directoryObject',
    rows: applicationOwners,
    ownedBy: 'applications',
    readAction: 'microsoft.directory/applications/owners/read',
    counts: true,
  },
  {
    ...common,
    path: 'applications/{id}/federatedIdentityCredentials',
    type: 'federatedIdentityCredential',
    rows: federatedCredentials,
    ownedBy: 'applications',
    alternateKeys: ['name'],
    readAction: 'microsoft.directory/applications/standard/read',
    filter: { id: 'eq', name: 'eq', issuer: 'eq', subject: 'eq' },
  },
  {
    ...common,
    path: 'servicePrincipals',
    type: 'servicePrincipal',
    rows: stored('servicePrincipals'),
    alternateKeys: ['appId'],
    readAction: 'microsoft.directory/servicePrincipals/standard/read',
    counts: true,
    filter: {
      id: 'eq ne not in',
      appId: 'eq ne not in',
      displayName: FULL,
      accountEnabled: 'eq ne not in',
      servicePrincipalType: 'eq ne not in',
      appOwnerOrganizationId: 'eq ne not in',
      'servicePrincipalNames/any': 'eq not ge le startswith',
      'tags/any': 'eq not ge le startswith',
    },
    orderBy: ['displayName', 'appId'],
    expand: {
      appRoleAssignedTo: (view, row) => readRows(view, 'appRoleAssignments').filter((assignment) => assignment['resourceId'] === row.id),
      owners: (view, row) => servicePrincipalOwners(view, row.id),
    },
  },
  {
    ...common,
    path: 'servicePrincipals/{id}/owners',
    type: 'directoryObject',
    rows: servicePrincipalOwners,
    ownedBy: 'servicePrincipals',
    readAction: 'microsoft.directory/servicePrincipals/owners/read',
    counts: true,
  },
  {
    ...common,
    path: 'servicePrincipals/{id}/delegatedPermissionClassifications',
    type: 'delegatedPermissionClassification',
    rows: (view, owner) => ownedRows(view, 'delegatedPermissionClassifications', 'servicePrincipalId', owner),
    ownedBy: 'servicePrincipals',
    readAction: 'microsoft.directory/servicePrincipals/standard/read',
    filter: { classification: 'eq' },
  },
  {
    ...common,
    path: 'servicePrincipals/{id}/appRoleAssignedTo',
    type: 'appRoleAssignment',
    rows: childrenOf('appRoleAssignments', 'resourceId'),
    ownedBy: 'servicePrincipals',
    cost: 2,
    readAction: 'microsoft.directory/servicePrincipals/appRoleAssignedTo/read',
    counts: true,
    filter: { principalDisplayName: 'eq startswith' },
  },
  {
    ...common,
    path: 'servicePrincipals/{id}/appRoleAssignments',
    type: 'appRoleAssignment',
    rows: childrenOf('appRoleAssignments', 'principalId'),
    ownedBy: 'servicePrincipals',
    cost: 2,
    readAction: 'microsoft.directory/servicePrincipals/appRoleAssignments/read',
    counts: true,
    filter: { resourceId: 'eq' },
  },
  {
    ...common,
    path: 'oauth2PermissionGrants',
    type: 'oAuth2PermissionGrant',
    rows: stored('oauth2PermissionGrants'),
    cost: 2,
    readAction: 'microsoft.directory/oAuth2PermissionGrants/standard/read',
    filter: { clientId: 'eq', consentType: 'eq', principalId: 'eq', resourceId: 'eq' },
  },
]
