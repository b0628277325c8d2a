import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck } from '../../../../build/policy-check.ts'

const id = 'phishing-resistant-for-everybody'

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', {
    controls: [],
    grant: { authenticationStrength: { id: 's', allowedCombinations: ['fido2', 'windowsHelloForBusiness'] } },
    ...change,
  })

describe(id, () => {
  describePolicyCheck({ id, policy })

  it.each([
    ['a weaker combination beside the others', { authenticationStrength: { id: 's', allowedCombinations: ['fido2', 'password,sms'] } }],
    ['no combination', { authenticationStrength: { id: 's', allowedCombinations: [] } }],
    ['a combination that we do not know', { authenticationStrength: { id: 's', allowedCombinations: ['fido3'] } }],
    ['the built-in control only', { builtInControls: ['mfa'], authenticationStrength: null }],
    ['a choice between the strength and a device', { builtInControls: ['compliantDevice'], operator: 'OR' }],
  ])('fails with %s', (_what, grant) => {
    const strength = { id: 's', allowedCombinations: ['fido2'] }
    const row = coveringPolicy('p', { controls: [], grant: { authenticationStrength: strength, ...grant } })
    expect(outcome(id, { conditionalAccessPolicies: [row] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  it('passes where the strength is one of several demands', () => {
    const row = policy({
      controls: ['compliantDevice'],
      grant: { operator: 'AND', authenticationStrength: { id: 's', allowedCombinations: ['fido2'] } },
    })
    expect(outcome(id, { conditionalAccessPolicies: [row] }).verdict).toBe('pass')
  })
})
