import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'

export const authenticationStrengths = defineFact({
  id: 'authenticationStrengths',
  title: 'Authentication strengths',
  source: { path: '/policies/authenticationStrengthPolicies', pageSize: 'none', bucket: 'identity' },
  // Policy.Read.AuthenticationMethod is narrower; the policies that stand beside this one need Policy.Read.All anyway.
  scopes: ['Policy.Read.All'],
  row: z.object({ id: graphId, displayName: graphName, policyType: z.string(), allowedCombinations: z.array(z.string()) }),
  key: (row) => row.id,
  held: 'whole',
})
