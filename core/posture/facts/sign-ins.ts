import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphTime } from '../rows/graph-values.ts'

/** Without a filter: the tenant keeps 30 days of sign-ins and no more. */
export const signIns = defineFact({
  id: 'signIns',
  title: 'Sign-ins of the last 30 days',
  source: { path: '/auditLogs/signIns', pageSize: 1000, bucket: 'reports' },
  scopes: ['AuditLog.Read.All'],
  licence: 'p1',
  row: z.object({
    id: graphId,
    createdDateTime: graphTime,
    userId: graphId,
    appId: graphId.nullable(),
    clientAppUsed: z.string().max(200).nullable(),
  }),
  key: (row) => row.id,
  held: 'streamed',
})
