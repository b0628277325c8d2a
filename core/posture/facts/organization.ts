import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName, graphTimeOrNone } from '../rows/graph-values.ts'

export const organization = defineFact({
  id: 'organization',
  title: 'Name and domains of the tenant, and when it was last synchronised',
  source: {
    path: '/organization',
    select: ['id', 'displayName', 'verifiedDomains', 'onPremisesSyncEnabled', 'onPremisesLastSyncDateTime'],
    pageSize: 'none',
    bucket: 'identity',
  },
  scopes: ['Organization.Read.All'],
  row: z.object({
    id: graphId,
    displayName: graphName,
    verifiedDomains: z.array(z.object({ name: z.string(), isDefault: z.boolean(), isInitial: z.boolean() })),
    // Null for a tenant that was never synchronised.
    onPremisesSyncEnabled: z.boolean().nullable(),
    onPremisesLastSyncDateTime: graphTimeOrNone,
  }),
  key: (row) => row.id,
  held: 'whole',
  neverEmpty: true,
})
