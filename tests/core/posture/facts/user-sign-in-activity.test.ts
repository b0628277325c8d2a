import { expect, it } from '@jest/globals'
import { userSignInActivity } from '../../../../core/posture/facts/user-sign-in-activity.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = {
  id: 'u',
  displayName: 'Name',
  userPrincipalName: 'n@contoso.com',
  userType: 'Member',
  accountEnabled: true,
  createdDateTime: '2020-01-01T00:00:00Z',
  signInActivity: { lastSuccessfulSignInDateTime: '2026-01-01T00:00:00Z', lastSignInDateTime: '2026-01-02T00:00:00Z' },
}

describeFact('user-sign-in-activity', userSignInActivity, {
  answer: { ...row, signInActivity: { ...row.signInActivity, lastSignInRequestId: 'r', lastNonInteractiveSignInDateTime: null } },
  row,
  needed: ['id', 'userPrincipalName', 'accountEnabled'],
  nullable: ['userType', 'createdDateTime'],
  optional: ['displayName', 'signInActivity'],
})

it('user-sign-in-activity takes a sign-in that never was for none', () => {
  const never = '0001-01-01T00:00:00Z'
  const signInActivity = { lastSuccessfulSignInDateTime: never, lastSignInDateTime: never }
  expect(userSignInActivity.row.parse({ ...row, signInActivity }).signInActivity).toEqual({
    lastSuccessfulSignInDateTime: null,
    lastSignInDateTime: null,
  })
})
