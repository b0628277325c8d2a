import { describe, expect, it } from '@jest/globals'
import { fewMayInvite } from '../../../../../core/posture/checks/guests-and-users/few-may-invite.ts'
import { outcome } from '../../../../build/judged.ts'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { authorization } from '../../../../build/tenant-policies.ts'

const id = 'few-may-invite'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authorizationPolicy: [authorization()] },
    wrong: [
      ['everyone', { authorizationPolicy: [authorization({ allowInvitesFrom: 'everyone' })] }],
      [
        'adminsGuestInvitersAndAllMembers',
        { authorizationPolicy: [authorization({ allowInvitesFrom: 'adminsGuestInvitersAndAllMembers' })] },
      ],
      ['unknownFutureValue', { authorizationPolicy: [authorization({ allowInvitesFrom: 'unknownFutureValue' })] }],
    ],
    notSaid: [['null', { authorizationPolicy: [authorization({ allowInvitesFrom: null })] }]],
    emptyFact: 'authorizationPolicy',
  })

  it('passes where nobody can invite', () => {
    expect(outcome(id, { authorizationPolicy: [authorization({ allowInvitesFrom: 'none' })] }).verdict).toBe('pass')
  })

  it('offers to limit invitations for the tenant', () => {
    const tenant = { type: 'tenant' as const, id: '', name: '', basis: [] }
    expect(fewMayInvite.fix?.input(tenant)).toEqual({ allow: 'adminsAndGuestInviters' })
    expect(fewMayInvite.fix?.input({ ...tenant, type: 'user', id: 'u' })).toBeUndefined()
  })
})
