import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck, sentence } from '../../../../build/policy-check.ts'

const id = 'second-factor-for-guests'

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) => coveringPolicy('p', { controls: ['mfa'], ...change })

describe(id, () => {
  describePolicyCheck({ id, policy })

  it.each([
    ['a choice between a second factor and a device', { builtInControls: ['mfa', 'compliantDevice'], operator: 'OR' }],
    ['a choice under an operator that we do not know', { builtInControls: ['mfa', 'compliantDevice'], operator: null }],
    ['a strength that accepts one factor', { builtInControls: [], authenticationStrength: { id: 's', allowedCombinations: ['password'] } }],
    ['nothing', { builtInControls: [] }],
  ])('fails when the policy asks for %s', (_what, grant) => {
    expect(outcome(id, { conditionalAccessPolicies: [policy({ grant })] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  it('passes with both demands at once, and with a strength of two factors', () => {
    for (const grant of [
      { builtInControls: ['mfa', 'compliantDevice'], operator: 'AND' },
      {
        builtInControls: [],
        authenticationStrength: { id: 's', allowedCombinations: ['password,sms', 'fido2', 'hardwareOath,federatedSingleFactor'] },
      },
    ])
      expect(outcome(id, { conditionalAccessPolicies: [policy({ grant })] }).verdict).toBe('pass')
  })

  it('passes with a policy for every kind of guest, and names the kinds that are missing', () => {
    const forGuests = (guestOrExternalUserTypes: string, membershipKind: string | null = null) =>
      outcome(id, {
        conditionalAccessPolicies: [
          policy({
            users: {
              includeUsers: [],
              includeGuestsOrExternalUsers: {
                guestOrExternalUserTypes,
                externalTenants: membershipKind === null ? null : { membershipKind },
              },
            },
          }),
        ],
      })
    const every = 'internalGuest,b2bCollaborationGuest,b2bCollaborationMember,b2bDirectConnectUser,otherExternalUser,serviceProvider'
    expect(forGuests(every).verdict).toBe('pass')
    expect(forGuests(every, 'all').verdict).toBe('pass')
    expect(forGuests(every, 'enumerated')).toMatchObject({ verdict: 'fail', reason: 'someUsers' })
    expect(
      sentence(id, forGuests('internalGuest,b2bCollaborationGuest,b2bCollaborationMember,b2bDirectConnectUser,otherExternalUser')),
    ).toContain('serviceProvider')
    const oldForm = policy({ users: { includeUsers: ['GuestsOrExternalUsers'] } })
    expect(outcome(id, { conditionalAccessPolicies: [oldForm] }).verdict).toBe('pass')
  })
})
