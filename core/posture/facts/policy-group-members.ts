import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { excludedGroups } from '../rows/excluded-groups.ts'
import { graphId, graphName } from '../rows/graph-values.ts'

/** Only groups that are left out: those are short, and who is in one signs in without the control. Those that policies cover may hold everybody. */
export const policyGroupMembers = defineFact({
  id: 'policyGroupMembers',
  title: 'Members of the groups that Conditional Access policies leave out',
  source: {
    path: '/groups/{id}/transitiveMembers',
    select: ['id', 'displayName', 'userPrincipalName', 'userType'],
    pageSize: 999,
    cost: 3,
    bucket: 'identity',
    each: {
      facts: ['conditionalAccessPolicies'],
      when: (row) => excludedGroups(row).length > 0,
      id: excludedGroups,
    },
  },
  scopes: ['GroupMember.Read.All'],
  row: z.object({
    '@odata.type': z.string().max(200),
    id: graphId,
    parentId: graphId,
    displayName: graphName,
    userPrincipalName: graphName,
    // Left out of what is no person.
    userType: z.string().max(200).nullable().default(null),
  }),
  key: (row) => `${row.parentId}/${row.id}`,
  held: 'whole',
})
