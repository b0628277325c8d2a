import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId } from '../rows/graph-values.ts'
import { owner } from '../rows/owner.ts'

export const applicationOwners = defineFact({
  id: 'applicationOwners',
  title: 'Owners of app registrations',
  source: {
    path: '/applications',
    select: ['id'],
    expand: 'owners',
    completes: { property: 'owners', path: '/applications/{id}/owners' },
    pageSize: 999,
    cost: 2,
    bucket: 'identity',
  },
  scopes: ['Application.Read.All'],
  row: z.object({ id: graphId, owners: z.array(owner) }),
  key: (row) => row.id,
  held: 'whole',
})
