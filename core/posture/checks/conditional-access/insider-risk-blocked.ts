import { defineCheck } from '../../check.ts'
import { demands, isControl } from '../../rows/policy-requirements.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import { partedByCommas } from '../../rules/conditional-access-reach.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'
import { mayHaveInsiderRisk } from '../../rules/plan-licence.ts'

/** Graph writes several levels into one text, parted by commas. */
const rule: PolicyRule = {
  fits: ({ conditions, ways }) =>
    partedByCommas(conditions.insiderRiskLevels ?? '').includes('elevated') && demands(ways, isControl('block')),
  matter: { insiderRisks: ['elevated'] },
  named: ['insiderRiskLevels'],
}

export const insiderRiskBlocked = defineCheck({
  id: 'insider-risk-blocked',
  code: 'CA-25',
  area: 'conditionalAccess',
  severity: 'medium',
  title: 'People at elevated insider risk are blocked',
  failTitle: 'People at elevated insider risk are not blocked',
  why: 'Microsoft Purview rates who behaves like somebody about to take data along. A policy can close the door meanwhile.',
  reasons: {
    ...policyReasons,
    covered: '{policies, plural, one {The policy {names} blocks} other {The policies {names} each block}} people at elevated insider risk.',
    none: 'No policy that is switched on blocks people at elevated insider risk.',
    notLicensed: 'It needs Microsoft Purview Insider Risk Management, which the tenant does not have.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Set up Adaptive Protection in Microsoft Purview.',
    'Create a Conditional Access policy for all users and all resources, with the condition Insider risk: Elevated, and the grant control Block access.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: {},
  licence: 'p2',

  needs: ['conditionalAccessCoverage', 'subscribedSkus'],
  judge({ conditionalAccessCoverage, subscribedSkus }, context) {
    const verdict = judgePolicies(conditionalAccessCoverage, context, rule)
    if (verdict.verdict === 'pass' || mayHaveInsiderRisk(subscribedSkus)) return verdict
    return { verdict: 'notApplicable', reason: 'notLicensed', values: {} }
  },
})
