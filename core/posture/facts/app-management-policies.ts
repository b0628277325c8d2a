import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { credentialRestrictions } from '../rows/app-management.ts'
import { graphId, graphName } from '../rows/graph-values.ts'

export const appManagementPolicies = defineFact({
  id: 'appManagementPolicies',
  title: 'Policies on credentials that replace the default for some applications',
  source: {
    path: '/policies/appManagementPolicies',
    expand: 'appliesTo',
    completes: { property: 'appliesTo', path: '/policies/appManagementPolicies/{id}/appliesTo' },
    pageSize: 'none',
    bucket: 'identity',
  },
  scopes: ['Policy.Read.All'],
  row: z.object({
    id: graphId,
    displayName: graphName,
    isEnabled: z.boolean(),
    restrictions: credentialRestrictions,
    appliesTo: z.array(z.object({ id: graphId })),
  }),
  key: (row) => row.id,
  held: 'whole',
})
