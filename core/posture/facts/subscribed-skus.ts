import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId } from '../rows/graph-values.ts'

export const subscribedSkus = defineFact({
  id: 'subscribedSkus',
  title: 'Subscriptions of the tenant',
  source: {
    path: '/subscribedSkus',
    select: ['id', 'skuId', 'capabilityStatus', 'servicePlans'],
    pageSize: 'none',
    cost: 3,
    bucket: 'identity',
  },
  scopes: ['LicenseAssignment.Read.All'],
  row: z.object({
    id: graphId,
    /** What a person's licences name; null where an answer leaves it out. */
    skuId: graphId.nullish().transform((id) => id ?? null),
    capabilityStatus: z.string(),
    servicePlans: z.array(z.object({ servicePlanId: graphId, provisioningStatus: z.string() })),
  }),
  key: (row) => row.id,
  held: 'whole',
})
