import { aidSignIns } from '../../../../core/posture/facts/aid-sign-ins.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = {
  id: 's',
  parentId: 'aid',
  createdDateTime: '2026-01-01T00:00:00Z',
  userPrincipalName: 'aid@contoso.com',
  appId: 'a',
  appDisplayName: 'Countersign Act',
  ipAddress: '192.0.2.1',
  status: { errorCode: 0 },
  location: { countryOrRegion: 'FI' },
}

describeFact('aid-sign-ins', aidSignIns, {
  answer: { ...row, clientAppUsed: 'Browser', location: { ...row.location, city: 'Espoo' } },
  row,
  needed: ['id', 'parentId', 'createdDateTime', 'status'],
  nullable: ['appId', 'ipAddress'],
  optional: ['userPrincipalName', 'appDisplayName', 'location'],
})
