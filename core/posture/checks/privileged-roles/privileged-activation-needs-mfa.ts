import { defineCheck } from '../../check.ts'
import { isAskedFor } from '../../rules/authentication-context.ts'
import { privilegedRoles, rolePolicyVerdict } from '../../rules/role-management.ts'

export const privilegedActivationNeedsMfa = defineCheck({
  id: 'privileged-activation-needs-mfa',
  code: 'PR-11',
  area: 'privilegedRoles',
  severity: 'high',
  licence: 'p2',
  title: 'Activating a privileged role asks for a second factor',
  failTitle: '{count, plural, one {# privileged role} other {# privileged roles}} can be activated without a second factor',
  why: 'Without it, whoever has got hold of an open session activates the role as well.',
  reasons: {
    all: 'Each of {roles, plural, one {# privileged role} other {# privileged roles}} asks for a second factor or an authentication context.',
    some: '{count, plural, one {# privileged role is} other {# privileged roles are}} activated without a second factor and without an authentication context that a policy enforces.',
    groups:
      'Each privileged role itself asks for a second factor or an authentication context, and membership of {names}, which gives one, is activated without either.',
    none: 'No settings of a privileged role were found in Privileged Identity Management.',
  },
  objectReason: 'An activation of {role} asks for no second factor, nor for an authentication context that a policy enforces.',
  remediation: [
    'In Privileged Identity Management, open Microsoft Entra roles and then Settings.',
    'For each privileged role, require Azure MFA or an authentication context on activation.',
    'Where a group holds such a role, do the same in the settings of that group.',
    'Have a Conditional Access policy for the authentication context that is switched on, for everybody who may activate: the role itself is not held before.',
  ],
  portal:
    'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ResourceMenuBlade/~/roles/resourceId//resourceType/tenant/provider/aadroles',
  frameworks: { attack: ['T1078.004'] },

  needs: ['roleManagementPolicies', 'groupActivations', 'roleDefinitions', 'conditionalAccessCoverage'],
  judge(facts, { settings }) {
    return rolePolicyVerdict(facts, privilegedRoles(facts.roleDefinitions, settings), (rule) => {
      const context = rule('AuthenticationContext_EndUser_Assignment')
      const asked = rule('Enablement_EndUser_Assignment')?.enabledRules ?? []
      if (asked.includes('MultiFactorAuthentication')) return true
      return context?.isEnabled === true && isAskedFor(context.claimValue ?? '', facts.conditionalAccessCoverage)
    })
  },
})
