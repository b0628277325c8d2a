import { defineCheck } from '../../check.ts'
import { onlyRole, privilegedRoleAdministrator, rolePolicyVerdict } from '../../rules/role-management.ts'

export const privilegedRoleAdministratorActivationApproved = defineCheck({
  id: 'privileged-role-administrator-activation-approved',
  code: 'PR-07',
  area: 'privilegedRoles',
  severity: 'medium',
  licence: 'p2',
  title: 'Activating Privileged Role Administrator needs a named approver',
  failTitle: 'Privileged Role Administrator can be activated without a named approver',
  why: 'A Privileged Role Administrator can give anybody any role, Global Administrator too. The way there should be watched by a second person, and without named approvers nobody in particular answers.',
  reasons: {
    all: 'Each activation of Privileged Role Administrator needs the approval of somebody named.',
    some: 'An activation of Privileged Role Administrator needs no approval, or nobody is named to give it.',
    groups:
      'An activation of Privileged Role Administrator itself needs the approval of somebody named, and membership of {names}, which gives the role, is activated without.',
    none: 'The settings of Privileged Role Administrator in Privileged Identity Management were not found.',
  },
  objectReason: 'An activation of {role} needs no approval by a named person.',
  remediation: [
    'In Privileged Identity Management, open Microsoft Entra roles and then Settings.',
    'Edit Privileged Role Administrator: require approval to activate, and name the approvers.',
    'Where a group holds the role, do the same in the settings of that group.',
  ],
  portal:
    'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ResourceMenuBlade/~/roles/resourceId//resourceType/tenant/provider/aadroles',
  frameworks: { cis: ['5.3.5'], attack: ['T1098.003'] },

  needs: ['roleManagementPolicies', 'groupActivations'],
  judge(facts) {
    return rolePolicyVerdict(facts, onlyRole(privilegedRoleAdministrator), (rule) => {
      const setting = rule('Approval_EndUser_Assignment')?.setting
      return (
        setting?.isApprovalRequired === true && (setting.approvalStages ?? []).some((stage) => (stage.primaryApprovers ?? []).length > 0)
      )
    })
  },
})
