import { describe, expect, it } from '@jest/globals'
import { notApplicableWithout, sentences, unknownWithout } from '../../../../build/check-test.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { roleIds, rolePolicy } from '../../../../build/people.ts'

const id = 'privileged-activation-short'
const fine = {
  roleManagementPolicies: [
    rolePolicy(roleIds.userAdministrator, { id: 'Expiration_EndUser_Assignment', isExpirationRequired: true, maximumDuration: 'PT8H' }),
    rolePolicy(roleIds.reportsReader),
  ],
}
const p2 = { licences: { p1: 'present', p2: 'present' } } as const

describe(id, () => {
  it('passes when the policy asks for it, whatever other roles do', () => {
    expect(outcome(id, fine, p2)).toMatchObject({ verdict: 'pass', reason: 'all', values: { roles: 1 } })
  })

  it.each([
    [{ id: 'Expiration_EndUser_Assignment', isExpirationRequired: true, maximumDuration: 'PT8H1M' }],
    [{ id: 'Expiration_EndUser_Assignment', isExpirationRequired: true, maximumDuration: 'P1D' }],
    [{ id: 'Expiration_EndUser_Assignment', isExpirationRequired: true, maximumDuration: 'for ever' }],
    [{ id: 'Expiration_EndUser_Assignment', isExpirationRequired: false, maximumDuration: 'PT1H' }],
    [{ id: 'Expiration_EndUser_Assignment', isExpirationRequired: true }],
  ])('fails for %j', (...rules) => {
    const given = { roleManagementPolicies: [rolePolicy(roleIds.userAdministrator, ...rules)] }
    const verdict = outcome(id, given, p2)
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'some' })
    expect(objectsOf(verdict)).toEqual([roleIds.userAdministrator])
    expect(sentences(id, given, p2)).toHaveLength(3)
  })

  it('fails when the role has no policy at all', () => {
    expect(outcome(id, { roleManagementPolicies: [] }, p2)).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  notApplicableWithout('p2', id, fine)
  unknownWithout(id, fine, ['roleManagementPolicies'], p2)
})
