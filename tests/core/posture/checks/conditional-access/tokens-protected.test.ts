import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck } from '../../../../build/policy-check.ts'

const id = 'tokens-protected'
const mail = '00000002-0000-0ff1-ce00-000000000000'
const files = '00000003-0000-0ff1-ce00-000000000000'

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', { controls: [], session: { secureSignInSession: { isEnabled: true } }, ...change })

describe(id, () => {
  describePolicyCheck({ id, policy, aboutEveryApplication: false })

  it.each([
    ['switched off', { session: { secureSignInSession: { isEnabled: false } } }],
    ['null', { session: { secureSignInSession: { isEnabled: null } } }],
    ['another application', { applications: { includeApplications: ['x'] } }],
  ])('fails: %s', (_what, change) => {
    expect(outcome(id, { conditionalAccessPolicies: [policy(change)] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  it.each([
    ['mail', [mail]],
    ['files', [files, 'x']],
  ])('fails with a policy for %s alone', (_what, includeApplications) => {
    expect(outcome(id, { conditionalAccessPolicies: [policy({ applications: { includeApplications } })] })).toMatchObject({
      verdict: 'fail',
      reason: 'someApplications',
    })
  })

  it.each([
    ['Office 365', ['Office365']],
    ['mail and files, which Microsoft asks to name one by one', [mail.toUpperCase(), files]],
  ])('passes with a policy for %s', (_what, includeApplications) => {
    expect(outcome(id, { conditionalAccessPolicies: [policy({ applications: { includeApplications } })] }).verdict).toBe('pass')
  })
})
