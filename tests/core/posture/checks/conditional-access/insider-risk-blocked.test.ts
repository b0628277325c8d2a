import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck } from '../../../../build/policy-check.ts'

const id = 'insider-risk-blocked'

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', { ...change, conditions: { insiderRiskLevels: 'moderate,elevated', ...change.conditions } })

describe(id, () => {
  describePolicyCheck({ id, policy, named: ['insiderRiskLevels'], licence: 'p2' })

  it.each([
    ['lower levels', { conditions: { insiderRiskLevels: 'minor,moderate' } }],
    ['no level', { conditions: { insiderRiskLevels: null } }],
    ['no block', { controls: ['mfa'] }],
  ])('fails: %s', (_what, change) => {
    expect(outcome(id, { conditionalAccessPolicies: [policy(change)] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })
})
