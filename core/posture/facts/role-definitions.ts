import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'

/** Of a role of Microsoft's the actions are known; only a custom role keeps them. */
export const roleDefinitions = defineFact({
  id: 'roleDefinitions',
  title: 'Directory roles, built in and made here',
  source: {
    path: '/roleManagement/directory/roleDefinitions',
    select: ['id', 'templateId', 'displayName', 'isBuiltIn', 'isEnabled', 'rolePermissions'],
    pageSize: 'none',
    bucket: 'identity',
  },
  scopes: ['RoleManagement.Read.Directory'],
  row: z
    .object({
      id: graphId,
      templateId: graphId.nullable(),
      displayName: graphName,
      isBuiltIn: z.boolean(),
      isEnabled: z.boolean(),
      rolePermissions: z.array(z.object({ allowedResourceActions: z.array(z.string().max(400)) })),
    })
    .transform((row) => (row.isBuiltIn ? { ...row, rolePermissions: [] } : row)),
  key: (row) => row.id,
  held: 'whole',
})
