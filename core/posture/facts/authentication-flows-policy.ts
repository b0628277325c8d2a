import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId } from '../rows/graph-values.ts'

export const authenticationFlowsPolicy = defineFact({
  id: 'authenticationFlowsPolicy',
  title: 'Self-service sign-up of guests',
  source: { path: '/policies/authenticationFlowsPolicy', single: true, pageSize: 'none', bucket: 'identity' },
  scopes: ['Policy.Read.All'],
  row: z.object({ id: graphId, selfServiceSignUp: z.object({ isEnabled: z.boolean() }) }),
  key: (row) => row.id,
  held: 'whole',
})
