import type { Planter } from './planter.ts'
import { directoryRoles } from './reference.ts'
import { collection } from './tenant.ts'

/** What activating or being given a role takes. Durations are ISO 8601, recipients mail addresses. */
export interface RoleRules {
  readonly approvers: readonly { readonly groupId: string; readonly description: string }[]
  readonly approvalRequired: boolean
  readonly activationNeeds: readonly string[]
  readonly activationHours: number
  readonly permanentActive: boolean
  readonly recipients: { readonly assigned: readonly string[]; readonly eligible: readonly string[]; readonly activated: readonly string[] }
}

/** The rules that a role has until somebody changes them (https://learn.microsoft.com/graph/identity-governance-pim-rules-overview). */
export const shippedRules: RoleRules = {
  approvers: [],
  approvalRequired: false,
  activationNeeds: ['Justification', 'MultiFactorAuthentication'],
  activationHours: 8,
  permanentActive: true,
  recipients: { assigned: [], eligible: [], activated: [] },
}

type Caller = 'Admin' | 'EndUser'
type Level = 'Eligibility' | 'Assignment'

function rule(
  kind: string,
  name: string,
  caller: Caller,
  level: Level,
  properties: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return {
    '@odata.type': `#microsoft.graph.unifiedRoleManagementPolicy${kind}Rule`,
    id: `${name}_${caller}_${level}`,
    target: { caller, operations: ['all'], level, inheritableSettings: [], enforcedSettings: [] },
    ...properties,
  }
}

function notification(
  recipient: 'Admin' | 'Requestor' | 'Approver',
  caller: Caller,
  level: Level,
  to: readonly string[],
): Record<string, unknown> {
  return rule('Notification', `Notification_${recipient}`, caller, level, {
    notificationType: 'Email',
    recipientType: recipient,
    notificationLevel: 'All',
    isDefaultRecipientsEnabled: true,
    notificationRecipients: to,
  })
}

function rulesOf({ approvers, approvalRequired, activationNeeds, activationHours, permanentActive, recipients }: RoleRules): unknown[] {
  return [
    rule('Expiration', 'Expiration', 'Admin', 'Eligibility', { isExpirationRequired: false, maximumDuration: 'P365D' }),
    rule('Enablement', 'Enablement', 'Admin', 'Eligibility', { enabledRules: [] }),
    notification('Admin', 'Admin', 'Eligibility', recipients.eligible),
    notification('Requestor', 'Admin', 'Eligibility', []),
    notification('Approver', 'Admin', 'Eligibility', []),
    rule('Expiration', 'Expiration', 'Admin', 'Assignment', { isExpirationRequired: !permanentActive, maximumDuration: 'P180D' }),
    rule('Enablement', 'Enablement', 'Admin', 'Assignment', { enabledRules: ['Justification'] }),
    notification('Admin', 'Admin', 'Assignment', recipients.assigned),
    notification('Requestor', 'Admin', 'Assignment', []),
    notification('Approver', 'Admin', 'Assignment', []),
    rule('Expiration', 'Expiration', 'EndUser', 'Assignment', { isExpirationRequired: true, maximumDuration: `PT${activationHours}H` }),
    rule('Enablement', 'Enablement', 'EndUser', 'Assignment', { enabledRules: activationNeeds }),
    rule('Approval', 'Approval', 'EndUser', 'Assignment', {
      setting: {
        isApprovalRequired: approvalRequired,
        isApprovalRequiredForExtension: false,
        isRequestorJustificationRequired: true,
        approvalMode: 'SingleStage',
        approvalStages: [
          {
            approvalStageTimeOutInDays: 1,
            isApproverJustificationRequired: true,
            escalationTimeInMinutes: 0,
            isEscalationEnabled: false,
            escalationApprovers: [],
            primaryApprovers: approvers.map((approver) => ({ '@odata.type': '#microsoft.graph.groupMembers', ...approver })),
          },
        ],
      },
    }),
    rule('AuthenticationContext', 'AuthenticationContext', 'EndUser', 'Assignment', { isEnabled: false, claimValue: null }),
    notification('Admin', 'EndUser', 'Assignment', recipients.activated),
    notification('Requestor', 'EndUser', 'Assignment', []),
    notification('Approver', 'EndUser', 'Assignment', []),
  ]
}

/** A policy for every role at tenant scope, custom ones too; `rulesFor` names those that somebody has changed. */
export function plantRoleRules(planter: Planter, rulesFor: (roleId: string) => RoleRules): void {
  const custom = [...collection(planter.tenant, 'roleManagement/directory/roleDefinitions').values()].filter((role) => !role['isBuiltIn'])
  for (const role of [...directoryRoles, ...custom])
    plantPolicy(planter, { scopeId: '/', scopeType: 'DirectoryRole', of: planter.tenant.id, roles: [role.id] }, rulesFor)
}

/** What a group asks of those who activate their membership or ownership of it. */
export function plantGroupRules(planter: Planter, groupId: string, rulesFor: (access: string) => RoleRules): void {
  plantPolicy(planter, { scopeId: groupId, scopeType: 'Group', of: groupId, roles: ['member', 'owner'] }, rulesFor)
}

function plantPolicy(
  planter: Planter,
  scope: {
    readonly scopeId: string
    readonly scopeType: 'DirectoryRole' | 'Group'
    readonly of: string
    readonly roles: readonly string[]
  },
  rulesFor: (roleId: string) => RoleRules,
): void {
  const { scopeId, scopeType } = scope
  for (const role of scope.roles) {
    const name = scopeType === 'Group' ? `group-policy/${scopeId}/${role}` : `role-policy/${role}`
    const policyId = `${scopeType}_${scope.of}_${planter.id(name)}`
    const rules = rulesFor(role)
    planter.put('policies/roleManagementPolicies', {
      id: policyId,
      displayName: scopeType,
      description: scopeType,
      isOrganizationDefault: false,
      scopeId,
      scopeType,
      lastModifiedDateTime: rules === shippedRules ? null : planter.inDays(-150),
      lastModifiedBy: { id: null, displayName: '' },
      rules: rulesOf(rules),
      effectiveRules: [],
    })
    planter.put('policies/roleManagementPolicyAssignments', {
      id: `${policyId}_${role}`,
      policyId,
      scopeId,
      scopeType,
      roleDefinitionId: role,
    })
  }
}
