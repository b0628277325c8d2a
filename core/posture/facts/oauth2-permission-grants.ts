import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId } from '../rows/graph-values.ts'

/** `scope` is a list of values with blanks between them, sometimes one in front: https://learn.microsoft.com/graph/api/resources/oauth2permissiongrant */
export const oauth2PermissionGrants = defineFact({
  id: 'oauth2PermissionGrants',
  title: 'What people and administrators allowed applications to do on behalf of people',
  source: {
    path: '/oauth2PermissionGrants',
    pageSize: 999,
    cost: 2,
    shares: ["consentType eq 'AllPrincipals'", "consentType eq 'Principal'"],
    bucket: 'identity',
  },
  scopes: ['Directory.Read.All'],
  row: z.object({
    id: graphId,
    clientId: graphId,
    consentType: z.string().max(200),
    // Null where everybody is meant.
    principalId: graphId.nullable(),
    resourceId: graphId,
    scope: z.string().max(20_000),
  }),
  key: (row) => row.id,
  held: 'streamed',
  delta: true,
})
