import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding, member } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { roleFacts, roleIds, rolesGiven } from '../../../../build/people.ts'

const id = 'role-group-owners-privileged'
const roles = rolesGiven([
  holding('g1', 'group'),
  holding('g2', 'group', roleIds.reportsReader),
  holding('a'),
  holding('r', 'user', roleIds.reportsReader),
])
const given = (...roleGroupOwners: readonly unknown[]) => ({ ...roles, roleGroupOwners })
const fine = given(member('g1', 'a'), member('g2', 'somebody'))

describe(id, () => {
  it('passes while owners are administrators themselves, or the group leads to nothing privileged', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'pass', reason: 'none' })
    expect(outcome(id, given()).verdict).toBe('pass')
  })

  it('fails for an owner without a role, or with one that is not privileged', () => {
    expect(objectsOf(outcome(id, given(member('g1', 'somebody'), member('g1', 'r'))))).toEqual(['g1/r', 'g1/somebody'])
    expect(sentences(id, given(member('g1', 'somebody')))[2]).toBe(
      'Its owner somebody@contoso.com holds no privileged role and can become a member, and so get Global Administrator.',
    )
  })

  unknownWithout(id, fine, ['roleGroupOwners', ...roleFacts])
})
