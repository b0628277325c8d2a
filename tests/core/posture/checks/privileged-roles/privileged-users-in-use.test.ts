import { describe, expect, it } from '@jest/globals'
import { notApplicableWithout, sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding, inDays } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { roleFacts, roleIds, rolesGiven, signedIn } from '../../../../build/people.ts'
import { settingsSchema } from '../../../../../core/posture/settings.ts'

const id = 'privileged-users-in-use'
const roles = rolesGiven([holding('u1'), holding('u2'), holding('r', 'user', roleIds.reportsReader)])
const given = (...userSignInActivity: readonly unknown[]) => ({ ...roles, userSignInActivity })
const p1 = { licences: { p1: 'present', p2: 'present' } } as const
const fine = given(signedIn('u1', 90), signedIn('u2', null, { createdDateTime: inDays(-90) }), signedIn('r', 400), signedIn('x', null))

describe(id, () => {
  it('passes while administrators sign in, and for a new account', () => {
    expect(outcome(id, fine, p1)).toMatchObject({ verdict: 'pass', reason: 'used', values: { days: 90 } })
  })

  it('fails for an administrator who has not, or never did', () => {
    const old = given(signedIn('u1', 91), signedIn('u2', null, { createdDateTime: null }))
    expect(objectsOf(outcome(id, old, p1))).toEqual(['u1', 'u2'])
    expect(sentences(id, old, p1).slice(2)).toEqual([
      'Last signed in 91 days ago, and holds Global Administrator.',
      'Never signed in, and holds Global Administrator.',
    ])
  })

  it('does not take a failed attempt for a sign-in', () => {
    const tried = signedIn('u1', null, { signInActivity: { lastSuccessfulSignInDateTime: null, lastSignInDateTime: inDays(-1) } })
    expect(outcome(id, given(tried), p1).verdict).toBe('fail')
  })

  it('lets disabled and declared accounts be', () => {
    expect(outcome(id, given(signedIn('u1', 400, { accountEnabled: false })), p1).verdict).toBe('pass')
    const settings = settingsSchema.parse({ permanentRoleAssignmentAllowed: { users: ['U1'] } })
    expect(outcome(id, given(signedIn('u1', 400)), { ...p1, settings }).verdict).toBe('pass')
  })

  notApplicableWithout('p1', id, fine)
  unknownWithout(id, fine, ['userSignInActivity', ...roleFacts], p1)
})
