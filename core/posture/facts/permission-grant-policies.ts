import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'

const words = z.array(z.string().max(2000))

/** What an application must be and may ask for. 'all' stands for everything. https://learn.microsoft.com/graph/api/resources/permissiongrantconditionset */
const conditionSet = z.object({
  id: graphId,
  permissionClassification: z.string().max(200).nullable(),
  permissionType: z.string().max(200).nullable(),
  resourceApplication: z.string().max(200).nullable(),
  permissions: words,
  clientApplicationIds: words,
  clientApplicationTenantIds: words,
  clientApplicationPublisherIds: words,
  clientApplicationsFromVerifiedPublisherOnly: z.boolean().nullable(),
})

/** Graph expands both lists on every read. */
export const permissionGrantPolicies = defineFact({
  id: 'permissionGrantPolicies',
  title: 'Which requests for consent may be granted',
  source: { path: '/policies/permissionGrantPolicies', pageSize: 'none', bucket: 'identity' },
  scopes: ['Policy.Read.PermissionGrant'],
  row: z.object({ id: graphId, displayName: graphName, includes: z.array(conditionSet), excludes: z.array(conditionSet) }),
  key: (row) => row.id,
  held: 'whole',
})
