import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { roleIds } from '../../../../build/people.ts'

const id = 'partners-without-global-administrator'

function relationship(relationshipId: string, roleId: string, status = 'active') {
  return {
    id: relationshipId,
    displayName: `Partner ${relationshipId}`,
    status,
    endDateTime: null,
    accessDetails: { unifiedRoles: [{ roleDefinitionId: roleId }] },
  }
}

const given = (...delegatedAdminRelationships: readonly unknown[]) => ({ delegatedAdminRelationships })
const fine = given(relationship('a', roleIds.reportsReader), relationship('b', roleIds.globalAdministrator, 'terminated'))

describe(id, () => {
  it('passes for narrower roles, for relationships that are over, and for none', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'pass', values: { relationships: 1 } })
    expect(sentences(id, given())[1]).toBe('No partner administers the tenant.')
  })

  it('fails for a relationship in force, in whatever state that nobody knows', () => {
    const some = given(
      relationship('a', roleIds.globalAdministrator.toUpperCase()),
      relationship('b', roleIds.globalAdministrator, 'unknownFutureValue'),
    )
    expect(objectsOf(outcome(id, some))).toEqual(['a', 'b'])
    expect(sentences(id, some)[2]).toBe('In force (state active), and brings Global Administrator.')
  })

  unknownWithout(id, fine, ['delegatedAdminRelationships'])
})
