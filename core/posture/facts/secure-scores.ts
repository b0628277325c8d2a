import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphTime } from '../rows/graph-values.ts'

export const secureScores = defineFact({
  id: 'secureScores',
  title: "Microsoft's Secure Score by day",
  source: { path: '/security/secureScores', pageSize: 'none', bucket: 'identity' },
  scopes: ['SecurityEvents.Read.All'],
  row: z.object({
    id: graphId,
    createdDateTime: graphTime,
    controlScores: z.array(z.object({ controlName: z.string(), controlCategory: z.string().nullable(), score: z.number() })),
  }),
  key: (row) => row.id,
  held: 'whole',
})
