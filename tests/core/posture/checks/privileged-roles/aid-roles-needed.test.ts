import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { aidRoles, withOwn } from '../../../../build/own-identity.ts'
import { customRole, eligible, roleFacts, roleIds, rolesGiven } from '../../../../build/people.ts'

const id = 'aid-roles-needed'
const reports = holding('aid', 'user', roleIds.reportsReader)

describe(id, () => {
  it('passes while the Aid holds what it needs, whatever others hold', () => {
    expect(outcome(id, aidRoles, withOwn())).toMatchObject({ verdict: 'pass', reason: 'none' })
  })
  it('does not apply without an Aid', () => {
    expect(outcome(id, aidRoles)).toMatchObject({ verdict: 'notApplicable', reason: 'notConnected' })
  })
  it('fails on a role that it holds or may activate', () => {
    const given = rolesGiven([reports, holding('aid', 'user', roleIds.userAdministrator)], { roleEligibility: [eligible('aid')] })
    expect(outcome(id, given, withOwn())).toMatchObject({ verdict: 'fail', values: { count: 2 } })
    expect(objectsOf(outcome(id, given, withOwn()))).toEqual([
      `aid/${roleIds.globalAdministrator}/eligible`,
      `aid/${roleIds.userAdministrator}`,
    ])
    expect(sentences(id, given, withOwn())[3]).toBe('User Administrator, held, for the whole tenant.')
  })
  it('lets a custom role hold what is needed and nothing more', () => {
    const needed = 'microsoft.directory/applications/credentials/update'
    const given = (...allowed: readonly string[]) =>
      rolesGiven([reports, holding('aid', 'user', 'own-role')], { roleDefinitions: [customRole('own-role', allowed)] })
    expect(outcome(id, given(needed), withOwn())).toMatchObject({ verdict: 'pass' })
    expect(outcome(id, given(needed, 'microsoft.directory/users/delete'), withOwn())).toMatchObject({ verdict: 'fail' })
    expect(outcome(id, given(), withOwn())).toMatchObject({ verdict: 'fail' })
  })
  unknownWithout(id, aidRoles, roleFacts, withOwn())
})
