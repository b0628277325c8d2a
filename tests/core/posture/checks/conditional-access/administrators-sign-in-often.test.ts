import { describe, expect, it } from '@jest/globals'
import { settingsSchema } from '../../../../../core/posture/settings.ts'
import { coveringPolicy, globalAdministratorId, holding } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck, sentence } from '../../../../build/policy-check.ts'

const id = 'administrators-sign-in-often'
const frequency = { isEnabled: true, type: 'hours', value: 4, frequencyInterval: 'timeBased' }
const never = { isEnabled: true, mode: 'never' }

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', { controls: [], session: { signInFrequency: frequency, persistentBrowser: never }, ...change })

describe(id, () => {
  describePolicyCheck({ id, policy, given: { roleAssignments: [] } })

  it.each([
    ['five hours', { session: { signInFrequency: { ...frequency, value: 5 }, persistentBrowser: never } }],
    ['four days', { session: { signInFrequency: { ...frequency, type: 'days' }, persistentBrowser: never } }],
    ['switched off', { session: { signInFrequency: { ...frequency, isEnabled: false }, persistentBrowser: never } }],
    ['a unit that we do not know', { session: { signInFrequency: { ...frequency, type: 'minutes' }, persistentBrowser: never } }],
    ['browsers remember', { session: { signInFrequency: frequency, persistentBrowser: null } }],
  ])('fails: %s', (_what, change) => {
    expect(outcome(id, { roleAssignments: [], conditionalAccessPolicies: [policy(change)] })).toMatchObject({
      verdict: 'fail',
      reason: 'none',
    })
  })

  it('passes with every time, and names the roles that are missing', () => {
    const everyTime = { isEnabled: true, type: null, value: null, frequencyInterval: 'everyTime' }
    const row = policy({ session: { signInFrequency: everyTime, persistentBrowser: never } })
    expect(outcome(id, { roleAssignments: [], conditionalAccessPolicies: [row] }).verdict).toBe('pass')
    const some = outcome(id, {
      roleAssignments: [],
      conditionalAccessPolicies: [policy({ users: { includeUsers: [], includeRoles: [globalAdministratorId] } })],
    })
    expect(sentence(id, some)).toContain('Privileged Role Administrator')
  })

  it('passes where one policy ends sessions and another one keeps browsers from remembering, unless one policy is asked for', () => {
    const halves = (change: Parameters<typeof coveringPolicy>[1] = {}) => [
      coveringPolicy('ends', { controls: [], session: { signInFrequency: frequency, persistentBrowser: null } }),
      coveringPolicy('forgets', { controls: [], session: { signInFrequency: null, persistentBrowser: never }, ...change }),
    ]
    const found = outcome(id, { roleAssignments: [], conditionalAccessPolicies: halves() })
    expect(found).toMatchObject({
      verdict: 'pass',
      reason: 'together',
      basis: ['conditionalAccessPolicies/ends', 'conditionalAccessPolicies/forgets'],
    })
    expect(sentence(id, found)).toContain('Policy ends, Policy forgets')
    expect(outcome(id, { roleAssignments: [], conditionalAccessPolicies: halves() }, { baseline: 'scuba' }).verdict).toBe('fail')
    const lacking: readonly Parameters<typeof coveringPolicy>[1][] = [
      { state: 'disabled' },
      { state: 'enabledForReportingButNotEnforced' },
      { users: { excludeUsers: ['u1'] } },
    ]
    for (const change of lacking)
      expect(outcome(id, { roleAssignments: [], conditionalAccessPolicies: halves(change) }).verdict).toBe('fail')
  })

  it('does not take a policy for roles for one of who holds such a role for a part of the tenant', () => {
    const privilegedRoleTemplateIds = [globalAdministratorId, 'fe930be7-5e62-47db-91af-98c3a49a38b1']
    const settings = settingsSchema.parse({ privilegedRoleTemplateIds })
    const verdict = (users: object, ...roleAssignments: readonly object[]) =>
      outcome(id, { conditionalAccessPolicies: [policy({ users })], roleAssignments }, { settings })
    const roles = { includeUsers: [], includeRoles: privilegedRoleTemplateIds }
    const ofUnit = (who: string, type: 'user' | 'group' | 'servicePrincipal' | null = 'user') => {
      return { ...holding(who, type, privilegedRoleTemplateIds[1]), id: `unit-${who}`, directoryScopeId: '/administrativeUnits/lisbon' }
    }
    expect(verdict(roles, holding('u1', 'user', privilegedRoleTemplateIds[1])).verdict).toBe('pass')
    const found = verdict(roles, ofUnit('u1'))
    expect(found).toMatchObject({ verdict: 'fail', reason: 'someUsers' })
    expect(sentence(id, found)).toContain('User Administrator for a part of the tenant')
    expect(verdict(roles, ofUnit('g1', 'group')).verdict).toBe('fail')
    expect(verdict(roles, ofUnit('x', null)).verdict).toBe('fail')
    // Reached by name, by a group, with everybody, or by a role for the whole tenant; and no person at all.
    expect(verdict({ ...roles, includeUsers: ['U1'] }, ofUnit('u1')).verdict).toBe('pass')
    expect(verdict({ ...roles, includeGroups: ['g1'] }, ofUnit('g1', 'group')).verdict).toBe('pass')
    expect(verdict({}, ofUnit('u1')).verdict).toBe('pass')
    expect(verdict(roles, ofUnit('u1'), holding('u1')).verdict).toBe('pass')
    expect(verdict(roles, ofUnit('s1', 'servicePrincipal')).verdict).toBe('pass')
  })
})
