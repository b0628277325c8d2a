import type { Row } from '../tenants/tenant.ts';
import { text } from '../tenants/tenant.ts';
import type { FilterRules } from './filter.ts';
import { activatedRoles, activeScheduleInstances, directoryObject, members, readRow, readRows, roleMembers, visibleAudits } from './view.ts';
import type { View } from './view.ts';

export type Bucket = 'identity' | 'reports' | 'conditionalAccess';

type Expand = (view: View, row: Row) => readonly Row[] | Row | null;

/** One path that Graph answers; more are added as further rows. Sources: the v1.0 reference page of each path. */
export interface CollectionEntry {
  /** Without leading slash; `{id}` stands for the owner of a child collection. */
  readonly path: string;
  /** The type's name in the CSDL, without namespace. */
  readonly type: string;
  /** The rows as reads see them; `owner` is the `{id}` of the path. */
  readonly rows: (view: View, owner: string) => readonly Row[];
  /** The collection that must hold the owner, else 404. */
  readonly ownedBy?: string;
  /** Answers one object at the path itself. */
  readonly singleton?: true;
  /** Further properties that address an object in place of its id. */
  readonly alternateKeys?: readonly string[];
  /** Objects per page, or `whole` where Graph answers everything at once and refuses `$top`. */
  readonly page: { readonly default: number; readonly max: number } | 'whole';
  /** Resource units of a plain request (https://learn.microsoft.com/graph/throttling-limits). */
  readonly cost: number;
  readonly bucket: Bucket;
  /** The directory resource action that a delegated caller must hold. */
  readonly readAction: string;
  readonly filter: FilterRules;
  readonly orderBy: readonly string[];
  readonly expand: Readonly<Record<string, Expand>>;
  /** Whether `$count` and advanced queries work (directory objects, with ConsistencyLevel: eventual). */
  readonly counts: boolean;
  /** What is answered without `$select`; absent means every property. */
  readonly defaultSelect?: readonly string[];
  /** Properties that need more than the path does. */
  readonly guarded?: Readonly<Record<string, { readonly scope: string; readonly licence: 'premium'; readonly bucket: Bucket; readonly pageMax: number }>>;
  /** Properties that other services answer for; the emulator does not play them. */
  readonly keptElsewhere?: readonly string[];
  /** Scopes that open only some properties. */
  readonly narrowScopes?: Readonly<Record<string, readonly string[]>>;
  readonly licence?: 'premium' | 'p2';
}

const directoryPage = { default: 100, max: 999 } as const;
const FULL = 'eq ne not in startswith ge le';

function stored(path: string): CollectionEntry['rows'] {
  return (view) => readRows(view, path);
}

function childrenOf(path: string, property: string): CollectionEntry['rows'] {
  return (view, owner) => readRows(view, path).filter((row) => row[property] === owner);
}

function one(path: string, property: string): Expand {
  return (view, row) => readRow(view, path, text(row, property) ?? '') ?? null;
}

const principal: Expand = (view, row) => directoryObject(view, text(row, 'principalId') ?? '') ?? null;

const common = { cost: 1, bucket: 'identity', page: directoryPage, filter: {}, orderBy: [], expand: {}, counts: false } as const;

export const collections: readonly CollectionEntry[] = [
  {
    ...common, path: 'users', type: 'user', rows: stored('users'), alternateKeys: ['userPrincipalName'], cost: 2, readAction: 'microsoft.directory/users/standard/read', counts: true,
    filter: {
      'id': 'eq ne not in', 'accountEnabled': 'eq ne not in', 'userPrincipalName': `${FULL} endswith`, 'displayName': FULL, 'givenName': FULL, 'surname': FULL, 'mail': `${FULL} endswith`, 'department': FULL, 'jobTitle': FULL,
      'userType': 'eq ne not in', 'createdDateTime': 'eq ne not in ge le', 'onPremisesSyncEnabled': 'eq ne not in', 'onPremisesImmutableId': 'eq ne not in ge le', 'externalUserState': 'eq ne not in', 'city': FULL, 'country': FULL,
      'companyName': FULL, 'employeeId': FULL, 'usageLocation': FULL, 'mailNickname': FULL, 'creationType': 'eq ne not in', 'proxyAddresses/any': 'eq not ge le startswith', 'signInActivity/lastSignInDateTime': 'eq ge le',
    },
    orderBy: ['displayName', 'userPrincipalName', 'createdDateTime'],
    expand: {
      memberOf: (view, row) => readRows(view, 'groupMembers').filter((membership) => membership['memberId'] === row.id).flatMap((membership) => directoryObject(view, text(membership, 'groupId') ?? '') ?? []),
      appRoleAssignments: (view, row) => readRows(view, 'appRoleAssignments').filter((assignment) => assignment['principalId'] === row.id),
    },
    defaultSelect: ['businessPhones', 'displayName', 'givenName', 'id', 'jobTitle', 'mail', 'mobilePhone', 'officeLocation', 'preferredLanguage', 'surname', 'userPrincipalName'],
    guarded: { signInActivity: { scope: 'AuditLog.Read.All', licence: 'premium', bucket: 'reports', pageMax: 500 } },
    keptElsewhere: ['aboutMe', 'birthday', 'deviceEnrollmentLimit', 'hireDate', 'interests', 'mailboxSettings', 'mySite', 'pastProjects', 'preferredName', 'responsibilities', 'schools', 'skills'],
    narrowScopes: { 'User.ReadBasic.All': ['displayName', 'givenName', 'id', 'mail', 'photo', 'securityIdentifier', 'surname', 'userPrincipalName'] },
  },
  { ...common, path: 'users/{id}/appRoleAssignments', type: 'appRoleAssignment', rows: childrenOf('appRoleAssignments', 'principalId'), ownedBy: 'users', cost: 2, readAction: 'microsoft.directory/users/appRoleAssignments/read', counts: true, filter: { resourceId: 'eq' } },
  {
    ...common, path: 'applications', type: 'application', rows: stored('applications'), alternateKeys: ['appId'], cost: 2, readAction: 'microsoft.directory/applications/standard/read', counts: true,
    filter: { 'id': 'eq ne not in', 'appId': 'eq ne not in', 'displayName': FULL, 'createdDateTime': 'eq ne not in ge le', 'signInAudience': FULL, 'publisherDomain': FULL, 'identifierUris/any': 'eq not ge le startswith', 'tags/any': 'eq not ge le startswith' },
    orderBy: ['displayName', 'createdDateTime', 'appId'],
    keptElsewhere: ['logo'],
  },
  {
    ...common, path: 'servicePrincipals', type: 'servicePrincipal', rows: stored('servicePrincipals'), alternateKeys: ['appId'], readAction: 'microsoft.directory/servicePrincipals/standard/read', counts: true,
    filter: { 'id': 'eq ne not in', 'appId': 'eq ne not in', 'displayName': FULL, 'accountEnabled': 'eq ne not in', 'servicePrincipalType': 'eq ne not in', 'appOwnerOrganizationId': 'eq ne not in', 'servicePrincipalNames/any': 'eq not ge le startswith', 'tags/any': 'eq not ge le startswith' },
    orderBy: ['displayName', 'appId'],
    expand: { appRoleAssignedTo: (view, row) => readRows(view, 'appRoleAssignments').filter((assignment) => assignment['resourceId'] === row.id) },
  },
  { ...common, path: 'servicePrincipals/{id}/appRoleAssignedTo', type: 'appRoleAssignment', rows: childrenOf('appRoleAssignments', 'resourceId'), ownedBy: 'servicePrincipals', cost: 2, readAction: 'microsoft.directory/servicePrincipals/appRoleAssignedTo/read', counts: true },
  { ...common, path: 'servicePrincipals/{id}/appRoleAssignments', type: 'appRoleAssignment', rows: childrenOf('appRoleAssignments', 'principalId'), ownedBy: 'servicePrincipals', cost: 2, readAction: 'microsoft.directory/servicePrincipals/appRoleAssignments/read', counts: true, filter: { resourceId: 'eq' } },
  { ...common, path: 'oauth2PermissionGrants', type: 'oAuth2PermissionGrant', rows: stored('oauth2PermissionGrants'), cost: 2, readAction: 'microsoft.directory/oAuth2PermissionGrants/standard/read', filter: { clientId: 'eq', consentType: 'eq', principalId: 'eq', resourceId: 'eq' } },
  {
    ...common, path: 'groups', type: 'group', rows: stored('groups'), readAction: 'microsoft.directory/groups/standard/read', counts: true,
    filter: { 'id': 'eq ne not in', 'displayName': FULL, 'isAssignableToRole': 'eq ne not', 'securityEnabled': 'eq ne not in', 'mailEnabled': 'eq ne not in', 'mail': FULL, 'createdDateTime': 'eq ne not in ge le', 'onPremisesSyncEnabled': 'eq ne not in', 'groupTypes/any': 'eq not' },
    orderBy: ['displayName', 'createdDateTime'],
    expand: { members: (view, row) => members(view, row.id, false) },
  },
  { ...common, path: 'groups/{id}/members', type: 'directoryObject', rows: (view, owner) => members(view, owner, false), ownedBy: 'groups', cost: 3, readAction: 'microsoft.directory/groups/members/read', counts: true, filter: { displayName: FULL, accountEnabled: 'eq ne not in' } },
  { ...common, path: 'groups/{id}/transitiveMembers', type: 'directoryObject', rows: (view, owner) => members(view, owner, true), ownedBy: 'groups', cost: 3, readAction: 'microsoft.directory/groups/members/read', counts: true, filter: { displayName: FULL, accountEnabled: 'eq ne not in' } },
  {
    ...common, path: 'roleManagement/directory/roleAssignments', type: 'unifiedRoleAssignment', rows: stored('roleManagement/directory/roleAssignments'), readAction: 'microsoft.directory/roleAssignments/standard/read',
    filter: { id: 'eq', roleDefinitionId: 'eq', principalId: 'eq in', directoryScopeId: 'eq' }, expand: { principal, roleDefinition: one('roleManagement/directory/roleDefinitions', 'roleDefinitionId') },
  },
  { ...common, path: 'roleManagement/directory/roleDefinitions', type: 'unifiedRoleDefinition', rows: stored('roleManagement/directory/roleDefinitions'), page: 'whole', readAction: 'microsoft.directory/roleDefinitions/standard/read', filter: { id: 'eq in', displayName: 'eq in startswith', isBuiltIn: 'eq', templateId: 'eq' } },
  {
    ...common, path: 'roleManagement/directory/roleEligibilityScheduleInstances', type: 'unifiedRoleEligibilityScheduleInstance', rows: stored('roleManagement/directory/roleEligibilityScheduleInstances'), readAction: 'microsoft.directory/privilegedIdentityManagement/allProperties/read', licence: 'p2',
    filter: { id: 'eq', principalId: 'eq', roleDefinitionId: 'eq', memberType: 'eq', directoryScopeId: 'eq' }, expand: { principal, roleDefinition: one('roleManagement/directory/roleDefinitions', 'roleDefinitionId') },
  },
  {
    ...common, path: 'roleManagement/directory/roleAssignmentScheduleInstances', type: 'unifiedRoleAssignmentScheduleInstance', rows: activeScheduleInstances, readAction: 'microsoft.directory/privilegedIdentityManagement/allProperties/read', licence: 'p2',
    filter: { id: 'eq', principalId: 'eq', roleDefinitionId: 'eq', assignmentType: 'eq', memberType: 'eq', directoryScopeId: 'eq' }, expand: { principal, roleDefinition: one('roleManagement/directory/roleDefinitions', 'roleDefinitionId') },
  },
  { ...common, path: 'directoryRoles', type: 'directoryRole', rows: activatedRoles, page: 'whole', readAction: 'microsoft.directory/directoryRoles/standard/read', filter: { displayName: 'eq', roleTemplateId: 'eq' }, expand: { members: (view, row) => roleMembers(view, row.id) } },
  { ...common, path: 'directoryRoles/{id}/members', type: 'directoryObject', rows: roleMembers, ownedBy: 'roleManagement/directory/roleDefinitions', page: 'whole', readAction: 'microsoft.directory/directoryRoles/members/read' },
  {
    ...common, path: 'identity/conditionalAccess/policies', type: 'conditionalAccessPolicy', rows: stored('identity/conditionalAccess/policies'), bucket: 'conditionalAccess', readAction: 'microsoft.directory/conditionalAccessPolicies/standard/read',
    filter: { id: 'eq', displayName: 'eq startswith', state: 'eq', createdDateTime: 'eq ge le gt lt', modifiedDateTime: 'eq ge le gt lt' },
  },
  { ...common, path: 'policies/authorizationPolicy', type: 'authorizationPolicy', rows: stored('policies/authorizationPolicy'), singleton: true, readAction: 'microsoft.directory/authorizationPolicy/standard/read' },
  { ...common, path: 'policies/identitySecurityDefaultsEnforcementPolicy', type: 'identitySecurityDefaultsEnforcementPolicy', rows: stored('policies/identitySecurityDefaultsEnforcementPolicy'), singleton: true, readAction: 'microsoft.directory/policies/standard/read' },
  { ...common, path: 'subscribedSkus', type: 'subscribedSku', rows: stored('subscribedSkus'), page: 'whole', cost: 3, readAction: 'microsoft.directory/subscribedSkus/standard/read' },
  { ...common, path: 'organization', type: 'organization', rows: stored('organization'), page: 'whole', readAction: 'microsoft.directory/organization/standard/read', keptElsewhere: ['mobileDeviceManagementAuthority'] },
  { ...common, path: 'domains', type: 'domain', rows: stored('domains'), readAction: 'microsoft.directory/domains/standard/read' },
  {
    ...common, path: 'auditLogs/directoryAudits', type: 'directoryAudit', rows: visibleAudits, bucket: 'reports', page: { default: 1000, max: 1000 }, readAction: 'microsoft.directory/auditLogs/allProperties/read', licence: 'premium',
    filter: { 'activityDateTime': 'eq ge le gt lt', 'activityDisplayName': 'eq startswith', 'correlationId': 'eq', 'id': 'eq', 'initiatedBy/user/id': 'eq', 'initiatedBy/user/displayName': 'eq', 'initiatedBy/user/userPrincipalName': 'eq startswith', 'initiatedBy/app/displayName': 'eq', 'loggedByService': 'eq', 'targetResources/any/id': 'eq', 'targetResources/any/displayName': 'eq startswith' },
    orderBy: ['activityDateTime'],
  },
];
