import { delegatedAdminRelationships } from '../../../../core/posture/facts/delegated-admin-relationships.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = {
  id: 'r',
  displayName: 'Partner',
  status: 'active',
  endDateTime: '2027-01-01T00:00:00Z',
  accessDetails: { unifiedRoles: [{ roleDefinitionId: 'd' }] },
}

describeFact('delegated-admin-relationships', delegatedAdminRelationships, {
  answer: { ...row, duration: 'P730D', customer: { tenantId: 't' } },
  row,
  needed: ['id', 'status', 'accessDetails'],
  nullable: ['endDateTime'],
  optional: ['displayName'],
})
