import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { policyConditions } from '../rows/conditional-access-conditions.ts'
import { grantControls, sessionControls } from '../rows/conditional-access-controls.ts'
import { graphId, graphName, graphTimeOrNone } from '../rows/graph-values.ts'

export const conditionalAccessPolicies = defineFact({
  id: 'conditionalAccessPolicies',
  title: 'Conditional Access policies',
  source: { path: '/identity/conditionalAccess/policies', pageSize: 'none', bucket: 'conditionalAccess' },
  scopes: ['Policy.Read.All'],
  row: z.object({
    id: graphId,
    displayName: graphName,
    state: z.string(),
    // Null until somebody edits the policy.
    createdDateTime: graphTimeOrNone.default(null),
    modifiedDateTime: graphTimeOrNone.default(null),
    conditions: policyConditions,
    // Null where a policy has session controls only.
    grantControls: grantControls.nullable(),
    sessionControls: sessionControls.nullable().default(null),
  }),
  key: (row) => row.id,
  held: 'whole',
})
