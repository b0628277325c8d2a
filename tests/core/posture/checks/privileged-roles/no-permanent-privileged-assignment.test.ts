import { describe, expect, it } from '@jest/globals'
import { notApplicableWithout, sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding, inDays, member } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { eligible, roleFacts, roleIds, rolesGiven, schedule } from '../../../../build/people.ts'
import { settingsSchema } from '../../../../../core/posture/settings.ts'

const id = 'no-permanent-privileged-assignment'
const fine = rolesGiven([holding('u1'), holding('s', 'servicePrincipal'), holding('r', 'user', roleIds.reportsReader)], {
  roleAssignmentSchedules: [schedule('u1', { endDateTime: inDays(1) })],
  roleEligibility: [eligible('u2')],
})
const p2 = { licences: { p1: 'present', p2: 'present' } } as const

describe(id, () => {
  it('passes while each active assignment ends; being eligible without an end is fine', () => {
    expect(outcome(id, fine, p2)).toMatchObject({ verdict: 'pass', reason: 'none' })
  })

  it('fails for people and groups whose assignment never ends, and names the group rather than its members', () => {
    const given = rolesGiven([holding('u1'), holding('g1', 'group')], {
      roleAssignmentSchedules: [schedule('u1', { endDateTime: null })],
      roleGroupMembers: [member('g1', 'u3')],
    })
    expect(objectsOf(outcome(id, given, p2))).toEqual(['g1', 'u1'])
    expect(sentences(id, given, p2)[2]).toBe('Holds Global Administrator without an end within a year.')
  })

  it('takes an end that nobody lives to see for none', () => {
    const until = (days: number) =>
      outcome(id, rolesGiven([holding('u1')], { roleAssignmentSchedules: [schedule('u1', { endDateTime: inDays(days) })] }), p2).verdict
    expect(until(365)).toBe('pass')
    expect(until(367)).toBe('fail')
    expect(until(30_000)).toBe('fail')
  })

  it('lets declared people and groups be, each in their own list', () => {
    const given = rolesGiven([holding('u1'), holding('g1', 'group')], { roleGroupMembers: [] })
    const allowed = (users: readonly string[], groups: readonly string[]) =>
      outcome(id, given, { ...p2, settings: settingsSchema.parse({ permanentRoleAssignmentAllowed: { users, groups } }) })
    expect(allowed(['U1'], ['g1']).verdict).toBe('pass')
    expect(objectsOf(allowed(['g1'], ['u1']))).toEqual(['g1', 'u1'])
  })

  notApplicableWithout('p2', id, fine)
  unknownWithout(id, fine, roleFacts, p2)
})
