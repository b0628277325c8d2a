import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { crossing, inboundTrust } from '../rows/cross-tenant-access.ts'

export const crossTenantDefault = defineFact({
  id: 'crossTenantDefault',
  title: 'Access across tenants: what holds for every other tenant',
  source: { path: '/policies/crossTenantAccessPolicy/default', single: true, pageSize: 'none', bucket: 'identity' },
  scopes: ['Policy.Read.All'],
  row: z.object({ b2bDirectConnectInbound: crossing, b2bDirectConnectOutbound: crossing, inboundTrust }),
  // There is one, and Graph gives it no id.
  key: () => 'default',
  held: 'whole',
})
