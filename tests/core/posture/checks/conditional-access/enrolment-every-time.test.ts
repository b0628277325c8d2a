import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck } from '../../../../build/policy-check.ts'

const id = 'enrolment-every-time'
const everyTime = { isEnabled: true, type: null, value: null, frequencyInterval: 'everyTime' }

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', { controls: ['mfa'], session: { signInFrequency: everyTime }, ...change })

describe(id, () => {
  describePolicyCheck({ id, policy, aboutEveryApplication: false })

  it.each([
    ['from time to time', { session: { signInFrequency: { ...everyTime, frequencyInterval: 'timeBased' } } }],
    ['no second factor', { controls: ['compliantDevice'] }],
    ['another application', { applications: { includeApplications: ['Office365'] } }],
  ])('fails: %s', (_what, change) => {
    expect(outcome(id, { conditionalAccessPolicies: [policy(change)] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  it('passes with a policy for the enrolment alone', () => {
    const row = policy({ applications: { includeApplications: ['d4ebce55-015a-49b5-a083-c84d1797ae8c'] } })
    expect(outcome(id, { conditionalAccessPolicies: [row] }).verdict).toBe('pass')
  })
})
