import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName, sameId } from '../rows/graph-values.ts'
import { globalAdministrator, principalType, roleHolding } from '../rows/role-holding.ts'

export const roleGroupMembers = defineFact({
  id: 'roleGroupMembers',
  title: 'Members of the groups that hold Global Administrator',
  source: {
    path: '/groups/{id}/transitiveMembers',
    select: ['id', 'displayName', 'userPrincipalName'],
    pageSize: 999,
    bucket: 'identity',
    each: { facts: ['roleAssignments', 'roleEligibility'], when: isAdministratorGroup, id: (row) => roleHolding.parse(row).principalId },
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

function isAdministratorGroup(row: unknown): boolean {
  const { roleDefinitionId, principal } = roleHolding.parse(row)
  return sameId(roleDefinitionId, globalAdministrator) && principal !== null && principalType(principal['@odata.type']) === 'group'
}
