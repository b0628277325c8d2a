import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { eligible, roleFacts, roleIds, rolesGiven, user } from '../../../../build/people.ts'

const id = 'privileged-users-cloud-only'
const roles = rolesGiven([holding('u1')], { roleEligibility: [eligible('u2', 'user', roleIds.userAdministrator)] })
const given = (...users: readonly unknown[]) => ({ ...roles, users })
const fine = given(user('u1'), user('u2'), user('u3', { onPremisesSyncEnabled: true, onPremisesImmutableId: 'abc==' }))

describe(id, () => {
  it('passes while only accounts without a role are synchronised', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'pass', reason: 'cloudOnly' })
  })

  it('fails for a synchronised administrator, active or eligible, and for one who was synchronised before', () => {
    const both = given(
      user('U1', { onPremisesSyncEnabled: true, onPremisesImmutableId: 'abc==' }),
      user('u2', { onPremisesImmutableId: 'abc==' }),
    )
    expect(objectsOf(outcome(id, both))).toEqual(['U1', 'u2'])
    expect(sentences(id, both)).toEqual([
      '2 administrators have an account that comes from on premises',
      '2 accounts with a privileged role are tied to an account on premises.',
      'Synchronised from on premises; holds Global Administrator.',
      'No longer synchronised, but still tied to an account on premises by its immutable id; holds User Administrator.',
    ])
  })

  it('passes for an account that was never tied to one', () => {
    expect(outcome(id, given(user('u1', { onPremisesSyncEnabled: false, onPremisesImmutableId: '' }))).verdict).toBe('pass')
  })

  it('minds a tie that is left over as CISA does, and not as CIS', () => {
    const left = given(user('u1', { onPremisesImmutableId: 'abc==' }))
    const verdicts = ['default', 'scuba', 'cis'].map((baseline) => outcome(id, left, { baseline }).verdict)
    expect(verdicts).toEqual(['fail', 'fail', 'pass'])
  })

  it('is unknown when a person comes without the deciding field', () => {
    expect(outcome(id, given({ ...user('u1'), onPremisesImmutableId: undefined }))).toMatchObject({
      verdict: 'unknown',
      reason: 'shape',
      fact: 'users',
    })
  })

  unknownWithout(id, fine, ['users', ...roleFacts])
})
