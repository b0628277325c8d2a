import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck } from '../../../../build/policy-check.ts'

const id = 'insider-risk-blocked'

const plans = (servicePlanId: string) => ({
  subscribedSkus: [{ id: 's', skuId: 's', capabilityStatus: 'Enabled', servicePlans: [{ servicePlanId, provisioningStatus: 'Success' }] }],
})
const given = plans('D587C7A3-bda9-4f99-8776-9bcf59c84f75')

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', { ...change, conditions: { insiderRiskLevels: 'moderate,elevated', ...change.conditions } })

describe(id, () => {
  describePolicyCheck({ id, policy, named: ['insiderRiskLevels'], licence: 'p2', given })

  it.each([
    ['lower levels', { conditions: { insiderRiskLevels: 'minor,moderate' } }],
    ['no level', { conditions: { insiderRiskLevels: null } }],
    ['no block', { controls: ['mfa'] }],
  ])('fails: %s', (_what, change) => {
    expect(outcome(id, { ...given, conditionalAccessPolicies: [policy(change)] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  it('does not apply where no subscription rates people, unless a policy is there', () => {
    const without = plans('eec0eb4f-6444-4f95-aba0-50c24d67f998')
    expect(outcome(id, { ...without, conditionalAccessPolicies: [] })).toMatchObject({ verdict: 'notApplicable', reason: 'notLicensed' })
    expect(outcome(id, { ...without, conditionalAccessPolicies: [policy()] }).verdict).toBe('pass')
  })
})
