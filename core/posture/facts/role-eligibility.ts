import { defineFact } from '../fact.ts'
import { graphTimeOrNone } from '../rows/graph-values.ts'
import { roleHolding } from '../rows/role-holding.ts'

/** Graph answers only the eligibilities in force at the reading; one without an end never ends. */
export const roleEligibility = defineFact({
  id: 'roleEligibility',
  title: 'Directory roles that people may activate',
  source: { path: '/roleManagement/directory/roleEligibilityScheduleInstances', expand: 'principal', pageSize: 'none', bucket: 'identity' },
  scopes: ['RoleEligibilitySchedule.Read.Directory'],
  licence: 'p2',
  withoutLicence: 'empty',
  row: roleHolding.extend({ endDateTime: graphTimeOrNone.nullish().transform((time) => time ?? null) }),
  key: (row) => row.id,
  held: 'whole',
})
