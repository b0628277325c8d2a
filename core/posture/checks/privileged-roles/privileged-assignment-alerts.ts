import { defineCheck } from '../../check.ts'
import { hasRecipients, privilegedRoles, rolePolicyVerdict } from '../../rules/role-management.ts'

export const privilegedAssignmentAlerts = defineCheck({
  id: 'privileged-assignment-alerts',
  code: 'PR-08',
  area: 'privilegedRoles',
  severity: 'medium',
  licence: 'p2',
  title: 'Somebody is told when a privileged role is given',
  failTitle:
    'Of {roles, plural, one {# privileged role} other {# privileged roles}}, {count, plural, one {# tells} other {# tell}} nobody in particular when somebody gets it',
  why: 'A new administrator that nobody expected is often the first visible sign of an attack. A message to a named address is seen; one to all administrators is deleted.',
  reasons: {
    all: 'For each of {roles, plural, one {# privileged role} other {# privileged roles}}, a named address is told of new assignments and new eligibilities.',
    some: 'For {count, plural, one {# privileged role} other {# privileged roles}}, no named address is told of new assignments, of new eligibilities, or of both.',
    groups:
      'A named address is told when somebody gets a privileged role itself, and not always when somebody is added to {names}, which leads to one.',
    none: 'No settings of a privileged role were found in Privileged Identity Management.',
  },
  objectReason: 'Nobody named is told of new assignments and of new eligibilities for {role}.',
  remediation: [
    'In Privileged Identity Management, open Microsoft Entra roles and then Settings.',
    'For each privileged role, add an address of your security team to the notices about members assigned as eligible and as active.',
    'Where a group holds such a role or may activate one, do the same in the settings of that group.',
  ],
  portal:
    'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ResourceMenuBlade/~/roles/resourceId//resourceType/tenant/provider/aadroles',
  frameworks: { scuba: ['MS.AAD.7.7v1'], zeroTrust: ['21818'], attack: ['T1098.003'] },

  needs: ['roleManagementPolicies', 'groupActivations', 'roleDefinitions'],
  judge(facts, { settings }) {
    return rolePolicyVerdict(
      facts,
      privilegedRoles(facts.roleDefinitions, settings),
      (rule) => hasRecipients(rule('Notification_Admin_Admin_Assignment')) && hasRecipients(rule('Notification_Admin_Admin_Eligibility')),
      // Whoever comes into the group gets the role, or the eligibility for it.
      ({ holds, mayActivate }) => [...new Set([...holds, ...mayActivate])],
    )
  },
})
