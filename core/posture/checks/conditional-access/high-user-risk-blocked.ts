import { defineCheck } from '../../check.ts'
import { demands, isControl, isSecondFactor } from '../../rows/policy-requirements.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

/** The way out that Microsoft offers instead of a block: prove who you are, and choose a new password at once. */
const remediation: PolicyRule = {
  fits: ({ conditions, ways, session }) =>
    conditions.userRiskLevels.includes('high') &&
    demands(ways, isSecondFactor) &&
    demands(ways, isControl('passwordChange')) &&
    session?.signInFrequency?.isEnabled === true &&
    session.signInFrequency.frequencyInterval === 'everyTime',
  matter: { userRisks: ['high'] },
  named: ['userRiskLevels'],
}

const rule: PolicyRule = {
  fits: ({ conditions, ways }) => conditions.userRiskLevels.includes('high') && demands(ways, isControl('block')),
  matter: { userRisks: ['high'] },
  named: ['userRiskLevels'],
}

export const highUserRiskBlocked = defineCheck({
  id: 'high-user-risk-blocked',
  code: 'CA-02',
  area: 'conditionalAccess',
  severity: 'high',
  title: 'People whose account is at high risk are blocked',
  failTitle: 'People whose account is at high risk are not blocked',
  why: 'Microsoft rates an account as high risk when its password is for sale or when it behaves like a taken-over one. Until somebody has looked, every further sign-in may be the attacker.',
  reasons: {
    ...policyReasons,
    covered: '{policies, plural, one {The policy {names} blocks} other {The policies {names} each block}} accounts at high risk.',
    none: 'No policy that is switched on blocks accounts at high risk.',
    remediated:
      '{policies, plural, one {The policy {names} lets} other {The policies {names} let}} accounts at high risk in again after a second factor and a new password. CIS accepts that; CISA asks to block them.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for all users and all resources, with the condition User risk: High, and the grant control Block access.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
    'Agree who looks at risky users, and who lets them in again.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { scuba: ['MS.AAD.2.1v1'], cis: ['5.2.2.6'], zeroTrust: ['21797'], attack: ['T1078.004'] },
  licence: 'p2',

  needs: ['conditionalAccessCoverage'],
  judge({ conditionalAccessCoverage }, context) {
    const verdict = context.parameters.conditionalAccess.riskRemediationSuffices ? 'pass' : 'warn'
    const fallback = { rule: remediation, verdict, reason: 'remediated' } as const
    return judgePolicies(conditionalAccessCoverage, context, rule, fallback)
  },
})
