import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { eligible, roleFacts, roleIds, rolesGiven, user } from '../../../../build/people.ts'

const id = 'no-disabled-user-in-role'
const roles = rolesGiven([holding('u1'), holding('u3', 'user', roleIds.reportsReader)], { roleEligibility: [eligible('u2')] })
const given = (...users: readonly unknown[]) => ({ ...roles, users })
const off = { accountEnabled: false }
const fine = given(user('u1'), user('u2'), user('u3', off), user('u4', off))

describe(id, () => {
  it('passes while administrators are enabled', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'pass', reason: 'none' })
  })

  it('warns about a disabled account with a privileged role, active or eligible', () => {
    const disabled = given(user('u1', off), user('u2', off))
    expect(outcome(id, disabled)).toMatchObject({ verdict: 'warn', values: { count: 2 } })
    expect(objectsOf(outcome(id, disabled))).toEqual(['u1', 'u2'])
    expect(sentences(id, disabled)[2]).toBe('Disabled (u1@contoso.com), and still holds Global Administrator.')
  })

  unknownWithout(id, fine, ['users', ...roleFacts])
})
