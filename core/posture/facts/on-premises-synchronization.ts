import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId } from '../rows/graph-values.ts'
import { organization } from './organization.ts'

/** Nullable in the v1.0 metadata. Null says nothing, so a check never takes it for what it wants. */
const nullableSwitch = z.boolean().nullable()

export const onPremisesSynchronization = defineFact({
  id: 'onPremisesSynchronization',
  title: 'Synchronisation from Active Directory',
  source: {
    path: '/directory/onPremisesSynchronization',
    pageSize: 'none',
    bucket: 'identity',
    // A tenant without Active Directory has nothing to read here, and the scan need not ask.
    each: { facts: ['organization'], when: isSynchronised, id: (row) => organization.row.parse(row).id },
  },
  scopes: ['OnPremDirectorySynchronization.Read.All'],
  row: z.object({
    id: graphId,
    features: z.object({
      passwordSyncEnabled: nullableSwitch,
      blockSoftMatchEnabled: nullableSwitch,
      blockCloudObjectTakeoverThroughHardMatchEnabled: nullableSwitch,
    }),
  }),
  key: (row) => row.id,
  held: 'whole',
})

function isSynchronised(row: unknown): boolean {
  return organization.row.parse(row).onPremisesSyncEnabled === true
}
