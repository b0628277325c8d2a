import { describe, expect, it } from '@jest/globals'
import { enterprise, ownedBy, registered } from '../../../../build/applications.ts'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding, member } from '../../../../build/facts.ts'
import { objectsOf, outcome, type Given } from '../../../../build/judged.ts'
import { aidRoles, withOwn } from '../../../../build/own-identity.ts'
import { roleFacts, roleIds, rolesGiven, user } from '../../../../build/people.ts'

const id = 'aid-account-plain'
const fine: Given = {
  ...aidRoles,
  users: [user('aid'), user('u1', { onPremisesSyncEnabled: true })],
  applications: [registered('a')],
  servicePrincipals: [enterprise('sp')],
  applicationOwners: [ownedBy('a', 'u1')],
  servicePrincipalOwners: [],
  roleGroupOwners: [],
}
const licence = { skuId: 's', disabledPlans: [] }

describe(id, () => {
  it('passes for a plain account, whatever others are', () => {
    expect(outcome(id, fine, withOwn())).toMatchObject({ verdict: 'pass', reason: 'none' })
  })
  it('does not apply without an Aid, or without any role of it', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'notApplicable', reason: 'notConnected' })
    expect(outcome(id, { ...fine, ...rolesGiven([holding('u1')]) }, withOwn())).toMatchObject({
      verdict: 'notApplicable',
      reason: 'noRole',
    })
  })
  it.each<[string, Given, string, string]>([
    ['synchronised', { users: [user('aid', { onPremisesSyncEnabled: true })] }, 'aid/synced', 'synchronised from on premises'],
    ['a guest', { users: [user('aid', { userType: 'Guest' })] }, 'aid/guest', 'a guest'],
    ['licensed', { users: [user('aid', { assignedLicenses: [licence] })] }, 'aid/licensed', '1 licence'],
    ['the owner of an application', { applicationOwners: [ownedBy('a', 'aid')] }, 'aid/owns/a', 'owns Application a'],
    ['the owner of a group with a role', { roleGroupOwners: [member('g', 'aid')] }, 'aid/owns/g', 'owns g'],
    [
      'a member of a group with a role',
      rolesGiven([holding('g', 'group', roleIds.reportsReader)], { roleGroupMembers: [member('g', 'aid')] }),
      `aid/group/${roleIds.reportsReader}`,
      'Reports Reader through a group',
    ],
  ])('warns about an Aid that is %s', (_what, changed, object, says) => {
    const given = { ...fine, ...changed }
    expect(outcome(id, given, withOwn())).toMatchObject({ verdict: 'warn', values: { count: 1 } })
    expect(objectsOf(outcome(id, given, withOwn()))).toEqual([object])
    expect(sentences(id, given, withOwn())[2]).toContain(says)
  })
  unknownWithout(
    id,
    fine,
    [...roleFacts, 'users', 'applications', 'servicePrincipals', 'applicationOwners', 'servicePrincipalOwners', 'roleGroupOwners'],
    withOwn(),
  )
})
