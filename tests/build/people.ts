import type { FactRow } from '../../core/posture/facts.ts'
import { globalAdministratorId, holding, inDays } from './facts.ts'
import type { Given } from './judged.ts'

/** Typed rows about people, roles and groups: each builder gives the plain case, and takes what the test is about. */

export const roleIds = {
  globalAdministrator: globalAdministratorId,
  privilegedRoleAdministrator: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  userAdministrator: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  /** Not privileged. */
  reportsReader: '4a5d8f65-41da-4de4-8968-e035b65339cf',
} as const

export function user(id: string, change: Partial<FactRow<'users'>> = {}): FactRow<'users'> {
  return {
    id,
    displayName: `Person ${id}`,
    userPrincipalName: `${id}@contoso.com`,
    userType: 'Member',
    accountEnabled: true,
    createdDateTime: inDays(-400),
    externalUserState: null,
    externalUserStateChangeDateTime: null,
    onPremisesSyncEnabled: null,
    onPremisesImmutableId: null,
    passwordPolicies: null,
    assignedLicenses: [],
    ...change,
  }
}

export function guest(id: string, change: Partial<FactRow<'users'>> = {}): FactRow<'users'> {
  return user(id, { userType: 'Guest', externalUserState: 'Accepted', externalUserStateChangeDateTime: inDays(-399), ...change })
}

/** Somebody who last signed in that many days ago; null for never. */
export function signedIn(
  id: string,
  daysAgo: number | null,
  change: Partial<FactRow<'userSignInActivity'>> = {},
): FactRow<'userSignInActivity'> {
  const time = daysAgo === null ? null : inDays(-daysAgo)
  return {
    id,
    displayName: `Person ${id}`,
    userPrincipalName: `${id}@contoso.com`,
    userType: 'Member',
    accountEnabled: true,
    createdDateTime: inDays(-400),
    signInActivity: time === null ? null : { lastSuccessfulSignInDateTime: time, lastSignInDateTime: time },
    ...change,
  }
}

export function registration(id: string, change: Partial<FactRow<'registrationDetails'>> = {}): FactRow<'registrationDetails'> {
  return {
    id,
    userDisplayName: `Person ${id}`,
    userPrincipalName: `${id}@contoso.com`,
    userType: 'member',
    isAdmin: false,
    isMfaCapable: true,
    methodsRegistered: ['microsoftAuthenticatorPush'],
    ...change,
  }
}

export function group(id: string, change: Partial<FactRow<'groups'>> = {}): FactRow<'groups'> {
  return {
    id,
    displayName: `Group ${id}`,
    groupTypes: [],
    isAssignableToRole: null,
    isManagementRestricted: null,
    membershipRule: null,
    membershipRuleProcessingState: null,
    visibility: 'Private',
    ...change,
  }
}

export function customRole(id: string, actions: readonly string[]): FactRow<'roleDefinitions'> {
  return {
    id,
    templateId: id,
    displayName: `Role ${id}`,
    isBuiltIn: false,
    isEnabled: true,
    rolePermissions: [{ allowedResourceActions: [...actions] }],
  }
}

export function eligible(
  principalId: string,
  type: Parameters<typeof holding>[1] = 'user',
  roleDefinitionId: string = globalAdministratorId,
  endDateTime: string | null = null,
): FactRow<'roleEligibility'> {
  return { ...holding(principalId, type, roleDefinitionId), endDateTime }
}

export function schedule(
  principalId: string,
  change: Partial<FactRow<'roleAssignmentSchedules'>> = {},
): FactRow<'roleAssignmentSchedules'> {
  const roleDefinitionId = change.roleDefinitionId ?? globalAdministratorId
  return {
    id: `${roleDefinitionId}-${principalId}`,
    principalId,
    roleDefinitionId,
    directoryScopeId: '/',
    assignmentType: 'Assigned',
    memberType: 'Direct',
    startDateTime: inDays(-10),
    endDateTime: inDays(10),
    ...change,
  }
}

export function mayJoin(
  groupId: string,
  principalId: string,
  type: Parameters<typeof holding>[1] = 'user',
  endDateTime: string | null = null,
): FactRow<'pimGroupEligibility'> {
  const { principal } = holding(principalId, type)
  return { id: `${groupId}-${principalId}`, groupId, parentId: groupId, principalId, accessId: 'member', endDateTime, principal }
}

/** What activating a role asks for; rules as Graph answers them, members that are not theirs left out. */
export function rolePolicy(roleDefinitionId: string, ...rules: readonly object[]): object {
  return { id: `policy-of-${roleDefinitionId}`, roleDefinitionId, policy: { rules } }
}

/** The same for activating membership of a group: `access` is member or owner. */
export function groupPolicy(groupId: string, access: string, ...rules: readonly object[]): object {
  return { id: `policy-of-${groupId}-${access}`, parentId: groupId, roleDefinitionId: access, policy: { rules } }
}

/** Nobody holds a role through a group. */
export const noGroupActivations = { roleAssignments: [], roleEligibility: [], pimGroupEligibility: [], roleGroupPolicies: [] } as const

/** Everything that privilegedPrincipals rests on, with these active Global Administrators or other holders. */
export function rolesGiven(roleAssignments: readonly unknown[], change: Given = {}): Given {
  return {
    roleDefinitions: [],
    roleAssignments,
    roleEligibility: [],
    roleAssignmentSchedules: [],
    roleGroupMembers: [],
    pimGroupEligibility: [],
    ...change,
  }
}

/** Facts that privilegedPrincipals rests on. */
export const roleFacts = [
  'roleDefinitions',
  'roleAssignments',
  'roleEligibility',
  'roleAssignmentSchedules',
  'roleGroupMembers',
  'pimGroupEligibility',
] as const
