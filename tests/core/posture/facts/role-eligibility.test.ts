import { roleEligibility } from '../../../../core/posture/facts/role-eligibility.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = {
  id: 'r',
  principalId: 'p',
  roleDefinitionId: 'd',
  directoryScopeId: '/',
  endDateTime: '2027-01-01T00:00:00Z',
  principal: { '@odata.type': '#microsoft.graph.user', displayName: 'Name', userPrincipalName: 'n@contoso.com' },
}

describeFact('role-eligibility', roleEligibility, {
  answer: { ...row, memberType: 'Direct', principal: { ...row.principal, mail: 'n@contoso.com' } },
  row,
  needed: ['id', 'principalId', 'roleDefinitionId'],
  optional: ['directoryScopeId', 'endDateTime', 'principal'],
})
