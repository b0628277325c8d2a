import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName, graphTimeOrNone } from '../rows/graph-values.ts'

export const riskyUsers = defineFact({
  id: 'riskyUsers',
  title: 'People whose account Microsoft holds for at risk, now or before',
  source: {
    path: '/identityProtection/riskyUsers',
    select: ['id', 'userDisplayName', 'userPrincipalName', 'isDeleted', 'riskLevel', 'riskState', 'riskLastUpdatedDateTime'],
    pageSize: 500,
    bucket: 'conditionalAccess',
  },
  scopes: ['IdentityRiskyUser.Read.All'],
  licence: 'p2',
  row: z.object({
    id: graphId,
    userDisplayName: graphName,
    userPrincipalName: graphName,
    isDeleted: z.boolean().nullable(),
    riskLevel: z.string().max(200),
    riskState: z.string().max(200),
    riskLastUpdatedDateTime: graphTimeOrNone,
  }),
  key: (row) => row.id,
  held: 'streamed',
})
