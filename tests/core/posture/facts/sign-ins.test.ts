import { signIns } from '../../../../core/posture/facts/sign-ins.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = { id: 's', createdDateTime: '2026-01-01T00:00:00Z', userId: 'u', appId: 'a', clientAppUsed: 'Browser' }

describeFact('sign-ins', signIns, {
  answer: { ...row, ipAddress: '192.0.2.1' },
  row,
  needed: ['id', 'createdDateTime', 'userId'],
  nullable: ['appId', 'clientAppUsed'],
})
