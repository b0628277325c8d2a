import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck } from '../../../../build/policy-check.ts'
import { devicePolicy } from '../../../../build/tenant-policies.ts'

const id = 'second-factor-to-join-devices'
const given = { deviceRegistrationPolicy: [devicePolicy()] }

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', {
    controls: ['mfa'],
    ...change,
    applications: { includeApplications: [], includeUserActions: ['urn:user:registerdevice'], ...change.applications },
  })

describe(id, () => {
  describePolicyCheck({ id, policy, named: ['userActions'], aboutEveryApplication: false, given })

  it.each([
    ['another control', { controls: ['compliantDevice'] }],
    ['another action', { applications: { includeUserActions: ['urn:user:registersecurityinfo'] } }],
  ])('fails: %s', (_what, change) => {
    expect(outcome(id, { ...given, conditionalAccessPolicies: [policy(change)] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  it('passes where the device settings ask for it', () => {
    const deviceRegistrationPolicy = [devicePolicy({ multiFactorAuthConfiguration: 'required' })]
    expect(outcome(id, { deviceRegistrationPolicy, conditionalAccessPolicies: [] })).toMatchObject({
      verdict: 'pass',
      reason: 'deviceSettings',
    })
    const other = [devicePolicy({ multiFactorAuthConfiguration: 'unknownFutureValue' })]
    expect(outcome(id, { deviceRegistrationPolicy: other, conditionalAccessPolicies: [] }).verdict).toBe('fail')
  })
})
