import { defineFact } from '../fact.ts'
import { roleHolding } from '../rows/role-holding.ts'

export const roleAssignments = defineFact({
  id: 'roleAssignments',
  title: 'Directory roles that are held now',
  source: { path: '/roleManagement/directory/roleAssignments', expand: 'principal', pageSize: 'none', bucket: 'identity' },
  scopes: ['RoleManagement.Read.Directory'],
  row: roleHolding,
  key: (row) => row.id,
  held: 'whole',
})
