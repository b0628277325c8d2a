import { defineCheck } from '../../check.ts'
import { globalAdministrator } from '../../rows/role-holding.ts'
import { hasRecipients, onlyRole, rolePolicyVerdict } from '../../rules/role-management.ts'

export const globalAdministratorActivationAlert = defineCheck({
  id: 'global-administrator-activation-alert',
  code: 'PR-09',
  area: 'privilegedRoles',
  severity: 'medium',
  licence: 'p2',
  title: 'Somebody is told when Global Administrator is activated',
  failTitle: 'Nobody in particular is told when Global Administrator is activated',
  why: 'Activations of the strongest role are few. A message about each to a named address lets people notice the one that nobody meant.',
  reasons: {
    all: 'A named address is told of each activation of Global Administrator.',
    some: 'No named address is told when Global Administrator is activated.',
    groups:
      'A named address is told when Global Administrator itself is activated, and none when people get it by activating their membership of {names}.',
    none: 'The settings of Global Administrator in Privileged Identity Management were not found.',
  },
  objectReason: 'Nobody named is told of activations of {role}.',
  remediation: [
    'In Privileged Identity Management, open Microsoft Entra roles and then Settings.',
    'Edit Global Administrator: add an address of your security team to the notice about activations.',
    'Where a group holds the role, do the same in the settings of that group.',
  ],
  portal:
    'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ResourceMenuBlade/~/roles/resourceId//resourceType/tenant/provider/aadroles',
  frameworks: { scuba: ['MS.AAD.7.8v1'], zeroTrust: ['21819'], attack: ['T1098.003'] },

  needs: ['roleManagementPolicies', 'groupActivations'],
  judge(facts) {
    return rolePolicyVerdict(facts, onlyRole(globalAdministrator), (rule) => hasRecipients(rule('Notification_Admin_EndUser_Assignment')))
  },
})
