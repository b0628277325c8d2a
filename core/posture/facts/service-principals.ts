import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'
import { passwordCredentials } from '../rows/password-credential.ts'

export const servicePrincipals = defineFact({
  id: 'servicePrincipals',
  title: 'Enterprise applications and the end dates of their secrets',
  source: { path: '/servicePrincipals', select: ['id', 'appId', 'displayName', 'passwordCredentials'], pageSize: 999, bucket: 'identity' },
  scopes: ['Application.Read.All'],
  row: z.object({ id: graphId, appId: graphId, displayName: graphName, passwordCredentials }),
  key: (row) => row.id,
  // Grows with applications, not with people: some thousands even in large tenants.
  held: 'whole',
  delta: true,
})
