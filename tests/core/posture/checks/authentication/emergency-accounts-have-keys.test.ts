import { describe, expect, it } from '@jest/globals'
import { notApplicableWithout, sentences, unknownWithout } from '../../../../build/check-test.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { registration } from '../../../../build/people.ts'
import { settingsSchema } from '../../../../../core/posture/settings.ts'

const id = 'emergency-accounts-have-keys'
const given = (...registrationDetails: readonly unknown[]) => ({ registrationDetails })
const p1 = { licences: { p1: 'present', p2: 'present' }, settings: settingsSchema.parse({ exclusions: { users: ['A'] } }) } as const
const fine = given(registration('a', { methodsRegistered: ['fido2SecurityKey'] }), registration('b'))

describe(id, () => {
  it('passes while declared accounts have a key', () => {
    expect(outcome(id, fine, p1)).toMatchObject({ verdict: 'pass', reason: 'keys' })
  })

  it('fails for a declared account without one', () => {
    expect(objectsOf(outcome(id, given(registration('a'), registration('b')), p1))).toEqual(['a'])
    expect(sentences(id, given(registration('a')), p1)[2]).toBe('Declared for emergencies, without a security key (a@contoso.com).')
  })

  notApplicableWithout('p1', id, fine)
  unknownWithout(id, fine, ['registrationDetails'], p1)
})
