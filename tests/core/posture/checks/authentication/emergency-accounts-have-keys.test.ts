import { describe, expect, it } from '@jest/globals'
import { settingsSchema } from '../../../../../core/posture/settings.ts'
import { notApplicableWithout, sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { registration, roleFacts, rolesGiven } from '../../../../build/people.ts'

const id = 'emergency-accounts-have-keys'
const roles = rolesGiven([holding('a'), holding('b')])
const given = (...registrationDetails: readonly unknown[]) => ({ ...roles, registrationDetails })
const key = { methodsRegistered: ['fido2SecurityKey'] }
const p1 = {
  licences: { p1: 'present', p2: 'present' },
  settings: settingsSchema.parse({ exclusions: { users: ['A'] } }),
} as const
const fine = given(registration('a', key), registration('b'), registration('c'))

describe(id, () => {
  it('passes while declared accounts have a key', () => {
    expect(outcome(id, fine, p1)).toMatchObject({ verdict: 'pass', reason: 'keys', values: { declared: 1 } })
  })

  it('fails for a declared account without one, or one that the report does not name', () => {
    expect(objectsOf(outcome(id, given(registration('a'), registration('b', key)), p1))).toEqual(['a'])
    expect(sentences(id, given(registration('a')), p1)[2]).toBe('Declared for emergencies, without a security key (a@contoso.com).')
    expect(sentences(id, given(), p1)[2]).toBe('Declared for emergencies, and not in the registration report (a@contoso.com).')
  })

  it('does not apply where no account is declared', () => {
    expect(outcome(id, fine, { licences: p1.licences })).toMatchObject({ verdict: 'notApplicable', reason: 'notDeclared' })
  })

  notApplicableWithout('p1', id, fine)
  unknownWithout(id, fine, ['registrationDetails', ...roleFacts], p1)
})
