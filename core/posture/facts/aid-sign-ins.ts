import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName, graphTime } from '../rows/graph-values.ts'

const account = z.object({ id: graphId })

/**
 * Asked for with the Aid's id. Without a time in the filter: the tenant keeps 30 days of sign-ins and no more. Graph v1.0 lists those in which
 * somebody signs in, not the tokens that are renewed without anybody: https://learn.microsoft.com/graph/api/signin-list
 */
export const aidSignIns = defineFact({
  id: 'aidSignIns',
  title: 'Sign-ins of the Aid in the last 30 days',
  source: {
    path: '/auditLogs/signIns',
    filter: "userId eq '{id}'",
    pageSize: 1000,
    bucket: 'reports',
    each: { facts: [], account: 'aid', when: (row) => account.safeParse(row).success, id: (row) => account.parse(row).id },
  },
  scopes: ['AuditLog.Read.All'],
  licence: 'p1',
  row: z.object({
    id: graphId,
    parentId: graphId,
    createdDateTime: graphTime,
    userPrincipalName: graphName,
    appId: graphId.nullable(),
    appDisplayName: graphName,
    ipAddress: z.string().max(200).nullable(),
    /** 0: the sign-in succeeded. */
    status: z.object({ errorCode: z.number().int() }),
    location: z
      .object({ countryOrRegion: graphName })
      .nullish()
      .transform((location) => location ?? null),
  }),
  key: (row) => row.id,
  held: 'whole',
})
