import { describe, expect, it } from '@jest/globals'
import { notApplicableWithout, sentences, unknownWithout } from '../../../../build/check-test.ts'
import { holding } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { registration, roleFacts, roleIds, rolesGiven } from '../../../../build/people.ts'

const id = 'administrators-phishing-resistant'
const roles = rolesGiven([holding('u1'), holding('r', 'user', roleIds.reportsReader)])
const given = (...registrationDetails: readonly unknown[]) => ({ ...roles, registrationDetails })
const p1 = { licences: { p1: 'present', p2: 'present' } } as const
const methods = (...methodsRegistered: readonly string[]) => ({ methodsRegistered: [...methodsRegistered] })
const fine = given(
  registration('u1', methods('mobilePhone', 'fido2SecurityKey')),
  registration('u2', { isAdmin: true, ...methods('passKeyDeviceBoundAuthenticator') }),
  registration('u3', methods('mobilePhone')),
  registration('r', methods('mobilePhone')),
)

describe(id, () => {
  it('passes while administrators have such a method', () => {
    expect(outcome(id, fine, p1)).toMatchObject({ verdict: 'pass', reason: 'registered' })
  })

  it('fails for administrators without one, by the roles read or by the report', () => {
    const missing = given(
      registration('u1', methods('mobilePhone', 'a method of tomorrow')),
      registration('u2', { isAdmin: true, ...methods() }),
    )
    expect(objectsOf(outcome(id, missing, p1))).toEqual(['u1', 'u2'])
    expect(sentences(id, missing, p1).slice(2)).toEqual([
      'Has 2 methods, each of which can be phished (u1@contoso.com).',
      'Has registered no method (u2@contoso.com).',
    ])
  })

  notApplicableWithout('p1', id, fine)
  unknownWithout(id, fine, ['registrationDetails', ...roleFacts], p1)
})
