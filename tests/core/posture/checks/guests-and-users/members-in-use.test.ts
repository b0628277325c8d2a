import { describe, expect, it } from '@jest/globals'
import { notApplicableWithout, sentences, unknownWithout } from '../../../../build/check-test.ts'
import { inDays } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { signedIn } from '../../../../build/people.ts'
import { settingsSchema } from '../../../../../core/posture/settings.ts'

const id = 'members-in-use'
const own = { userType: 'Member' }
const given = (...userSignInActivity: readonly unknown[]) => ({ userSignInActivity })
const p1 = { licences: { p1: 'present', p2: 'present' } } as const
const fine = given(
  signedIn('a', 90, own),
  signedIn('b', null, { ...own, createdDateTime: inDays(-90) }),
  signedIn('c', 400, { ...own, accountEnabled: false }),
  signedIn('d', 400, { userType: 'Guest' }),
)

describe(id, () => {
  it('passes for accounts in use, new, disabled or of the other kind', () => {
    expect(outcome(id, fine, p1)).toMatchObject({ verdict: 'pass', reason: 'used' })
  })

  it('fails for accounts left behind', () => {
    const left = given(
      signedIn('a', 91, own),
      signedIn('b', null, { ...own, createdDateTime: inDays(-91) }),
      signedIn('c', null, { ...own, createdDateTime: null }),
    )
    expect(objectsOf(outcome(id, left, p1))).toEqual(['a', 'b', 'c'])
    expect(sentences(id, left, p1)[2]).toBe('Last signed in 91 days ago (a@contoso.com).')
  })

  it('does not take a failed attempt for a sign-in', () => {
    const tried = signedIn('a', null, { ...own, signInActivity: { lastSuccessfulSignInDateTime: null, lastSignInDateTime: inDays(-1) } })
    expect(outcome(id, given(tried), p1).verdict).toBe('fail')
  })

  it('lets declared accounts of programs rest', () => {
    const settings = settingsSchema.parse({ serviceAccounts: ['A'] })
    expect(objectsOf(outcome(id, given(signedIn('a', 400), signedIn('b', 400)), { ...p1, settings }))).toEqual(['b'])
  })

  it('lets declared emergency accounts rest', () => {
    const settings = settingsSchema.parse({ exclusions: { users: ['A'] } })
    expect(outcome(id, given(signedIn('a', 400)), { ...p1, settings }).verdict).toBe('pass')
  })

  notApplicableWithout('p1', id, fine)
  unknownWithout(id, fine, ['userSignInActivity'], p1)
})
