import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck } from '../../../../build/policy-check.ts'

const id = 'foreign-places-blocked'

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', {
    ...change,
    conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] }, ...change.conditions },
  })

describe(id, () => {
  describePolicyCheck({ id, policy, named: ['locations'] })

  it.each([
    ['some places only', { conditions: { locations: { includeLocations: ['x'], excludeLocations: [] } } }],
    ['no block', { controls: ['mfa'] }],
  ])('fails: %s', (_what, change) => {
    expect(outcome(id, { conditionalAccessPolicies: [policy(change)] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })
})
