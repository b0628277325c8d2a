import { describe, expect, it } from '@jest/globals'
import { describeGroupActivation, describePrivilegedRoles } from '../../../../build/activation-cases.ts'
import { notApplicableWithout, sentences } from '../../../../build/check-test.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { noGroupActivations, roleIds, rolePolicy } from '../../../../build/people.ts'

const id = 'privileged-activation-alerts'
const rules = [
  {
    id: 'Notification_Admin_EndUser_Assignment',
    notificationType: 'Email',
    notificationRecipients: ['a@contoso.com'],
  },
]
const fine = {
  ...noGroupActivations,
  roleDefinitions: [],
  roleManagementPolicies: [rolePolicy(roleIds.userAdministrator, ...rules), rolePolicy(roleIds.globalAdministrator)],
}
const p2 = { licences: { p1: 'present', p2: 'present' } } as const

describe(id, () => {
  it('passes when the policy asks for it, whatever other roles do', () => {
    expect(outcome(id, fine, p2)).toMatchObject({ verdict: 'pass', reason: 'all', values: { roles: 1 } })
  })

  it.each([
    [{ id: 'Notification_Admin_EndUser_Assignment', notificationType: 'Email', notificationRecipients: [] }],
    [{ id: 'Notification_Admin_EndUser_Assignment', notificationType: 'unknownFutureValue', notificationRecipients: ['a@contoso.com'] }],
    [{ id: 'Notification_Requestor_EndUser_Assignment', notificationType: 'Email', notificationRecipients: ['a@contoso.com'] }],
  ])('fails for %j', (...loose) => {
    const given = { ...noGroupActivations, roleDefinitions: [], roleManagementPolicies: [rolePolicy(roleIds.userAdministrator, ...loose)] }
    const verdict = outcome(id, given, p2)
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'some' })
    expect(objectsOf(verdict)).toEqual([roleIds.userAdministrator])
    expect(sentences(id, given, p2)).toHaveLength(3)
  })

  it('fails when the role has no policy at all', () => {
    expect(outcome(id, { ...noGroupActivations, roleDefinitions: [], roleManagementPolicies: [] }, p2)).toMatchObject({
      verdict: 'fail',
      reason: 'none',
    })
  })

  notApplicableWithout('p2', id, fine)
})

describeGroupActivation({ id, role: roleIds.userAdministrator, rules })
describePrivilegedRoles({ id, role: roleIds.userAdministrator, rules })
