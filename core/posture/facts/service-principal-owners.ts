import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId } from '../rows/graph-values.ts'
import { owner } from '../rows/owner.ts'

export const servicePrincipalOwners = defineFact({
  id: 'servicePrincipalOwners',
  title: 'Owners of enterprise applications',
  source: {
    path: '/servicePrincipals',
    select: ['id'],
    expand: 'owners',
    completes: { property: 'owners', path: '/servicePrincipals/{id}/owners' },
    pageSize: 999,
    bucket: 'identity',
  },
  scopes: ['Application.Read.All'],
  row: z.object({ id: graphId, owners: z.array(owner) }),
  key: (row) => row.id,
  held: 'whole',
})
