import { riskyUsers } from '../../../../core/posture/facts/risky-users.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = {
  id: 'u',
  userDisplayName: 'Name',
  userPrincipalName: 'n@contoso.com',
  isDeleted: false,
  riskLevel: 'high',
  riskState: 'atRisk',
  riskLastUpdatedDateTime: '2026-01-01T00:00:00Z',
}

describeFact('risky-users', riskyUsers, {
  answer: { ...row, riskDetail: 'none' },
  row,
  needed: ['id', 'riskLevel', 'riskState'],
  nullable: ['isDeleted', 'riskLastUpdatedDateTime'],
  optional: ['userDisplayName', 'userPrincipalName'],
})
