import { defineCheck } from '../../check.ts'
import { globalAdministrator } from '../../rows/role-holding.ts'
import { hasRecipients, privilegedRoles, rolePolicyVerdict } from '../../rules/role-management.ts'

export const privilegedActivationAlerts = defineCheck({
  id: 'privileged-activation-alerts',
  code: 'PR-10',
  area: 'privilegedRoles',
  severity: 'low',
  licence: 'p2',
  title: 'Somebody is told when any other privileged role is activated',
  failTitle:
    'Of {roles, plural, one {# other privileged role} other {# other privileged roles}}, {count, plural, one {# tells} other {# tell}} nobody in particular when it is activated',
  why: 'Other privileged roles lead to Global Administrator in a few steps, so their activations are worth a look too.',
  reasons: {
    all: 'For each of {roles, plural, one {# other privileged role} other {# other privileged roles}}, a named address is told of activations.',
    some: 'For {count, plural, one {# privileged role} other {# privileged roles}}, no named address is told of activations.',
    groups:
      'A named address is told when such a role itself is activated, and none when people get one by activating their membership of {names}.',
    none: 'No settings of a privileged role were found in Privileged Identity Management.',
  },
  objectReason: 'Nobody named is told of activations of {role}.',
  remediation: [
    'In Privileged Identity Management, open Microsoft Entra roles and then Settings.',
    'For each privileged role, add an address of your security team to the notice about activations.',
    'Where a group holds such a role, do the same in the settings of that group.',
  ],
  portal:
    'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ResourceMenuBlade/~/roles/resourceId//resourceType/tenant/provider/aadroles',
  frameworks: { scuba: ['MS.AAD.7.9v1'], zeroTrust: ['21820'], attack: ['T1098.003'] },

  needs: ['roleManagementPolicies', 'groupActivations', 'roleDefinitions'],
  judge(facts, { settings }) {
    const privileged = privilegedRoles(facts.roleDefinitions, settings)
    return rolePolicyVerdict(
      facts,
      (roleId) => (roleId === globalAdministrator ? undefined : privileged(roleId)),
      (rule) => hasRecipients(rule('Notification_Admin_EndUser_Assignment')),
    )
  },
})
