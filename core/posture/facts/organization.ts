import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'

export const organization = defineFact({
  id: 'organization',
  title: 'Name and domains of the tenant',
  source: { path: '/organization', select: ['id', 'displayName', 'verifiedDomains'], pageSize: 'none', bucket: 'identity' },
  scopes: ['Organization.Read.All'],
  row: z.object({
    id: graphId,
    displayName: graphName,
    verifiedDomains: z.array(z.object({ name: z.string(), isDefault: z.boolean(), isInitial: z.boolean() })),
  }),
  key: (row) => row.id,
  held: 'whole',
})
