import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName, graphTimeOrNone } from '../rows/graph-values.ts'

export const delegatedAdminRelationships = defineFact({
  id: 'delegatedAdminRelationships',
  title: 'Partners that administer the tenant, and with which roles',
  source: { path: '/tenantRelationships/delegatedAdminRelationships', pageSize: 'none', bucket: 'identity' },
  scopes: ['DelegatedAdminRelationship.Read.All'],
  row: z.object({
    id: graphId,
    displayName: graphName,
    status: z.string().max(200),
    endDateTime: graphTimeOrNone,
    accessDetails: z.object({ unifiedRoles: z.array(z.object({ roleDefinitionId: graphId })) }),
  }),
  key: (row) => row.id,
  held: 'whole',
})
