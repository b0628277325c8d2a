import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, run } from './tenant-table.ts'

/** Who said of a finding, or of all that a check finds, that it stays as it is: why, until when, and who took it back. */
export const suppressions: Migration = {
  async up(db: Kysely<unknown>) {
    await createTenantTable(db, {
      name: 'suppression',
      columns: `id uuid not null, check_id text not null, finding_key text collate "C", object_name text, reason text not null, owner text not null,
        by_id uuid not null, by_name text not null, at timestamptz not null, until timestamptz not null,
        state text not null check (state in ('active', 'lifted', 'expired')), ended_at timestamptz, ended_by_name text, ended_because text`,
      key: ['id'],
      grants: ['select', 'insert', 'update', 'delete'],
      constraints: [
        `check ((state = 'active') = (ended_at is null))`,
        `check ((state = 'lifted') = (ended_by_name is not null and ended_because is not null))`,
        'check (until > at)',
      ],
    })
    await run(
      db,
      `create unique index one_suppression on suppression (tenant_id, check_id, coalesce(finding_key, '*')) where state = 'active'`,
    )
    await run(db, 'alter table finding_history add column suppression_id uuid')
  },
}
