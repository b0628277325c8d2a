import { text } from '../tenants/tenant.ts'
import { common, one, stored } from './collection-entry.ts'
import type { CollectionEntry, Expand } from './collection-entry.ts'
import { refuse } from './respond.ts'
import { activatedRoles, activeScheduleInstances, directoryObject, linked, roleMembers, schedules } from './view.ts'

const principal: Expand = (view, row) => directoryObject(view, text(row, 'principalId') ?? '') ?? null

/** By the kind of scope, which has permissions of its own: https://learn.microsoft.com/graph/api/policyroot-list-rolemanagementpolicyassignments */
const policyReaders: Readonly<Record<string, readonly string[]>> = {
  directoryrole: [
    'RoleManagementPolicy.Read.Directory',
    'RoleManagement.Read.Directory',
    'RoleManagement.Read.All',
    'RoleManagementPolicy.ReadWrite.Directory',
    'RoleManagement.ReadWrite.Directory',
  ],
  group: ['RoleManagementPolicy.Read.AzureADGroup', 'RoleManagementPolicy.ReadWrite.AzureADGroup'],
}

/** Directory roles, who holds them and under which rules. */
export const roleCollections: readonly CollectionEntry[] = [
  {
    ...common,
    path: 'roleManagement/directory/roleAssignments',
    type: 'unifiedRoleAssignment',
    rows: stored('roleManagement/directory/roleAssignments'),
    readAction: 'microsoft.directory/roleAssignments/standard/read',
    filter: { id: 'eq', roleDefinitionId: 'eq', principalId: 'eq in', directoryScopeId: 'eq' },
    expand: { principal, roleDefinition: one('roleManagement/directory/roleDefinitions', 'roleDefinitionId') },
  },
  {
    ...common,
    path: 'roleManagement/directory/roleDefinitions',
    type: 'unifiedRoleDefinition',
    rows: stored('roleManagement/directory/roleDefinitions'),
    page: 'whole',
    readAction: 'microsoft.directory/roleDefinitions/standard/read',
    filter: { id: 'eq in', displayName: 'eq in startswith', isBuiltIn: 'eq', templateId: 'eq' },
  },
  {
    ...common,
    path: 'roleManagement/directory/roleEligibilityScheduleInstances',
    type: 'unifiedRoleEligibilityScheduleInstance',
    rows: stored('roleManagement/directory/roleEligibilityScheduleInstances'),
    readAction: 'microsoft.directory/privilegedIdentityManagement/allProperties/read',
    licence: 'p2',
    filter: { id: 'eq', principalId: 'eq', roleDefinitionId: 'eq', memberType: 'eq', directoryScopeId: 'eq' },
    expand: { principal, roleDefinition: one('roleManagement/directory/roleDefinitions', 'roleDefinitionId') },
  },
  {
    ...common,
    path: 'roleManagement/directory/roleAssignmentScheduleInstances',
    type: 'unifiedRoleAssignmentScheduleInstance',
    rows: activeScheduleInstances,
    readAction: 'microsoft.directory/privilegedIdentityManagement/allProperties/read',
    licence: 'p2',
    filter: { id: 'eq', principalId: 'eq', roleDefinitionId: 'eq', assignmentType: 'eq', memberType: 'eq', directoryScopeId: 'eq' },
    expand: { principal, roleDefinition: one('roleManagement/directory/roleDefinitions', 'roleDefinitionId') },
  },
  {
    ...common,
    path: 'directoryRoles',
    type: 'directoryRole',
    rows: activatedRoles,
    page: 'whole',
    readAction: 'microsoft.directory/directoryRoles/standard/read',
    filter: { displayName: 'eq', roleTemplateId: 'eq' },
    expand: { members: (view, row) => roleMembers(view, row.id) },
  },
  {
    ...common,
    path: 'directoryRoles/{id}/members',
    type: 'directoryObject',
    rows: roleMembers,
    ownedBy: 'roleManagement/directory/roleDefinitions',
    page: 'whole',
    readAction: 'microsoft.directory/directoryRoles/members/read',
  },
  {
    ...common,
    path: 'roleManagement/directory/roleEligibilitySchedules',
    type: 'unifiedRoleEligibilitySchedule',
    rows: (view) => schedules(view, 'eligible'),
    readAction: 'microsoft.directory/privilegedIdentityManagement/allProperties/read',
    licence: 'p2',
    filter: { id: 'eq', principalId: 'eq', roleDefinitionId: 'eq', directoryScopeId: 'eq', status: 'eq' },
    expand: { principal, roleDefinition: one('roleManagement/directory/roleDefinitions', 'roleDefinitionId') },
  },
  {
    ...common,
    path: 'roleManagement/directory/roleAssignmentSchedules',
    type: 'unifiedRoleAssignmentSchedule',
    rows: (view) => schedules(view, 'active'),
    readAction: 'microsoft.directory/privilegedIdentityManagement/allProperties/read',
    licence: 'p2',
    filter: { id: 'eq', principalId: 'eq', roleDefinitionId: 'eq', directoryScopeId: 'eq', status: 'eq' },
    expand: { principal, roleDefinition: one('roleManagement/directory/roleDefinitions', 'roleDefinitionId') },
  },
  {
    ...common,
    path: 'policies/roleManagementPolicyAssignments',
    type: 'unifiedRoleManagementPolicyAssignment',
    rows: stored('policies/roleManagementPolicyAssignments'),
    page: 'whole',
    readAction: 'microsoft.directory/privilegedIdentityManagement/allProperties/read',
    licence: 'p2',
    filter: { id: 'eq', scopeId: 'eq', scopeType: 'eq', roleDefinitionId: 'eq', policyId: 'eq' },
    needsFilter: {
      anyOf: [['scopeId', 'scopeType']],
      // As published in https://github.com/microsoftgraph/microsoft-graph-docs/issues/15910
      refusal: refuse(400, 'UnknownError', '{"errorCode":"MissingProvider","message":"The provider is missing.","instanceAnnotations":[]}'),
    },
    opens: (row) => policyReaders[text(row, 'scopeType')?.toLowerCase() ?? ''] ?? [],
    expand: { policy: one('policies/roleManagementPolicies', 'policyId') },
    nested: { policy: ['rules', 'effectiveRules'] },
  },
  {
    ...common,
    path: 'identityGovernance/privilegedAccess/group/eligibilityScheduleInstances',
    type: 'privilegedAccessGroupEligibilityScheduleInstance',
    rows: stored('identityGovernance/privilegedAccess/group/eligibilityScheduleInstances'),
    readAction: 'microsoft.directory/privilegedIdentityManagement/allProperties/read',
    licence: 'p2',
    filter: { id: 'eq', groupId: 'eq', principalId: 'eq', accessId: 'eq', memberType: 'eq' },
    needsFilter: {
      anyOf: [['groupId'], ['principalId']],
      refusal: refuse(400, 'MissingParameters', 'The required parameters GroupId or PrincipalId are missing.'),
    },
    expand: { principal, group: one('groups', 'groupId') },
  },
  {
    ...common,
    path: 'identityGovernance/accessReviews/definitions',
    type: 'accessReviewScheduleDefinition',
    rows: stored('identityGovernance/accessReviews/definitions'),
    page: { default: 100, max: 100 },
    readAction: 'microsoft.directory/accessReviews/definitions/allProperties/read',
    licence: 'p2',
    filter: { id: 'eq', status: 'eq', displayName: 'eq' },
  },
  {
    ...common,
    path: 'directory/administrativeUnits',
    type: 'administrativeUnit',
    rows: stored('administrativeUnits'),
    readAction: 'microsoft.directory/administrativeUnits/standard/read',
    counts: true,
    filter: { id: 'eq ne not in', displayName: 'eq ne not in startswith', visibility: 'eq' },
  },
  {
    ...common,
    path: 'directory/administrativeUnits/{id}/members',
    type: 'directoryObject',
    rows: (view, owner) => linked(view, 'administrativeUnitMembers', 'administrativeUnitId', owner, 'memberId'),
    ownedBy: 'administrativeUnits',
    readAction: 'microsoft.directory/administrativeUnits/members/read',
    counts: true,
  },
]
