import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'
import { excludedGroups } from '../rows/excluded-groups.ts'

/** Read one by one, because the list of all groups comes late and the checks of policies need only these. */
export const policyGroups = defineFact({
  id: 'policyGroups',
  title: 'Groups that Conditional Access policies leave out, and who may change them',
  source: {
    path: '/groups/{id}',
    select: ['id', 'displayName', 'groupTypes', 'isAssignableToRole', 'isManagementRestricted'],
    pageSize: 'none',
    single: true,
    bucket: 'identity',
    each: {
      facts: ['conditionalAccessPolicies'],
      when: (row) => excludedGroups(row).length > 0,
      id: excludedGroups,
    },
  },
  scopes: ['GroupMember.Read.All'],
  row: z.object({
    id: graphId,
    displayName: graphName,
    groupTypes: z.array(z.string().max(200)),
    isAssignableToRole: z.boolean().nullable(),
    // Left out of Microsoft's shortened answers, which protects nothing.
    isManagementRestricted: z.boolean().nullable().default(null),
  }),
  key: (row) => row.id,
  held: 'whole',
})
