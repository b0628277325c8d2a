import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { demands, isSecondFactor } from '../../rows/policy-requirements.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

const rule: PolicyRule = { fits: ({ ways }) => demands(ways, isSecondFactor) }

export const secondFactorForEverybody = defineCheck({
  id: 'second-factor-for-everybody',
  code: 'CA-06',
  area: 'conditionalAccess',
  severity: 'critical',
  title: 'Everybody signs in with a second factor',
  failTitle: 'Not everybody has to sign in with a second factor',
  why: 'A password alone can be guessed, bought or phished. A second factor stops nearly all attacks on accounts.',
  reasons: {
    ...policyReasons,
    covered:
      '{policies, plural, one {The policy {names} asks} other {The policies {names} each ask}} everybody for a second factor in every application.',
    none: 'No policy that is switched on asks for a second factor, and security defaults are off.',
    securityDefaults: 'Security defaults are on: they ask everybody for a second factor.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for all users and all resources that requires multifactor authentication, or better an authentication strength.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
    'Without Conditional Access, switch on security defaults.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { scuba: ['MS.AAD.3.2v2'], cis: ['5.2.2.2'], maester: ['MT.1007'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage', 'securityDefaults'],
  judge({ conditionalAccessCoverage, securityDefaults }, context) {
    if (securityDefaults.some(({ isEnabled }) => isEnabled))
      return { verdict: 'pass', reason: 'securityDefaults', values: {}, basis: [factKey('securityDefaults', '')] }
    return judgePolicies(conditionalAccessCoverage, context, rule)
  },
})
