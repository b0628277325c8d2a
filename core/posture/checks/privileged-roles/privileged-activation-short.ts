import { defineCheck } from '../../check.ts'
import { minutesOf, privilegedRoles, rolePolicyVerdict } from '../../rules/role-management.ts'

export const privilegedActivationShort = defineCheck({
  id: 'privileged-activation-short',
  code: 'PR-12',
  area: 'privilegedRoles',
  severity: 'low',
  licence: 'p2',
  title: 'An activation of a privileged role lasts a working day at most',
  failTitle: '{count, plural, one {# privileged role stays} other {# privileged roles stay}} active for more than eight hours',
  why: 'An activation that outlasts the work is a permanent assignment in disguise.',
  reasons: {
    all: 'Each of {roles, plural, one {# privileged role} other {# privileged roles}} ends by itself within eight hours.',
    some: '{count, plural, one {# privileged role} other {# privileged roles}} can be active for more than eight hours, or without an end.',
    groups:
      'An activation of a privileged role itself ends within eight hours; one of the membership of {names}, which gives such a role, may last longer.',
    none: 'No settings of a privileged role were found in Privileged Identity Management.',
  },
  objectReason: 'An activation of {role} may last more than eight hours.',
  remediation: [
    'In Privileged Identity Management, open Microsoft Entra roles and then Settings.',
    'For each privileged role, set the longest activation to eight hours or less.',
    'Where a group holds such a role, do the same in the settings of that group.',
  ],
  portal:
    'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ResourceMenuBlade/~/roles/resourceId//resourceType/tenant/provider/aadroles',
  frameworks: { attack: ['T1078.004'] },

  needs: ['roleManagementPolicies', 'groupActivations', 'roleDefinitions'],
  judge(facts, { settings }) {
    return rolePolicyVerdict(facts, privilegedRoles(facts.roleDefinitions, settings), (rule) => {
      const expiration = rule('Expiration_EndUser_Assignment')
      const minutes = minutesOf(expiration?.maximumDuration ?? null)
      return expiration?.isExpirationRequired === true && minutes !== undefined && minutes <= 8 * 60
    })
  },
})
