import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName, graphTimeOrNone } from '../rows/graph-values.ts'

/** Null members are documented: a cloud account has no value for what comes from on premises, a member none for an invitation. */
export const users = defineFact({
  id: 'users',
  title: 'People and guests of the tenant',
  source: {
    path: '/users',
    select: [
      'id',
      'displayName',
      'userPrincipalName',
      'userType',
      'accountEnabled',
      'createdDateTime',
      'externalUserState',
      'externalUserStateChangeDateTime',
      'onPremisesSyncEnabled',
      'onPremisesImmutableId',
      'passwordPolicies',
      'assignedLicenses',
    ],
    pageSize: 999,
    cost: 2,
    ranges: 'userPrincipalName',
    bucket: 'identity',
  },
  scopes: ['User.Read.All'],
  row: z.object({
    id: graphId,
    displayName: graphName,
    userPrincipalName: z.string().min(1).max(2000),
    userType: z.string().max(200).nullable(),
    accountEnabled: z.boolean(),
    createdDateTime: graphTimeOrNone,
    externalUserState: z.string().max(200).nullable(),
    externalUserStateChangeDateTime: graphTimeOrNone,
    onPremisesSyncEnabled: z.boolean().nullable(),
    onPremisesImmutableId: z.string().max(2000).nullable(),
    passwordPolicies: z.string().max(2000).nullable(),
    assignedLicenses: z.array(z.object({ skuId: graphId, disabledPlans: z.array(graphId) })),
  }),
  key: (row) => row.id,
  held: 'streamed',
  delta: true,
})
