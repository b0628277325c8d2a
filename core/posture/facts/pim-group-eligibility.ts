import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphTimeOrNone } from '../rows/graph-values.ts'
import { expandedPrincipal, principalGroup } from '../rows/role-holding.ts'

/** Graph answers here only for one group at a time: https://learn.microsoft.com/graph/api/privilegedaccessgroup-list-eligibilityscheduleinstances */
export const pimGroupEligibility = defineFact({
  id: 'pimGroupEligibility',
  title: 'Who may make themselves member or owner of a group that holds a directory role',
  source: {
    path: '/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances',
    filter: "groupId eq '{id}'",
    expand: 'principal',
    pageSize: 'none',
    bucket: 'identity',
    each: {
      facts: ['roleAssignments', 'roleEligibility'],
      when: (row) => principalGroup(row) !== undefined,
      id: (row) => principalGroup(row) ?? '',
    },
  },
  scopes: ['PrivilegedEligibilitySchedule.Read.AzureADGroup'],
  licence: 'p2',
  withoutLicence: 'empty',
  row: z.object({
    id: graphId,
    groupId: graphId,
    parentId: graphId,
    principalId: graphId,
    /** `member` or `owner`; an owner can add members. */
    accessId: z.string().max(200),
    endDateTime: graphTimeOrNone,
    principal: expandedPrincipal,
  }),
  key: (row) => row.id,
  held: 'whole',
})
