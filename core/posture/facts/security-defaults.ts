import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId } from '../rows/graph-values.ts'

export const securityDefaults = defineFact({
  id: 'securityDefaults',
  title: 'Security defaults',
  source: { path: '/policies/identitySecurityDefaultsEnforcementPolicy', single: true, pageSize: 'none', bucket: 'identity' },
  scopes: ['Policy.Read.All'],
  row: z.object({ id: graphId, isEnabled: z.boolean() }),
  key: (row) => row.id,
  held: 'whole',
})
