import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck } from '../../../../build/policy-check.ts'

const id = 'sessions-end'
const frequency = { isEnabled: true, type: 'days', value: 30, frequencyInterval: 'timeBased' }

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', { controls: [], session: { signInFrequency: frequency }, ...change })

describe(id, () => {
  describePolicyCheck({ id, policy })

  it.each([
    ['switched off', { session: { signInFrequency: { ...frequency, isEnabled: false } } }],
    ['no number', { session: { signInFrequency: { ...frequency, value: null } } }],
    ['no session controls', { session: { signInFrequency: null } }],
  ])('fails: %s', (_what, change) => {
    expect(outcome(id, { conditionalAccessPolicies: [policy(change)] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })
})
