import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck } from '../../../../build/policy-check.ts'

const id = 'unknown-platforms-blocked'
const platforms = { includePlatforms: ['all'], excludePlatforms: ['android', 'iOS', 'windows', 'macOS', 'linux'] }

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', { ...change, conditions: { platforms, ...change.conditions } })

describe(id, () => {
  describePolicyCheck({ id, policy, named: ['platforms'] })

  it.each([
    ['known platforms only', { conditions: { platforms: { includePlatforms: ['windows'], excludePlatforms: [] } } }],
    ['an exception that we do not know', { conditions: { platforms: { ...platforms, excludePlatforms: ['unknownFutureValue'] } } }],
    ['no block', { controls: ['mfa'] }],
  ])('fails: %s', (_what, change) => {
    expect(outcome(id, { conditionalAccessPolicies: [policy(change)] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })
})
