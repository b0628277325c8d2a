import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName, graphTime } from '../rows/graph-values.ts'

export const appConsentRequests = defineFact({
  id: 'appConsentRequests',
  title: 'Applications for which people asked an administrator to consent',
  source: {
    path: '/identityGovernance/appConsent/appConsentRequests',
    expand: 'userConsentRequests',
    pageSize: 'none',
    bucket: 'identity',
  },
  scopes: ['ConsentRequest.Read.All'],
  row: z.object({
    id: graphId,
    appId: graphId,
    appDisplayName: graphName,
    userConsentRequests: z.array(z.object({ id: graphId, status: z.string().max(200), createdDateTime: graphTime })),
  }),
  key: (row) => row.id,
  held: 'whole',
})
