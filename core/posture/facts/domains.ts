import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId } from '../rows/graph-values.ts'

export const domains = defineFact({
  id: 'domains',
  title: 'Domains, and how their people sign in',
  source: {
    path: '/domains',
    select: ['id', 'authenticationType', 'isVerified', 'isRoot', 'passwordValidityPeriodInDays'],
    pageSize: 'none',
    bucket: 'identity',
  },
  scopes: ['Domain.Read.All'],
  row: z.object({
    /** The domain's name. */
    id: graphId,
    authenticationType: z.string(),
    isVerified: z.boolean(),
    isRoot: z.boolean(),
    // Null is the default of the service; left out, nobody can say.
    passwordValidityPeriodInDays: z
      .union([z.number(), z.literal('notSaid')])
      .nullable()
      .default('notSaid'),
  }),
  key: (row) => row.id.toLowerCase(),
  held: 'whole',
  neverEmpty: true,
})
