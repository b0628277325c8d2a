import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'
import { passwordCredentials } from '../rows/password-credential.ts'

export const applications = defineFact({
  id: 'applications',
  title: 'App registrations and the end dates of their secrets',
  source: { path: '/applications', select: ['id', 'appId', 'displayName', 'passwordCredentials'], pageSize: 999, bucket: 'identity' },
  scopes: ['Application.Read.All'],
  row: z.object({ id: graphId, appId: graphId, displayName: graphName, passwordCredentials }),
  key: (row) => row.id,
  held: 'whole',
  delta: true,
})
