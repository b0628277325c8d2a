import { roleGroupOwners } from '../../../../core/posture/facts/role-group-owners.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = { '@odata.type': '#microsoft.graph.user', id: 'u', parentId: 'g', displayName: 'Name', userPrincipalName: 'n@contoso.com' }

describeFact('role-group-owners', roleGroupOwners, {
  answer: { ...row, mail: null },
  row,
  needed: ['@odata.type', 'id', 'parentId'],
  optional: ['displayName', 'userPrincipalName'],
})
