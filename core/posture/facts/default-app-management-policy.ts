import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { credentialRestrictions } from '../rows/app-management.ts'
import { graphId } from '../rows/graph-values.ts'

export const defaultAppManagementPolicy = defineFact({
  id: 'defaultAppManagementPolicy',
  title: 'What credentials applications may have, unless a policy of their own says otherwise',
  source: { path: '/policies/defaultAppManagementPolicy', single: true, pageSize: 'none', bucket: 'identity' },
  scopes: ['Policy.Read.All'],
  row: z.object({
    id: graphId,
    isEnabled: z.boolean(),
    applicationRestrictions: credentialRestrictions,
    servicePrincipalRestrictions: credentialRestrictions,
  }),
  key: (row) => row.id,
  held: 'whole',
})
