import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, run } from './tenant-table.ts'

/** Findings and what happened to them. */
export const findings: Migration = {
  async up(db: Kysely<unknown>) {
    await createTenantTable(db, {
      name: 'finding',
      columns: `key text collate "C" not null, check_id text not null, object_type text not null, object_id text not null, part text not null, name text not null,
        severity text not null, state text not null check (state in ('open', 'fixedAwaitingScan', 'closed', 'returned', 'suppressed')),
        "values" json not null, basis json not null,
        first_seen timestamptz not null, changed_at timestamptz not null, not_read_since timestamptz, scan_id uuid`,
      key: ['key'],
      grants: ['select', 'insert', 'update', 'delete'],
    })
    await run(db, 'create index finding_by_check on finding (tenant_id, check_id)')
    await createTenantTable(db, {
      name: 'finding_history',
      columns:
        'id bigint generated always as identity, finding_key text not null, check_id text not null, at timestamptz not null, what text not null, receipt_number integer',
      key: ['id'],
      grants: ['select', 'insert', 'delete'],
    })
    await run(db, 'create index finding_history_by_check on finding_history (tenant_id, check_id, id)')
  },
}
