import { describe, expect, it } from '@jest/globals'
import { invitationsAnswered } from '../../../../../core/posture/checks/guests-and-users/invitations-answered.ts'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { inDays } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { guest, user } from '../../../../build/people.ts'

const id = 'invitations-answered'
const pending = (days: number) => ({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: inDays(-days) })
const given = (...users: readonly unknown[]) => ({ users })
const fine = given(guest('a', pending(90)), guest('b'), user('c'))

describe(id, () => {
  it('passes for guests who came, and for fresh invitations', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'pass', reason: 'answered' })
  })

  it('fails for old invitations, and for those whose age nobody knows', () => {
    const old = given(
      guest('a', pending(91)),
      guest('b', { externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: null, createdDateTime: inDays(-91) }),
      guest('c', { externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: null, createdDateTime: null }),
    )
    expect(objectsOf(outcome(id, old))).toEqual(['a', 'b', 'c'])
    expect(sentences(id, old)[2]).toBe('Invited 91 days ago and not come yet (a@contoso.com).')
  })

  it('offers to delete the guest, who can be restored and invited again', () => {
    const verdict = outcome(id, given(guest('a', pending(91))))
    const inputs = 'objects' in verdict ? verdict.objects.map((object) => invitationsAnswered.fix?.input(object)) : []
    expect(inputs).toEqual([{ userId: 'a' }])
  })

  unknownWithout(id, fine, ['users'])
})
