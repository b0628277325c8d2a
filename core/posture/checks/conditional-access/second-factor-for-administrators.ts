import { defineCheck } from '../../check.ts'
import { demands, isSecondFactor } from '../../rows/policy-requirements.ts'
import { administratorsOfParts, missingRoles, privilegedRoles } from '../../rules/privileged-role-coverage.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import { besideDefaults, defaultsReason } from '../../rules/security-defaults.ts'

export const secondFactorForAdministrators = defineCheck({
  id: 'second-factor-for-administrators',
  code: 'CA-08',
  area: 'conditionalAccess',
  severity: 'critical',
  title: 'Administrators sign in with a second factor',
  failTitle: 'Administrators may sign in without a second factor',
  why: 'An administrator with a password alone is one leak away from a lost tenant.',
  reasons: {
    ...policyReasons,
    ...defaultsReason,
    covered:
      '{policies, plural, one {The policy {names} asks} other {The policies {names} each ask}} every privileged role for a second factor.',
    none: 'No policy that is switched on asks administrators for a second factor.',
    someUsers: 'The policy {name} does it, but not for these privileged roles: {conditions}.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for all privileged directory roles and all resources that requires multifactor authentication, or better a strength that resists phishing.',
    'Name people who hold such a role for an administrative unit only, or let the policy be for everybody: a policy for roles does not reach them.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { cis: ['5.2.2.1'], maester: ['MT.1006'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage', 'securityDefaultsState', 'roleAssignments'],
  judge({ conditionalAccessCoverage, securityDefaultsState, roleAssignments }, context) {
    const verdict = judgePolicies(conditionalAccessCoverage, context, {
      fits: ({ ways }) => demands(ways, isSecondFactor),
      matter: { roles: privilegedRoles(context.settings), also: administratorsOfParts(roleAssignments, context.settings) },
      missingPeople: (people) => missingRoles(people, roleAssignments, context.settings),
    })
    return besideDefaults(verdict, securityDefaultsState)
  },
})
