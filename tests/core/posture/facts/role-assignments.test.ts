import { roleAssignments } from '../../../../core/posture/facts/role-assignments.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = {
  id: 'r',
  principalId: 'p',
  roleDefinitionId: 'd',
  directoryScopeId: '/administrativeUnits/u',
  principal: { '@odata.type': '#microsoft.graph.user', displayName: 'Name', userPrincipalName: 'n@contoso.com' },
}

describeFact('role-assignments', roleAssignments, {
  answer: { ...row, condition: null, principal: { ...row.principal, mail: 'n@contoso.com' } },
  row,
  needed: ['id', 'principalId', 'roleDefinitionId'],
  optional: ['directoryScopeId', 'principal'],
})
