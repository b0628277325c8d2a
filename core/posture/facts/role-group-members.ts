import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'
import { principalGroup } from '../rows/role-holding.ts'

export const roleGroupMembers = defineFact({
  id: 'roleGroupMembers',
  title: 'Members of the groups that hold a directory role',
  source: {
    path: '/groups/{id}/transitiveMembers',
    select: ['id', 'displayName', 'userPrincipalName'],
    pageSize: 999,
    cost: 3,
    bucket: 'identity',
    each: {
      facts: ['roleAssignments', 'roleEligibility'],
      when: (row) => principalGroup(row) !== undefined,
      id: (row) => principalGroup(row) ?? '',
    },
  },
  scopes: ['GroupMember.Read.All'],
  row: z.object({
    '@odata.type': z.string().max(200),
    id: graphId,
    parentId: graphId,
    displayName: graphName,
    userPrincipalName: graphName,
  }),
  key: (row) => `${row.parentId}/${row.id}`,
  held: 'whole',
})
