import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck } from '../../../../build/policy-check.ts'

const id = 'browsers-forget'
const never = { isEnabled: true, mode: 'never' }

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', { controls: [], session: { persistentBrowser: never }, ...change })

describe(id, () => {
  describePolicyCheck({ id, policy, named: ['clientAppTypes'] })

  it.each([
    ['always', { session: { persistentBrowser: { isEnabled: true, mode: 'always' } } }],
    ['switched off', { session: { persistentBrowser: { isEnabled: false, mode: 'never' } } }],
    ['null', { session: { persistentBrowser: { isEnabled: null, mode: null } } }],
  ])('fails: %s', (_what, change) => {
    expect(outcome(id, { conditionalAccessPolicies: [policy(change)] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })
})
