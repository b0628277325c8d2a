import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId } from '../rows/graph-values.ts'
import { roleManagementRule } from '../rows/role-management-rule.ts'

/** https://learn.microsoft.com/graph/api/policyroot-list-rolemanagementpolicyassignments: the filter is required. */
export const roleManagementPolicies = defineFact({
  id: 'roleManagementPolicies',
  title: 'What activating and assigning a directory role asks for',
  source: {
    path: '/policies/roleManagementPolicyAssignments',
    filter: "scopeId eq '/' and scopeType eq 'DirectoryRole'",
    expand: 'policy($expand=rules)',
    pageSize: 'none',
    bucket: 'identity',
  },
  scopes: ['RoleManagementPolicy.Read.Directory'],
  licence: 'p2',
  row: z.object({
    id: graphId,
    roleDefinitionId: graphId,
    policy: z.object({ rules: z.array(roleManagementRule) }),
  }),
  key: (row) => row.id,
  held: 'whole',
})
