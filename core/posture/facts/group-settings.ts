import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId } from '../rows/graph-values.ts'

export const groupSettings = defineFact({
  id: 'groupSettings',
  title: 'Directory settings: passwords, groups and consent',
  source: { path: '/groupSettings', pageSize: 'none', bucket: 'identity' },
  scopes: ['GroupSettings.Read.All'],
  row: z.object({
    id: graphId,
    templateId: z.string().min(1),
    values: z.array(z.object({ name: z.string(), value: z.string().nullable() })),
  }),
  key: (row) => row.id,
  held: 'whole',
})
