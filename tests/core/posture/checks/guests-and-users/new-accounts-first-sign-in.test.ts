import { describe, expect, it } from '@jest/globals'
import { notApplicableWithout, sentences, unknownWithout } from '../../../../build/check-test.ts'
import { inDays } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { signedIn } from '../../../../build/people.ts'
import { settingsSchema } from '../../../../../core/posture/settings.ts'

const id = 'new-accounts-first-sign-in'
const given = (...userSignInActivity: readonly unknown[]) => ({ userSignInActivity })
const p1 = { licences: { p1: 'present', p2: 'present' } } as const
const made = (days: number) => ({ createdDateTime: inDays(-days) })
const fine = given(
  signedIn('a', null, made(30)),
  signedIn('b', 400),
  signedIn('c', null, { userType: 'Guest' }),
  signedIn('d', null, { accountEnabled: false }),
)

describe(id, () => {
  it('passes for accounts that were used or are new', () => {
    expect(outcome(id, fine, p1)).toMatchObject({ verdict: 'pass', reason: 'used' })
  })

  it('warns about accounts that were never used', () => {
    const unused = given(signedIn('a', null, made(31)), signedIn('b', null, { createdDateTime: null }))
    expect(outcome(id, unused, p1).verdict).toBe('warn')
    expect(objectsOf(outcome(id, unused, p1))).toEqual(['a', 'b'])
    expect(sentences(id, unused, p1)[2]).toBe('Made 31 days ago and never used (a@contoso.com).')
  })

  it('warns about an account whose age nobody knows, however long new accounts may wait', () => {
    const overrides = [{ parameter: 'newAccountDays', value: 90, reason: 'Seasonal work', by: 'o', byName: 'Olga', at: inDays(-1) }]
    const settings = settingsSchema.parse({ overrides })
    const unused = given(signedIn('a', null, made(60)), signedIn('b', null, { createdDateTime: null }))
    expect(objectsOf(outcome(id, unused, { ...p1, settings }))).toEqual(['b'])
  })

  it('lets declared emergency accounts wait', () => {
    const settings = settingsSchema.parse({ exclusions: { users: ['a'] } })
    expect(outcome(id, given(signedIn('a', null)), { ...p1, settings }).verdict).toBe('pass')
  })

  notApplicableWithout('p1', id, fine)
  unknownWithout(id, fine, ['userSignInActivity'], p1)
})
