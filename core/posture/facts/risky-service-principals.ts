import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName, graphTimeOrNone } from '../rows/graph-values.ts'

/** Needs Workload Identities Premium, which is neither P1 nor P2: without it Graph refuses, and the fact is not read. */
export const riskyServicePrincipals = defineFact({
  id: 'riskyServicePrincipals',
  title: 'Applications whose identity Microsoft holds for at risk, now or before',
  source: {
    path: '/identityProtection/riskyServicePrincipals',
    select: ['id', 'appId', 'displayName', 'riskLevel', 'riskState', 'riskLastUpdatedDateTime'],
    pageSize: 500,
    bucket: 'conditionalAccess',
  },
  scopes: ['IdentityRiskyServicePrincipal.Read.All'],
  row: z.object({
    id: graphId,
    appId: graphId.nullable(),
    displayName: graphName,
    riskLevel: z.string().max(200),
    riskState: z.string().max(200),
    riskLastUpdatedDateTime: graphTimeOrNone,
  }),
  key: (row) => row.id,
  held: 'whole',
})
