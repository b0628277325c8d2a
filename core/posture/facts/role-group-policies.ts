import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId } from '../rows/graph-values.ts'
import { roleManagementRule } from '../rows/role-management-rule.ts'

const ofGroup = z.object({ parentId: graphId })

/**
 * Two policies for each group, one for its members and one for its owners; asked only where somebody may activate one of the two:
 * https://learn.microsoft.com/graph/api/policyroot-list-rolemanagementpolicyassignments
 */
export const roleGroupPolicies = defineFact({
  id: 'roleGroupPolicies',
  title: 'What activating and assigning membership of a group that holds a directory role asks for',
  source: {
    path: '/policies/roleManagementPolicyAssignments',
    filter: "scopeId eq '{id}' and scopeType eq 'Group'",
    expand: 'policy($expand=rules)',
    pageSize: 'none',
    bucket: 'identity',
    each: {
      facts: ['pimGroupEligibility'],
      when: () => true,
      id: (row) => ofGroup.parse(row).parentId.toLowerCase(),
    },
  },
  scopes: ['RoleManagementPolicy.Read.AzureADGroup'],
  licence: 'p2',
  withoutLicence: 'empty',
  row: z.object({
    id: graphId,
    parentId: graphId,
    /** `member` or `owner`, as in an eligibility for the group. */
    roleDefinitionId: graphId,
    policy: z.object({ rules: z.array(roleManagementRule) }),
  }),
  key: (row) => row.id,
  held: 'whole',
})
