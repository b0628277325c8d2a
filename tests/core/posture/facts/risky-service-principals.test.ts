import { riskyServicePrincipals } from '../../../../core/posture/facts/risky-service-principals.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = {
  id: 's',
  appId: 'a',
  displayName: 'Name',
  riskLevel: 'high',
  riskState: 'atRisk',
  riskLastUpdatedDateTime: '2026-01-01T00:00:00Z',
}

describeFact('risky-service-principals', riskyServicePrincipals, {
  answer: { ...row, isEnabled: true },
  row,
  needed: ['id', 'riskLevel', 'riskState'],
  nullable: ['appId', 'riskLastUpdatedDateTime'],
  optional: ['displayName'],
})
