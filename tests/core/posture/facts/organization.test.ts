import { organization } from '../../../../core/posture/facts/organization.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = {
  id: 'o',
  displayName: 'Contoso',
  verifiedDomains: [{ name: 'contoso.com', isDefault: true, isInitial: false }],
  onPremisesSyncEnabled: true,
  onPremisesLastSyncDateTime: '2026-01-01T00:00:00Z',
}

describeFact('organization', organization, {
  answer: { ...row, country: 'DE', verifiedDomains: [{ ...row.verifiedDomains[0], type: 'Managed' }] },
  row,
  needed: ['id', 'verifiedDomains'],
  nullable: ['onPremisesSyncEnabled', 'onPremisesLastSyncDateTime'],
  optional: ['displayName'],
})
