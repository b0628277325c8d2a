import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { eligible, guest, roleFacts, roleIds, rolesGiven, user } from '../../../../build/people.ts'

const id = 'no-guest-in-privileged-role'
const roles = rolesGiven([holding('u1'), holding('u3', 'user', roleIds.reportsReader)], { roleEligibility: [eligible('u2')] })
const given = (...users: readonly unknown[]) => ({ ...roles, users })
const fine = given(user('u1'), user('u2', { userType: null }), guest('u3'), guest('u4'))

describe(id, () => {
  it('passes for members, and for guests without a privileged role', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'pass', reason: 'none' })
  })

  it('fails for a guest who holds or may activate a privileged role', () => {
    const guests = given(guest('u1'), guest('u2', { userType: 'guest' }))
    expect(objectsOf(outcome(id, guests))).toEqual(['u1', 'u2'])
    expect(sentences(id, guests).slice(0, 3)).toEqual([
      '2 guests hold a privileged role',
      '2 guests hold a privileged role or may activate one.',
      'A guest (u1@contoso.com) with Global Administrator.',
    ])
  })

  it('does not pass for a kind of account that it does not know', () => {
    expect(outcome(id, given(user('u1', { userType: 'unknownFutureValue' }))).verdict).toBe('fail')
  })

  it('warns of a member who signs in at another organisation', () => {
    const elsewhere = user('u1', { userPrincipalName: 'ada_fabrikam.com#EXT#@contoso.onmicrosoft.com' })
    expect(outcome(id, given(elsewhere))).toMatchObject({ verdict: 'warn', reason: 'some' })
    expect(outcome(id, given({ ...elsewhere, userType: null })).verdict).toBe('warn')
    expect(outcome(id, given({ ...elsewhere, id: 'u3' })).verdict).toBe('pass')
  })

  unknownWithout(id, fine, ['users', ...roleFacts])
})
