import { defineFact } from '../fact.ts'
import { roleHolding } from '../rows/role-holding.ts'

/** Graph answers only the eligibilities in force at the reading, so their dates decide nothing here. */
export const roleEligibility = defineFact({
  id: 'roleEligibility',
  title: 'Directory roles that people may activate',
  source: { path: '/roleManagement/directory/roleEligibilityScheduleInstances', expand: 'principal', pageSize: 'none', bucket: 'identity' },
  scopes: ['RoleEligibilitySchedule.Read.Directory'],
  licence: 'p2',
  withoutLicence: 'empty',
  row: roleHolding,
  key: (row) => row.id,
  held: 'whole',
})
