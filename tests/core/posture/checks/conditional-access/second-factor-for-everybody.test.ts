import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck } from '../../../../build/policy-check.ts'

const id = 'second-factor-for-everybody'
const given = { securityDefaults: [{ id: 's', isEnabled: false }] }

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) => coveringPolicy('p', { controls: ['mfa'], ...change })

describe(id, () => {
  describePolicyCheck({ id, policy, given })

  it.each([
    ['a choice between a second factor and a device', { builtInControls: ['mfa', 'compliantDevice'], operator: 'OR' }],
    ['a choice under an operator that we do not know', { builtInControls: ['mfa', 'compliantDevice'], operator: null }],
    ['a strength that accepts one factor', { builtInControls: [], authenticationStrength: { id: 's', allowedCombinations: ['password'] } }],
    ['nothing', { builtInControls: [] }],
  ])('fails when the policy asks for %s', (_what, grant) => {
    expect(outcome(id, { ...given, conditionalAccessPolicies: [policy({ grant })] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  it('passes with both demands at once, and with a strength of two factors', () => {
    for (const grant of [
      { builtInControls: ['mfa', 'compliantDevice'], operator: 'AND' },
      {
        builtInControls: [],
        authenticationStrength: { id: 's', allowedCombinations: ['password,sms', 'fido2', 'hardwareOath,federatedSingleFactor'] },
      },
    ])
      expect(outcome(id, { ...given, conditionalAccessPolicies: [policy({ grant })] }).verdict).toBe('pass')
  })

  it('passes with security defaults, whatever the policies are', () => {
    expect(outcome(id, { securityDefaults: [{ id: 's', isEnabled: true }], conditionalAccessPolicies: [] })).toMatchObject({
      verdict: 'pass',
      reason: 'securityDefaults',
    })
  })
})
