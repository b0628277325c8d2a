import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'
import { domains } from './domains.ts'

export const federationConfigurations = defineFact({
  id: 'federationConfigurations',
  title: 'Federation of domains',
  source: {
    path: '/domains/{id}/federationConfiguration',
    pageSize: 'none',
    bucket: 'identity',
    each: { facts: ['domains'], when: isFederated, id: (row) => domains.row.parse(row).id },
  },
  scopes: ['Domain-InternalFederation.Read.All'],
  row: z.object({
    id: graphId,
    /** The domain's name. */
    parentId: graphId,
    displayName: graphName,
    issuerUri: z.string().nullable().default(null),
    federatedIdpMfaBehavior: z.string().nullable(),
  }),
  key: (row) => `${row.parentId}/${row.id}`,
  held: 'whole',
})

function isFederated(row: unknown): boolean {
  return domains.row.parse(row).authenticationType === 'Federated'
}
