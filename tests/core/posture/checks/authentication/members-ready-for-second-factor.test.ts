import { describe, expect, it } from '@jest/globals'
import { notApplicableWithout, sentences, unknownWithout } from '../../../../build/check-test.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { registration } from '../../../../build/people.ts'

const id = 'members-ready-for-second-factor'
const given = (...registrationDetails: readonly unknown[]) => ({ registrationDetails })
const p1 = { licences: { p1: 'present', p2: 'present' } } as const
const fine = given(registration('a'), registration('b', { isMfaCapable: false, userType: 'guest' }))

describe(id, () => {
  it('passes while each member can use a second factor', () => {
    expect(outcome(id, fine, p1)).toMatchObject({ verdict: 'pass', reason: 'ready' })
  })

  it('fails for members who cannot, administrators first', () => {
    const missing = given(
      registration('a', { isMfaCapable: false, isAdmin: true }),
      registration('b', { isMfaCapable: false, userType: null }),
    )
    const verdict = outcome(id, missing, p1)
    expect(objectsOf(verdict)).toEqual(['a', 'b'])
    expect('objects' in verdict && verdict.objects.map(({ severity }) => severity)).toEqual(['critical', 'high'])
    expect(sentences(id, missing, p1)[2]).toBe('Has no second factor that the policies allow, and is an administrator (a@contoso.com).')
  })

  notApplicableWithout('p1', id, fine)
  unknownWithout(id, fine, ['registrationDetails'], p1)
})
