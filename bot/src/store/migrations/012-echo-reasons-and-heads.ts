import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, run } from './tenant-table.ts'

/** Why the tenant's log could not be read, and the signed end of the journal of each day, which the service can add and never change. */
export const echoReasonsAndHeads: Migration = {
  async up(db: Kysely<unknown>) {
    await run(db, `alter table echo add column reason text check (reason in ('noLicence', 'noRole', 'notReached'))`)
    await createTenantTable(db, {
      name: 'signed_head',
      columns: `day text not null check (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'), seq bigint not null check (seq > 0), hash text not null check (hash ~ '^[0-9a-f]{64}$'),
        signed_at text not null, signature text not null, public_key text not null`,
      key: ['day'],
      grants: ['select', 'insert'],
    })
  },
}
