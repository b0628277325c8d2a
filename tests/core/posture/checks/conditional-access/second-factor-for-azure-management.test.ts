import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck } from '../../../../build/policy-check.ts'

const id = 'second-factor-for-azure-management'

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) => coveringPolicy('p', { controls: ['mfa'], ...change })

describe(id, () => {
  describePolicyCheck({ id, policy, aboutEveryApplication: false })

  it.each([
    ['a choice between a second factor and a device', { builtInControls: ['mfa', 'compliantDevice'], operator: 'OR' }],
    ['a choice under an operator that we do not know', { builtInControls: ['mfa', 'compliantDevice'], operator: null }],
    ['a strength that accepts one factor', { builtInControls: [], authenticationStrength: { id: 's', allowedCombinations: ['password'] } }],
    ['nothing', { builtInControls: [] }],
  ])('fails when the policy asks for %s', (_what, grant) => {
    expect(outcome(id, { conditionalAccessPolicies: [policy({ grant })] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  it('passes with both demands at once, and with a strength of two factors', () => {
    for (const grant of [
      { builtInControls: ['mfa', 'compliantDevice'], operator: 'AND' },
      {
        builtInControls: [],
        authenticationStrength: { id: 's', allowedCombinations: ['password,sms', 'fido2', 'hardwareOath,federatedSingleFactor'] },
      },
    ])
      expect(outcome(id, { conditionalAccessPolicies: [policy({ grant })] }).verdict).toBe('pass')
  })

  it('passes with a policy for Azure management alone, and fails with one for other applications', () => {
    const forApplications = (...includeApplications: readonly string[]) =>
      outcome(id, { conditionalAccessPolicies: [policy({ applications: { includeApplications: [...includeApplications] } })] }).verdict
    expect([forApplications('797f4846-ba00-4fd7-ba43-dac1f8f63013'), forApplications('Office365')]).toEqual(['pass', 'fail'])
  })

  it('passes where security defaults do it, and only while they are on', () => {
    const beside = (isEnabled: boolean) => outcome(id, { conditionalAccessPolicies: [], securityDefaults: [{ id: 'd', isEnabled }] })
    expect(beside(true)).toMatchObject({ verdict: 'pass', reason: 'securityDefaults', basis: ['securityDefaults/'] })
    expect(beside(false)).toMatchObject({ verdict: 'fail', reason: 'none' })
    expect(outcome(id, { conditionalAccessPolicies: [], securityDefaults: 'scope' }).verdict).toBe('fail')
  })
})
