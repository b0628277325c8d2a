import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'

const text = z.string().max(4000)

/** A credential with a flexible expression has no subject in v1.0: https://learn.microsoft.com/graph/api/resources/federatedidentitycredential */
export const federatedIdentityCredentials = defineFact({
  id: 'federatedIdentityCredentials',
  title: 'Other identity providers that app registrations trust',
  source: {
    path: '/applications',
    select: ['id', 'displayName'],
    expand: 'federatedIdentityCredentials',
    completes: { property: 'federatedIdentityCredentials', path: '/applications/{id}/federatedIdentityCredentials' },
    pageSize: 999,
    cost: 2,
    bucket: 'identity',
  },
  scopes: ['Application.Read.All'],
  row: z.object({
    id: graphId,
    displayName: graphName,
    federatedIdentityCredentials: z.array(
      z.object({ id: graphId, name: text, issuer: text, subject: text.nullable(), audiences: z.array(text) }),
    ),
  }),
  key: (row) => row.id,
  held: 'whole',
})
