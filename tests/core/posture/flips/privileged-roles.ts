import { holding, inDays } from '../../../build/facts.ts'
import type { Given } from '../../../build/judged.ts'
import { eligible, groupPolicy, mayJoin, roleIds } from '../../../build/people.ts'
import { soundActivation } from '../../../build/sound-policies.ts'
import { flip, notIt } from './flip.ts'
import type { Field, Flips } from './flip.ts'

const { globalAdministrator, privilegedRoleAdministrator, userAdministrator, reportsReader } = roleIds
const hold = (role: string, who: string): string => `${role}-${who}`
/** A rule of a role's policy, by its place in the sound tenant. */
const rules = { expiration: 0, enablement: 1, approval: 2, assigned: 3, eligible: 4, activated: 5 }
const rule = (role: string, name: keyof typeof rules, path: string, to: unknown, bears: Field['bears'] = {}): Field =>
  flip('roleManagementPolicies', `policy-of-${role}`, `policy.rules.${rules[name]}.${path}`, to, 'fail', bears)
type Notice = 'assigned' | 'eligible' | 'activated'
/** Nobody named is told. */
const anyAddress = { unknownWord: 'any word may be an address' }
const untold = (role: string, name: Notice): Field => rule(role, name, 'notificationRecipients', [], anyAddress)
/** A group that gives every role at once, to whoever activates the membership, by the settings of the sound tenant's roles. */
const byGroup: Given = {
  roleAssignments: [globalAdministrator, privilegedRoleAdministrator, userAdministrator].map((role) => holding('duty', 'group', role)),
  pimGroupEligibility: [mayJoin('duty', 'dave')],
  roleGroupPolicies: [groupPolicy('duty', 'member', ...soundActivation)],
}
const ofGroup = (name: keyof typeof rules, path: string, to: unknown, bears: Field['bears'] = {}): Field =>
  flip('roleGroupPolicies', 'policy-of-duty-member', `policy.rules.${rules[name]}.${path}`, to, 'fail', bears)
const untoldOfGroup = (name: Notice): Field => ofGroup(name, 'notificationRecipients', [], anyAddress)
const member = { null: 'accounts older than the property are of members' }

/** Privileged roles, and what the Aid holds. */
export const privilegedRoleFlips: Flips = {
  'PR-01': {
    given: { roleAssignments: [holding('bg1')], roleEligibility: [eligible('alice')], roleAssignmentSchedules: [] },
    fields: [flip('roleEligibility', hold(globalAdministrator, 'alice'), 'roleDefinitionId', reportsReader)],
  },
  'PR-02': { fields: [flip('roleAssignments', hold(userAdministrator, 'dave'), 'roleDefinitionId', reportsReader)] },
  'PR-03': { fields: [flip('users', 'alice', 'onPremisesSyncEnabled', true)] },
  'PR-04': { fields: [flip('roleAssignmentSchedules', hold(userAdministrator, 'dave'), 'endDateTime', null)] },
  'PR-05': { fields: [flip('roleAssignmentSchedules', hold(userAdministrator, 'dave'), 'startDateTime', null)] },
  'PR-06': {
    given: byGroup,
    fields: [
      rule(globalAdministrator, 'approval', 'setting.isApprovalRequired', false),
      ofGroup('approval', 'setting.isApprovalRequired', false),
    ],
  },
  'PR-07': {
    given: byGroup,
    fields: [
      rule(privilegedRoleAdministrator, 'approval', 'setting.isApprovalRequired', false),
      rule(privilegedRoleAdministrator, 'approval', 'setting.approvalStages.0.primaryApprovers', []),
      ofGroup('approval', 'setting.approvalStages.0.primaryApprovers', []),
    ],
  },
  'PR-08': {
    given: byGroup,
    fields: [
      untold(userAdministrator, 'assigned'),
      untold(userAdministrator, 'eligible'),
      untoldOfGroup('assigned'),
      untoldOfGroup('eligible'),
    ],
  },
  'PR-09': { given: byGroup, fields: [untold(globalAdministrator, 'activated'), untoldOfGroup('activated')] },
  'PR-10': { given: byGroup, fields: [untold(userAdministrator, 'activated'), untoldOfGroup('activated')] },
  'PR-11': {
    given: byGroup,
    fields: [rule(userAdministrator, 'enablement', 'enabledRules', ['Justification']), ofGroup('enablement', 'enabledRules', [])],
  },
  'PR-12': {
    given: byGroup,
    fields: [
      rule(userAdministrator, 'expiration', 'maximumDuration', 'PT12H'),
      rule(userAdministrator, 'expiration', 'isExpirationRequired', false),
      ofGroup('expiration', 'maximumDuration', 'PT12H'),
      ofGroup('expiration', 'isExpirationRequired', false),
    ],
  },
  'PR-13': { fields: [flip('users', 'erin', 'userType', 'Guest', 'fail', member)] },
  'PR-14': {
    fields: [flip('userSignInActivity', 'alice', 'signInActivity.lastSuccessfulSignInDateTime', inDays(-100))],
  },
  'PR-15': { fields: [flip('users', 'alice', 'accountEnabled', false, 'warn')] },
  'PR-16': { fields: [flip('users', 'alice', 'assignedLicenses', [{ skuId: 'office', disabledPlans: [] }], 'warn')] },
  'PR-17': { fields: [flip('groups', 'admins', 'isAssignableToRole', false)] },
  'PR-18': { fields: [flip('roleGroupOwners', 'admins/alice', 'id', 'visitor')] },
  'PR-19': {
    given: { roleAssignments: [holding('dave', 'user', 'helpdesk')] },
    fields: [
      flip(
        'roleDefinitions',
        'helpdesk',
        'rolePermissions.0.allowedResourceActions',
        ['microsoft.directory/applications/credentials/update'],
        'fail',
        {
          ...notIt,
          empty: 'a role without actions allows nothing',
        },
      ),
    ],
  },
  'PR-20': {
    fields: [
      flip('accessReviews', 'of-roles', 'settings.defaultDecision', 'None', 'warn'),
      flip('accessReviews', 'of-guests', 'settings.autoApplyDecisionsEnabled', false, 'warn'),
      flip('accessReviews', 'of-guests', 'status', 'Completed'),
      flip('accessReviews', 'of-roles', 'reviewers', [], 'warn'),
    ],
  },
  'PR-21': {
    fields: [
      flip('roleAssignments', hold(userAdministrator, 'dave'), 'directoryScopeId', '/administrativeUnits/unit', 'warn', {
        null: 'the scope is not named, so that no part of the tenant is',
        absent: 'the scope is not named, so that no part of the tenant is',
      }),
    ],
  },
  'PR-22': {
    fields: [
      flip('delegatedAdminRelationships', 'partner', 'accessDetails.unifiedRoles.0.roleDefinitionId', globalAdministrator, 'fail', {
        unknownWord: 'another role than Global Administrator',
      }),
    ],
  },
  'PR-23': {
    fields: [
      flip('roleAssignments', hold(globalAdministrator, 'bg1'), 'principal.userPrincipalName', 'bg1@contoso.com', 'warn'),
      flip('users', 'bg1', 'onPremisesSyncEnabled', true, 'warn'),
      flip('users', 'bg1', 'accountEnabled', false, 'warn'),
    ],
  },
  'AID-01': { fields: [flip('roleAssignments', hold(reportsReader, 'aid'), 'roleDefinitionId', userAdministrator)] },
}
