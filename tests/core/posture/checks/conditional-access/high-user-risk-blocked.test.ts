import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck, sentence } from '../../../../build/policy-check.ts'

const id = 'high-user-risk-blocked'

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', { ...change, conditions: { userRiskLevels: ['high'], ...change.conditions } })

describe(id, () => {
  describePolicyCheck({ id, policy, named: ['userRiskLevels'], licence: 'p2' })

  it('fails where only lower levels are named, or nothing is blocked', () => {
    for (const row of [policy({ conditions: { userRiskLevels: ['medium', 'low'] } }), policy({ controls: ['mfa'] })])
      expect(outcome(id, { conditionalAccessPolicies: [row] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  it('warns where a second factor and a new password let people in again; CIS accepts it', () => {
    const everyTime = { isEnabled: true, type: null, value: null, frequencyInterval: 'everyTime' }
    const remediation = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
      policy({ controls: ['mfa', 'passwordChange'], grant: { operator: 'AND' }, session: { signInFrequency: everyTime }, ...change })
    const given = { conditionalAccessPolicies: [remediation()] }
    expect(outcome(id, given)).toMatchObject({ verdict: 'warn', reason: 'remediated' })
    expect(sentence(id, outcome(id, given))).toContain('Policy p')
    expect(outcome(id, given, { baseline: 'cis' })).toMatchObject({ verdict: 'pass', reason: 'remediated' })
    for (const change of [
      { grant: { operator: 'OR' } },
      { controls: ['mfa'] },
      { session: { signInFrequency: { ...everyTime, isEnabled: false } } },
      { session: { signInFrequency: { ...everyTime, frequencyInterval: 'timeBased' } } },
      { state: 'enabledForReportingButNotEnforced' },
    ])
      expect(outcome(id, { conditionalAccessPolicies: [remediation(change)] }, { baseline: 'cis' }).verdict).toBe('fail')
  })
})
