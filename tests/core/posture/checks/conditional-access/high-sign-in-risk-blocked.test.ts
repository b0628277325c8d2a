import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck, sentence } from '../../../../build/policy-check.ts'

const id = 'high-sign-in-risk-blocked'

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', { ...change, conditions: { signInRiskLevels: ['high'], ...change.conditions } })

describe(id, () => {
  describePolicyCheck({ id, policy, named: ['signInRiskLevels'], licence: 'p2' })

  it('asks for medium risk as well under CIS', () => {
    const high = { conditionalAccessPolicies: [policy()] }
    const both = { conditionalAccessPolicies: [policy({ conditions: { signInRiskLevels: ['medium', 'high'] } })] }
    expect(outcome(id, high, { baseline: 'cis' })).toMatchObject({ verdict: 'fail', reason: 'narrowed' })
    expect([outcome(id, both, { baseline: 'cis' }).verdict, outcome(id, both).verdict]).toEqual(['pass', 'pass'])
    expect(sentence(id, outcome(id, high, { baseline: 'cis' }))).toContain('signInRiskLevels')
    expect(sentence(id, outcome(id, { conditionalAccessPolicies: [] }, { baseline: 'cis' }))).toContain('high, medium')
  })

  it('fails where nothing is blocked', () => {
    expect(outcome(id, { conditionalAccessPolicies: [policy({ controls: ['mfa'] })] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })
})
