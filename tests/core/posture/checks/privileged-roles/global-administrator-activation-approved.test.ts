import { describe, expect, it } from '@jest/globals'
import { notApplicableWithout, sentences, unknownWithout } from '../../../../build/check-test.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { holding } from '../../../../build/facts.ts'
import { eligible, mayJoin, roleIds, rolePolicy } from '../../../../build/people.ts'

const id = 'global-administrator-activation-approved'
const noGroups = { roleAssignments: [holding('u1')], pimGroupEligibility: [] }
const fine = {
  ...noGroups,
  roleManagementPolicies: [
    rolePolicy(roleIds.globalAdministrator, { id: 'Approval_EndUser_Assignment', setting: { isApprovalRequired: true } }),
    rolePolicy(roleIds.userAdministrator),
  ],
}
const p2 = { licences: { p1: 'present', p2: 'present' } } as const

describe(id, () => {
  it('passes when the policy asks for it, whatever other roles do', () => {
    expect(outcome(id, fine, p2)).toMatchObject({ verdict: 'pass', reason: 'all', values: { roles: 1 } })
  })

  it.each([
    [{ id: 'Approval_EndUser_Assignment', setting: { isApprovalRequired: false } }],
    [{ id: 'Approval_EndUser_Assignment', setting: {} }],
    [{ id: 'Approval_EndUser_Assignment' }],
    [{ id: 'Approval_Admin_Assignment', setting: { isApprovalRequired: true } }],
  ])('fails for %j', (...rules) => {
    const given = { ...noGroups, roleManagementPolicies: [rolePolicy(roleIds.globalAdministrator, ...rules)] }
    const verdict = outcome(id, given, p2)
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'some' })
    expect(objectsOf(verdict)).toEqual([roleIds.globalAdministrator])
    expect(sentences(id, given, p2)).toHaveLength(3)
  })

  it('fails when the role has no policy at all', () => {
    expect(outcome(id, { ...noGroups, roleManagementPolicies: [] }, p2)).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  it('leaves a group that holds the role to a person where people may activate their membership of it', () => {
    const byGroup = { ...fine, roleAssignments: [holding('g1', 'group')], pimGroupEligibility: [mayJoin('G1', 'u2')] }
    expect(outcome(id, byGroup, p2)).toMatchObject({ verdict: 'manual', reason: 'groups', values: { groups: 1 } })
    expect(outcome(id, { ...byGroup, roleManagementPolicies: [] }, p2).verdict).toBe('fail')
    // Without such members, of another role, or eligible itself, the settings of the role say it all.
    expect(outcome(id, { ...byGroup, pimGroupEligibility: [] }, p2).verdict).toBe('pass')
    expect(outcome(id, { ...byGroup, roleAssignments: [holding('g1', 'group', roleIds.userAdministrator)] }, p2).verdict).toBe('pass')
    expect(outcome(id, { ...byGroup, roleAssignments: [], roleEligibility: [eligible('g1', 'group')] }, p2).verdict).toBe('pass')
  })

  notApplicableWithout('p2', id, fine)
  unknownWithout(id, fine, ['roleManagementPolicies', 'roleAssignments', 'pimGroupEligibility'], p2)
})
