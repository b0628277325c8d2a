import { z } from 'zod'
import { isRatedResource } from '../../data/permission-risks.ts'
import { defineFact } from '../fact.ts'
import { graphId } from '../rows/graph-values.ts'
import { servicePrincipals } from './service-principals.ts'

/** Asked of the interfaces whose permissions are rated; for any other, nobody could say that a classification is wrong. */
export const delegatedPermissionClassifications = defineFact({
  id: 'delegatedPermissionClassifications',
  title: 'Permissions that are called low, medium or high in impact here',
  source: {
    path: '/servicePrincipals/{id}/delegatedPermissionClassifications',
    pageSize: 'none',
    each: {
      facts: ['servicePrincipals'],
      when: (row) => isRatedResource(servicePrincipals.row.parse(row).appId),
      id: (row) => servicePrincipals.row.parse(row).id,
    },
    bucket: 'identity',
  },
  scopes: ['Application.Read.All'],
  row: z.object({
    id: graphId,
    parentId: graphId,
    permissionId: graphId,
    permissionName: z.string().max(2000),
    classification: z.string().max(200),
  }),
  key: (row) => `${row.parentId}/${row.id}`,
  held: 'whole',
})
