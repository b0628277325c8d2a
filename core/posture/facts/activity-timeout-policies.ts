import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'

export const activityTimeoutPolicies = defineFact({
  id: 'activityTimeoutPolicies',
  title: 'Sign-out of idle web sessions',
  source: { path: '/policies/activityBasedTimeoutPolicies', pageSize: 'none', bucket: 'identity' },
  scopes: ['Policy.Read.All'],
  row: z.object({
    id: graphId,
    displayName: graphName,
    isOrganizationDefault: z.boolean().nullable().default(null),
    definition: z.array(z.string()),
  }),
  key: (row) => row.id,
  held: 'whole',
})
