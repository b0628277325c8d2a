import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId } from '../rows/graph-values.ts'

export const subscribedSkus = defineFact({
  id: 'subscribedSkus',
  title: 'Subscriptions of the tenant',
  source: { path: '/subscribedSkus', select: ['id', 'capabilityStatus', 'servicePlans'], pageSize: 'none', bucket: 'identity' },
  scopes: ['LicenseAssignment.Read.All'],
  row: z.object({
    id: graphId,
    capabilityStatus: z.string(),
    servicePlans: z.array(z.object({ servicePlanId: graphId, provisioningStatus: z.string() })),
  }),
  key: (row) => row.id,
  held: 'whole',
})
