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

  it('passes where one policy ends sessions and another one keeps browsers from remembering, unless one policy is asked for', () => {
    const halves = (change: Parameters<typeof coveringPolicy>[1] = {}) => [
      coveringPolicy('ends', { controls: [], session: { signInFrequency: frequency, persistentBrowser: null } }),
      coveringPolicy('forgets', { controls: [], session: { signInFrequency: null, persistentBrowser: never }, ...change }),
    ]
    const found = outcome(id, { conditionalAccessPolicies: halves() })
    expect(found).toMatchObject({
      verdict: 'pass',
      reason: 'together',
      basis: ['conditionalAccessPolicies/ends', 'conditionalAccessPolicies/forgets'],
    })
    expect(sentence(id, found)).toContain('Policy ends, Policy forgets')
    expect(outcome(id, { conditionalAccessPolicies: halves() }, { baseline: 'scuba' }).verdict).toBe('fail')
    const lacking: readonly Parameters<typeof coveringPolicy>[1][] = [
      { state: 'disabled' },
      { state: 'enabledForReportingButNotEnforced' },
      { users: { excludeUsers: ['u1'] } },
    ]
    for (const change of lacking) expect(outcome(id, { conditionalAccessPolicies: halves(change) }).verdict).toBe('fail')
  })
})
