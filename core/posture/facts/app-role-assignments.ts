import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName, graphTimeOrNone } from '../rows/graph-values.ts'
import { servicePrincipals } from './service-principals.ts'

/** Asked of the few applications that offer permissions to applications, not of the thousands that might hold one. */
export const appRoleAssignments = defineFact({
  id: 'appRoleAssignments',
  title: 'Application permissions, by the application that offers them',
  source: {
    path: '/servicePrincipals/{id}/appRoleAssignedTo',
    pageSize: 999,
    cost: 2,
    each: { facts: ['servicePrincipals'], when: offersApplicationRoles, id: (row) => servicePrincipals.row.parse(row).id },
    bucket: 'identity',
  },
  scopes: ['Application.Read.All'],
  row: z.object({
    id: graphId,
    parentId: graphId,
    appRoleId: graphId,
    principalId: graphId,
    principalType: z.string().max(200),
    principalDisplayName: graphName,
    resourceId: graphId,
    createdDateTime: graphTimeOrNone.nullish().transform((time) => time ?? null),
  }),
  key: (row) => row.id,
  // An application that offers roles to applications and to people has one row for each person.
  held: 'streamed',
})

/** Where the roles were not read, the assignments are asked for: that can only show more. */
function offersApplicationRoles(row: unknown): boolean {
  const { appRoles } = servicePrincipals.row.parse(row)
  return appRoles === undefined || appRoles.some(({ allowedMemberTypes }) => allowedMemberTypes.includes('Application'))
}
