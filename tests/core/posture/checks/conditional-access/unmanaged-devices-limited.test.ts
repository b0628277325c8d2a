import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck } from '../../../../build/policy-check.ts'

const id = 'unmanaged-devices-limited'

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', { controls: [], session: { applicationEnforcedRestrictions: { isEnabled: true } }, ...change })

describe(id, () => {
  describePolicyCheck({ id, policy, named: ['clientAppTypes'] })

  it.each([
    ['switched off', { session: { applicationEnforcedRestrictions: { isEnabled: false } } }],
    ['null', { session: { applicationEnforcedRestrictions: { isEnabled: null } } }],
    ['another application', { applications: { includeApplications: ['x'] } }],
  ])('fails: %s', (_what, change) => {
    expect(outcome(id, { conditionalAccessPolicies: [policy(change)] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  it('passes with a policy for Office 365', () => {
    expect(outcome(id, { conditionalAccessPolicies: [policy({ applications: { includeApplications: ['Office365'] } })] }).verdict).toBe(
      'pass',
    )
  })
})
