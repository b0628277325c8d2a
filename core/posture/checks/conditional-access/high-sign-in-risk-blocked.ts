import { defineCheck } from '../../check.ts'
import { demands, isControl } from '../../rows/policy-requirements.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'

export const highSignInRiskBlocked = defineCheck({
  id: 'high-sign-in-risk-blocked',
  code: 'CA-03',
  area: 'conditionalAccess',
  severity: 'high',
  title: 'Sign-ins at high risk are blocked',
  failTitle: 'Sign-ins at high risk are not blocked',
  why: 'A sign-in at high risk shows the marks of an attack while it happens, such as a token used from two places. A block stops it before it has a session.',
  reasons: {
    ...policyReasons,
    covered: '{policies, plural, one {The policy {names} blocks} other {The policies {names} each block}} risky sign-ins.',
    none: 'No policy that is switched on blocks sign-ins at these levels of risk: {levels}.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for all users and all resources, with the condition Sign-in risk: High, and the grant control Block access.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { scuba: ['MS.AAD.2.3v1'], cis: ['5.2.2.7', '5.2.2.8'], zeroTrust: ['21799'] },
  licence: 'p2',

  needs: ['conditionalAccessCoverage'],
  judge({ conditionalAccessCoverage }, context) {
    const levels = context.parameters.conditionalAccess.signInRiskLevels
    const verdict = judgePolicies(conditionalAccessCoverage, context, {
      fits: ({ conditions, ways }) =>
        levels.some((level) => conditions.signInRiskLevels.includes(level)) && demands(ways, isControl('block')),
      matter: { signInRisks: levels },
      named: ['signInRiskLevels'],
    })
    return { ...verdict, values: { ...verdict.values, levels: levels.join(', ') } }
  },
})
