import { describe, expect, it } from '@jest/globals'
import { coveringPolicy, globalAdministratorId } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck, sentence } from '../../../../build/policy-check.ts'

const id = 'administrators-sign-in-often'
const frequency = { isEnabled: true, type: 'hours', value: 4, frequencyInterval: 'timeBased' }
const never = { isEnabled: true, mode: 'never' }

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', { controls: [], session: { signInFrequency: frequency, persistentBrowser: never }, ...change })

describe(id, () => {
  describePolicyCheck({ id, policy })

  it.each([
    ['five hours', { session: { signInFrequency: { ...frequency, value: 5 }, persistentBrowser: never } }],
    ['four days', { session: { signInFrequency: { ...frequency, type: 'days' }, persistentBrowser: never } }],
    ['switched off', { session: { signInFrequency: { ...frequency, isEnabled: false }, persistentBrowser: never } }],
    ['a unit that we do not know', { session: { signInFrequency: { ...frequency, type: 'minutes' }, persistentBrowser: never } }],
    ['browsers remember', { session: { signInFrequency: frequency, persistentBrowser: null } }],
  ])('fails: %s', (_what, change) => {
    expect(outcome(id, { conditionalAccessPolicies: [policy(change)] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  it('passes with every time, and names the roles that are missing', () => {
    const everyTime = { isEnabled: true, type: null, value: null, frequencyInterval: 'everyTime' }
    const row = policy({ session: { signInFrequency: everyTime, persistentBrowser: never } })
    expect(outcome(id, { conditionalAccessPolicies: [row] }).verdict).toBe('pass')
    const some = outcome(id, {
      conditionalAccessPolicies: [policy({ users: { includeUsers: [], includeRoles: [globalAdministratorId] } })],
    })
    expect(sentence(id, some)).toContain('Privileged Role Administrator')
  })
})
