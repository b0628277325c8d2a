import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphTimeOrNone } from '../rows/graph-values.ts'

/**
 * Active assignments as Privileged Identity Management sees them. `startDateTime` is null where the role was given outside of it, `endDateTime`
 * where the assignment never ends; `assignmentType` tells an activation from an assignment.
 * https://learn.microsoft.com/graph/api/resources/unifiedroleassignmentscheduleinstance
 */
export const roleAssignmentSchedules = defineFact({
  id: 'roleAssignmentSchedules',
  title: 'From when and until when directory roles are held',
  source: { path: '/roleManagement/directory/roleAssignmentScheduleInstances', pageSize: 'none', bucket: 'identity' },
  scopes: ['RoleAssignmentSchedule.Read.Directory'],
  licence: 'p2',
  withoutLicence: 'empty',
  row: z.object({
    id: graphId,
    principalId: graphId,
    roleDefinitionId: graphId,
    directoryScopeId: z.string().max(400).nullable(),
    assignmentType: z.string().max(200).nullable(),
    memberType: z.string().max(200).nullable(),
    startDateTime: graphTimeOrNone,
    endDateTime: graphTimeOrNone,
  }),
  key: (row) => row.id,
  held: 'whole',
})
