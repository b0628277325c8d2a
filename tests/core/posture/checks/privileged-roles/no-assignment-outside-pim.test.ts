import { describe, expect, it } from '@jest/globals'
import { notApplicableWithout, sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { roleFacts, roleIds, rolesGiven, schedule } from '../../../../build/people.ts'
import { settingsSchema } from '../../../../../core/posture/settings.ts'

const id = 'no-assignment-outside-pim'
const given = (...schedules: readonly unknown[]) =>
  rolesGiven([holding('u1'), holding('s', 'servicePrincipal'), holding('r', 'user', roleIds.reportsReader)], {
    roleAssignmentSchedules: schedules,
  })
const outside = { startDateTime: null, endDateTime: null }
const fine = given(
  schedule('u1', { endDateTime: null }),
  schedule('s', outside),
  schedule('r', { ...outside, roleDefinitionId: roleIds.reportsReader }),
)
const p2 = { licences: { p1: 'present', p2: 'present' } } as const

describe(id, () => {
  it('passes while each assignment has a start in Privileged Identity Management', () => {
    expect(outcome(id, fine, p2)).toMatchObject({ verdict: 'pass', reason: 'none' })
  })

  it('fails for one without a start', () => {
    const verdict = outcome(id, given(schedule('u1', outside)), p2)
    expect(objectsOf(verdict)).toEqual([`u1/${roleIds.globalAdministrator}-u1`])
    expect(sentences(id, given(schedule('u1', outside)), p2)[2]).toBe(
      'Was given Global Administrator outside Privileged Identity Management.',
    )
  })

  it('lets declared accounts be', () => {
    const settings = settingsSchema.parse({ permanentRoleAssignmentAllowed: { users: ['u1'] } })
    expect(outcome(id, given(schedule('u1', outside)), { ...p2, settings }).verdict).toBe('pass')
  })

  notApplicableWithout('p2', id, fine)
  unknownWithout(id, fine, roleFacts, p2)
})
