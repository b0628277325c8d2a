import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'

export const groups = defineFact({
  id: 'groups',
  title: 'Groups, their kind and who sees them',
  source: {
    path: '/groups',
    select: [
      'id',
      'displayName',
      'groupTypes',
      'isAssignableToRole',
      'isManagementRestricted',
      'membershipRule',
      'membershipRuleProcessingState',
      'visibility',
    ],
    pageSize: 999,
    ranges: 'displayName',
    bucket: 'identity',
  },
  scopes: ['GroupMember.Read.All'],
  row: z.object({
    id: graphId,
    displayName: graphName,
    groupTypes: z.array(z.string().max(200)),
    // Null for a group that was never made assignable to roles, and for a group whose members are chosen by hand.
    isAssignableToRole: z.boolean().nullable(),
    // True in a restricted management administrative unit; left out of Microsoft's shortened answers, which protects nothing.
    isManagementRestricted: z.boolean().nullable().default(null),
    membershipRule: z.string().max(4000).nullable(),
    membershipRuleProcessingState: z.string().max(200).nullable(),
    visibility: z.string().max(200).nullable(),
  }),
  key: (row) => row.id,
  held: 'streamed',
  delta: true,
})
