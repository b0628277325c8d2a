import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'
import { principalGroup } from '../rows/role-holding.ts'

export const roleGroupOwners = defineFact({
  id: 'roleGroupOwners',
  title: 'Owners of the groups that hold a directory role',
  source: {
    path: '/groups/{id}/owners',
    select: ['id', 'displayName', 'userPrincipalName'],
    pageSize: 999,
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
