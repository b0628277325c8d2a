import { registrationDetails } from '../../../../core/posture/facts/registration-details.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = {
  id: 'u',
  userDisplayName: 'Name',
  userPrincipalName: 'n@contoso.com',
  userType: 'member',
  isAdmin: true,
  isMfaCapable: true,
  methodsRegistered: ['fido2SecurityKey', 'a method of tomorrow'],
}

describeFact('registration-details', registrationDetails, {
  answer: { ...row, isSsprCapable: false, lastUpdatedDateTime: '2026-01-01T00:00:00Z' },
  row,
  needed: ['id', 'userPrincipalName', 'isMfaCapable', 'methodsRegistered'],
  nullable: ['userType', 'isAdmin'],
  optional: ['userDisplayName'],
})
