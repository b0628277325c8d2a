import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { user } from '../../../../build/people.ts'

const id = 'strong-passwords-required'
const given = (...users: readonly unknown[]) => ({ users })
const fine = given(user('a'), user('b', { passwordPolicies: 'DisablePasswordExpiration' }), user('c', { passwordPolicies: 'None' }))

describe(id, () => {
  it('passes while nobody is freed from the rules', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'pass', reason: 'none' })
  })

  it('warns about accounts that are', () => {
    const weak = given(
      user('a', { passwordPolicies: 'DisableStrongPassword' }),
      user('b', { passwordPolicies: 'DisablePasswordExpiration, DisableStrongPassword' }),
    )
    expect(outcome(id, weak).verdict).toBe('warn')
    expect(objectsOf(outcome(id, weak))).toEqual(['a', 'b'])
    expect(sentences(id, weak)[2]).toBe('May have a weak password (a@contoso.com).')
  })

  unknownWithout(id, fine, ['users'])
})
