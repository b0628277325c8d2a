import { defineCheck } from '../../check.ts'
import { globalAdministrator } from '../../rows/role-holding.ts'
import { onlyRole, rolePolicyVerdict } from '../../rules/role-management.ts'

export const globalAdministratorActivationApproved = defineCheck({
  id: 'global-administrator-activation-approved',
  code: 'PR-06',
  area: 'privilegedRoles',
  severity: 'high',
  licence: 'p2',
  title: 'Activating Global Administrator needs the approval of somebody else',
  failTitle: 'Global Administrator can be activated without approval',
  why: 'With approval, a stolen account that is only eligible cannot make itself Global Administrator: a second person has to agree.',
  reasons: {
    all: 'Each activation of Global Administrator needs an approval.',
    some: 'Whoever is eligible for Global Administrator activates it alone.',
    none: 'The settings of Global Administrator in Privileged Identity Management were not found.',
    groups:
      'Each activation of Global Administrator itself needs an approval, but people also get the role by activating their membership of {names}, and the settings of {groups, plural, one {this group} other {these groups}} ask for none.',
  },
  objectReason: 'An activation of {role} needs no approval.',
  remediation: [
    'In Privileged Identity Management, open Microsoft Entra roles and then Settings.',
    'Edit Global Administrator: require approval to activate, and name at least two approvers.',
    'Where a group holds the role, do the same in the settings of that group.',
  ],
  portal:
    'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ResourceMenuBlade/~/roles/resourceId//resourceType/tenant/provider/aadroles',
  frameworks: { scuba: ['MS.AAD.7.6v1'], cis: ['5.3.4'], zeroTrust: ['21817'], attack: ['T1098.003'] },

  needs: ['roleManagementPolicies', 'groupActivations'],
  judge(facts) {
    return rolePolicyVerdict(
      facts,
      onlyRole(globalAdministrator),
      (rule) => rule('Approval_EndUser_Assignment')?.setting?.isApprovalRequired === true,
    )
  },
})
