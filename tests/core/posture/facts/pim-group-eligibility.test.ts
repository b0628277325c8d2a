import { pimGroupEligibility } from '../../../../core/posture/facts/pim-group-eligibility.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = {
  id: 'e',
  groupId: 'g',
  parentId: 'g',
  principalId: 'p',
  accessId: 'member',
  endDateTime: '2026-02-01T00:00:00Z',
  principal: { '@odata.type': '#microsoft.graph.user', displayName: 'Name', userPrincipalName: 'n@contoso.com' },
}

describeFact('pim-group-eligibility', pimGroupEligibility, {
  answer: { ...row, memberType: 'direct', principal: { ...row.principal, id: 'p' } },
  row,
  needed: ['id', 'groupId', 'parentId', 'principalId', 'accessId'],
  nullable: ['endDateTime'],
  optional: ['principal'],
})
