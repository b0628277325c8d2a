import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { automaticConsent, inboundTrust } from '../rows/cross-tenant-access.ts'
import { graphId } from '../rows/graph-values.ts'

export const crossTenantPartners = defineFact({
  id: 'crossTenantPartners',
  title: 'Access across tenants: partners with rules of their own',
  source: { path: '/policies/crossTenantAccessPolicy/partners', pageSize: 'none', bucket: 'identity' },
  scopes: ['Policy.Read.All'],
  row: z.object({ tenantId: graphId, inboundTrust: inboundTrust.nullable().default(null), automaticUserConsentSettings: automaticConsent }),
  key: (row) => row.tenantId,
  held: 'whole',
})
