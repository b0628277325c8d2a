import { defineCheck } from '../../check.ts'
import { demands, isPhishingResistant } from '../../rows/policy-requirements.ts'
import { administratorsOfParts, missingRoles, privilegedRoles } from '../../rules/privileged-role-coverage.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'

export const phishingResistantForPrivilegedRoles = defineCheck({
  id: 'phishing-resistant-for-privileged-roles',
  code: 'CA-07',
  area: 'conditionalAccess',
  severity: 'critical',
  title: 'Privileged roles sign in with a method that resists phishing',
  failTitle: 'Privileged roles may sign in with a method that can be phished',
  why: 'Whoever takes over one administrator holds the tenant. Their sign-in is the one that attackers rehearse.',
  reasons: {
    ...policyReasons,
    covered:
      '{policies, plural, one {The policy {names} asks} other {The policies {names} each ask}} every privileged role for a method that resists phishing.',
    none: 'No policy that is switched on asks administrators for a strength that accepts only security keys, Windows Hello and certificates.',
    someUsers: 'The policy {name} does it, but not for these privileged roles: {conditions}.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Give every administrator two security keys or passkeys, and have them registered.',
    'Create a Conditional Access policy for all privileged directory roles and all resources that requires the authentication strength Phishing-resistant MFA.',
    'Name people who hold such a role for an administrative unit only, or let the policy be for everybody: a policy for roles does not reach them.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { scuba: ['MS.AAD.3.6v1'], cis: ['5.2.2.5'], zeroTrust: ['21783'], attack: ['T1078.004'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage', 'roleAssignments'],
  judge({ conditionalAccessCoverage, roleAssignments }, context) {
    return judgePolicies(conditionalAccessCoverage, context, {
      fits: ({ ways }) => demands(ways, isPhishingResistant),
      matter: { roles: privilegedRoles(context.settings), also: administratorsOfParts(roleAssignments, context.settings) },
      missingPeople: (people) => missingRoles(people, roleAssignments, context.settings),
    })
  },
})
