import { describe, expect, it } from '@jest/globals'
import { describeGroupActivation, describePrivilegedRoles } from '../../../../build/activation-cases.ts'
import { notApplicableWithout, sentences } from '../../../../build/check-test.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { noGroupActivations, roleIds, rolePolicy } from '../../../../build/people.ts'

const id = 'privileged-assignment-alerts'
const rules = [
  { id: 'Notification_Admin_Admin_Assignment', notificationType: 'Email', notificationRecipients: ['a@contoso.com'] },
  { id: 'Notification_Admin_Admin_Eligibility', notificationType: 'Email', notificationRecipients: ['a@contoso.com'] },
]
const fine = {
  ...noGroupActivations,
  roleDefinitions: [],
  roleManagementPolicies: [rolePolicy(roleIds.userAdministrator, ...rules), rolePolicy(roleIds.reportsReader)],
}
const p2 = { licences: { p1: 'present', p2: 'present' } } as const

describe(id, () => {
  it('passes when the policy asks for it, whatever other roles do', () => {
    expect(outcome(id, fine, p2)).toMatchObject({ verdict: 'pass', reason: 'all', values: { roles: 1 } })
  })

  it.each([
    [{ id: 'Notification_Admin_Admin_Assignment', notificationType: 'Email', notificationRecipients: ['a@contoso.com'] }],
    [{ id: 'Notification_Admin_Admin_Eligibility', notificationType: 'Email', notificationRecipients: ['a@contoso.com'] }],
    [
      { id: 'Notification_Admin_Admin_Assignment', notificationType: 'Email', notificationRecipients: ['a@contoso.com'] },
      { id: 'Notification_Admin_Admin_Eligibility', notificationType: 'Email', notificationRecipients: [] },
    ],
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

describeGroupActivation({ id, role: roleIds.userAdministrator, rules, countsEligibleGroups: true })
describePrivilegedRoles({ id, role: roleIds.userAdministrator, rules })
