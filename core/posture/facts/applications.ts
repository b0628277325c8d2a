import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from './graph-values.ts'
import { passwordCredential } from './password-credential.ts'

export const applications = defineFact({
  id: 'applications',
  title: 'App registrations and the end dates of their secrets',
  source: { path: '/applications', select: ['id', 'appId', 'displayName', 'passwordCredentials'], pageSize: 999, bucket: 'identity' },
  scopes: ['Application.Read.All'],
  // passwordCredentials is documented as "Not nullable": an application without secrets answers [].
  row: z.object({ id: graphId, appId: graphId, displayName: graphName, passwordCredentials: z.array(passwordCredential) }),
  key: (row) => row.id,
  held: 'whole',
  delta: true,
})
