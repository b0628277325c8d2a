import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName, graphTimeOrNone } from '../rows/graph-values.ts'

/**
 * Carries what its checks need of the person, so that it stands alone. Graph leaves signInActivity out for an account that never signed in,
 * and lastSuccessfulSignInDateTime for one without success since December 2023: https://learn.microsoft.com/graph/api/resources/signinactivity
 */
export const userSignInActivity = defineFact({
  id: 'userSignInActivity',
  title: 'When people last signed in',
  source: {
    path: '/users',
    select: ['id', 'displayName', 'userPrincipalName', 'userType', 'accountEnabled', 'createdDateTime', 'signInActivity'],
    pageSize: 500,
    cost: 2,
    bucket: 'reports',
  },
  scopes: ['User.Read.All', 'AuditLog.Read.All'],
  licence: 'p1',
  row: z.object({
    id: graphId,
    displayName: graphName,
    userPrincipalName: z.string().min(1).max(2000),
    userType: z.string().max(200).nullable(),
    accountEnabled: z.boolean(),
    createdDateTime: graphTimeOrNone,
    signInActivity: z
      .object({
        lastSuccessfulSignInDateTime: graphTimeOrNone.nullish().transform((time) => time ?? null),
        lastSignInDateTime: graphTimeOrNone.nullish().transform((time) => time ?? null),
      })
      .nullish()
      .transform((activity) => activity ?? null),
  }),
  key: (row) => row.id,
  held: 'streamed',
  neverEmpty: true,
})
