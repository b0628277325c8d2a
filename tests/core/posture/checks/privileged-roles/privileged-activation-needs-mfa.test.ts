import { describe, expect, it } from '@jest/globals'
import { describeGroupActivation, describePrivilegedRoles } from '../../../../build/activation-cases.ts'
import { notApplicableWithout, sentences } from '../../../../build/check-test.ts'
import { coveringPolicy } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { noGroupActivations, roleIds, rolePolicy } from '../../../../build/people.ts'

const id = 'privileged-activation-needs-mfa'
const rules = [
  {
    id: 'Enablement_EndUser_Assignment',
    enabledRules: ['MultiFactorAuthentication', 'Justification'],
  },
]
const fine = {
  ...noGroupActivations,
  roleDefinitions: [],
  conditionalAccessPolicies: [],
  roleManagementPolicies: [rolePolicy(roleIds.userAdministrator, ...rules), rolePolicy(roleIds.reportsReader)],
}
const p2 = { licences: { p1: 'present', p2: 'present' } } as const

describe(id, () => {
  it('passes when the policy asks for it, whatever other roles do', () => {
    expect(outcome(id, fine, p2)).toMatchObject({ verdict: 'pass', reason: 'all', values: { roles: 1 } })
  })

  it.each([
    [{ id: 'Enablement_EndUser_Assignment', enabledRules: ['Justification'] }],
    [{ id: 'AuthenticationContext_EndUser_Assignment', isEnabled: false, claimValue: 'c1' }],
    [{ id: 'AuthenticationContext_EndUser_Assignment', isEnabled: true, claimValue: '' }],
    [{ id: 'Enablement_Admin_Assignment', enabledRules: ['MultiFactorAuthentication'] }],
  ])('fails for %j', (...loose) => {
    const given = { ...fine, roleManagementPolicies: [rolePolicy(roleIds.userAdministrator, ...loose)] }
    const verdict = outcome(id, given, p2)
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'some' })
    expect(objectsOf(verdict)).toEqual([roleIds.userAdministrator])
    expect(sentences(id, given, p2)).toHaveLength(3)
  })

  it('fails when the role has no policy at all', () => {
    expect(outcome(id, { ...fine, roleManagementPolicies: [] }, p2)).toMatchObject({
      verdict: 'fail',
      reason: 'none',
    })
  })

  it('takes an authentication context only where Conditional Access enforces it', () => {
    const byContext = rolePolicy(roleIds.userAdministrator, {
      id: 'AuthenticationContext_EndUser_Assignment',
      isEnabled: true,
      claimValue: 'c1',
    })
    const verdict = (...conditionalAccessPolicies: readonly object[]) =>
      outcome(id, { ...fine, roleManagementPolicies: [byContext], conditionalAccessPolicies }, p2).verdict
    const naming = (change: Parameters<typeof coveringPolicy>[1] = {}, context = 'c1') =>
      coveringPolicy(`p-${change.state ?? 'on'}`, {
        controls: ['mfa'],
        ...change,
        applications: { includeApplications: [], includeAuthenticationContextClassReferences: [context] },
      })
    // Where none names it, Microsoft asks for a second factor instead.
    expect(verdict()).toBe('pass')
    expect(verdict(naming({ state: 'disabled' }, 'c2'))).toBe('pass')
    expect(verdict(naming())).toBe('pass')
    expect(verdict(naming({ users: { includeUsers: [], includeGroups: ['admins'] } }))).toBe('pass')
    expect(verdict(naming({ state: 'disabled' }))).toBe('fail')
    expect(verdict(naming({ state: 'enabledForReportingButNotEnforced' }))).toBe('fail')
    expect(verdict(naming({ state: 'disabled' }), naming())).toBe('pass')
    expect(verdict(naming({ controls: [] }))).toBe('fail')
    expect(verdict(naming({ users: { includeUsers: [], includeRoles: [roleIds.userAdministrator] } }))).toBe('fail')
  })

  notApplicableWithout('p2', id, fine)
})

describeGroupActivation({ id, role: roleIds.userAdministrator, rules, given: { conditionalAccessPolicies: [] } })
describePrivilegedRoles({ id, role: roleIds.userAdministrator, rules, given: { conditionalAccessPolicies: [] } })
