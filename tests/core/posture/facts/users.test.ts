import { users } from '../../../../core/posture/facts/users.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = {
  id: 'u',
  displayName: 'Name',
  userPrincipalName: 'n@contoso.com',
  userType: 'Guest',
  accountEnabled: true,
  createdDateTime: '2020-01-01T00:00:00Z',
  externalUserState: 'PendingAcceptance',
  externalUserStateChangeDateTime: '2020-01-02T00:00:00Z',
  onPremisesSyncEnabled: true,
  onPremisesImmutableId: 'abc==',
  passwordPolicies: 'DisablePasswordExpiration',
  assignedLicenses: [{ skuId: 's', disabledPlans: ['p'] }],
}

describeFact('users', users, {
  answer: { ...row, '@odata.id': 'x', mail: 'n@contoso.com' },
  row,
  needed: ['id', 'userPrincipalName', 'accountEnabled', 'assignedLicenses'],
  nullable: [
    'userType',
    'createdDateTime',
    'externalUserState',
    'externalUserStateChangeDateTime',
    'onPremisesSyncEnabled',
    'onPremisesImmutableId',
    'passwordPolicies',
  ],
  optional: ['displayName'],
})
