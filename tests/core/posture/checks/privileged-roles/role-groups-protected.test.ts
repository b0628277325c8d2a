import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding, member } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { group, roleFacts, roleIds, rolesGiven } from '../../../../build/people.ts'

const id = 'role-groups-protected'
const roles = rolesGiven([holding('g1', 'group'), holding('g3', 'group', roleIds.reportsReader)])
const nestedRoles = rolesGiven([holding('g1', 'group')], { roleGroupMembers: [member('g1', 'g2', '#microsoft.graph.group')] })
const fine = { ...roles, groups: [group('g1', { isAssignableToRole: true }), group('g3'), group('g4')] }

describe(id, () => {
  it('passes while groups with privileged roles are assignable to roles', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'pass', reason: 'protected' })
  })

  it('fails for a group that is not assignable to roles', () => {
    for (const isAssignableToRole of [false, null])
      expect(objectsOf(outcome(id, { ...roles, groups: [group('g1', { isAssignableToRole })] }))).toEqual(['g1'])
  })

  it('fails for a group inside such a group', () => {
    const given = { ...nestedRoles, groups: [group('g1', { isAssignableToRole: true }), group('g2', { isAssignableToRole: true })] }
    expect(objectsOf(outcome(id, given))).toEqual(['g2'])
    expect(sentences(id, given)[2]).toBe('Sits inside a group and so leads to Global Administrator.')
    expect(sentences(id, { ...roles, groups: [group('g1')] })[2]).toBe('Leads to Global Administrator, and is not assignable to roles.')
  })

  unknownWithout(id, fine, ['groups', ...roleFacts])
})
