import { describe, expect, it } from '@jest/globals'
import { describeGroupActivation } from '../../../../build/activation-cases.ts'
import { notApplicableWithout, sentences } from '../../../../build/check-test.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { noGroupActivations, roleIds, rolePolicy } from '../../../../build/people.ts'

const id = 'privileged-role-administrator-activation-approved'
const rules = [
  {
    id: 'Approval_EndUser_Assignment',
    setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers: [{}] }] },
  },
]
const fine = {
  ...noGroupActivations,
  roleManagementPolicies: [rolePolicy(roleIds.privilegedRoleAdministrator, ...rules), rolePolicy(roleIds.globalAdministrator)],
}
const p2 = { licences: { p1: 'present', p2: 'present' } } as const

describe(id, () => {
  it('passes when the policy asks for it, whatever other roles do', () => {
    expect(outcome(id, fine, p2)).toMatchObject({ verdict: 'pass', reason: 'all', values: { roles: 1 } })
  })

  it.each([
    [{ id: 'Approval_EndUser_Assignment', setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers: [] }] } }],
    [{ id: 'Approval_EndUser_Assignment', setting: { isApprovalRequired: true } }],
    [{ id: 'Approval_EndUser_Assignment', setting: { isApprovalRequired: false, approvalStages: [{ primaryApprovers: [{}] }] } }],
    [{ id: 'Approval_Admin_Assignment', setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers: [{}] }] } }],
  ])('fails for %j', (...loose) => {
    const given = { ...noGroupActivations, roleManagementPolicies: [rolePolicy(roleIds.privilegedRoleAdministrator, ...loose)] }
    const verdict = outcome(id, given, p2)
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'some' })
    expect(objectsOf(verdict)).toEqual([roleIds.privilegedRoleAdministrator])
    expect(sentences(id, given, p2)).toHaveLength(3)
  })

  it('fails when the role has no policy at all', () => {
    expect(outcome(id, { ...noGroupActivations, roleManagementPolicies: [] }, p2)).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  notApplicableWithout('p2', id, fine)
})

describeGroupActivation({ id, role: roleIds.privilegedRoleAdministrator, rules })
