import { describe, expect, it } from '@jest/globals'
import { outcome } from '../../../../build/judged.ts'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { authorization } from '../../../../build/tenant-policies.ts'

const id = 'guest-access-limited'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authorizationPolicy: [authorization()] },
    wrong: [
      ['the rights of members', { authorizationPolicy: [authorization({ guestUserRoleId: 'a0b1b346-4d3e-4e8b-98f8-753987be4970' })] }],
      ['a role that we do not know', { authorizationPolicy: [authorization({ guestUserRoleId: 'x' })] }],
    ],
    notSaid: [['null', { authorizationPolicy: [authorization({ guestUserRoleId: null })] }]],
    emptyFact: 'authorizationPolicy',
  })

  it('accepts the default for guests outside CIS, in any case of the letters', () => {
    const given = { authorizationPolicy: [authorization({ guestUserRoleId: '10DAE51F-B6AF-4016-8D66-8C2A99B929B3' })] }
    expect(
      [outcome(id, given), outcome(id, given, { baseline: 'scuba' }), outcome(id, given, { baseline: 'cis' })].map(
        ({ verdict }) => verdict,
      ),
    ).toEqual(['pass', 'pass', 'fail'])
  })
})
