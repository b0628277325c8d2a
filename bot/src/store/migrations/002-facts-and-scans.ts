import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, run } from './tenant-table.ts'

/** Scans and what they read, versioned: a row holds from `from_scan` on and no longer from `to_scan` on. */
export const factsAndScans: Migration = {
  async up(db: Kysely<unknown>) {
    await createTenantTable(db, {
      name: 'scan',
      columns: `id uuid not null, ordinal bigint not null,
        state text not null check (state in ('queued', 'collecting', 'judging', 'finished', 'failed', 'stopped')),
        started_by uuid not null, started_by_name text not null, started_at timestamptz not null, finished_at timestamptz,
        progress_done integer not null default 0, progress_of integer not null default 0, progress_now text not null default '', problem text`,
      key: ['id'],
      grants: ['select', 'insert', 'update', 'delete'],
      constraints: ['unique (tenant_id, ordinal)'],
    })
    await run(db, `create unique index one_scan_under_way on scan (tenant_id) where state in ('queued', 'collecting', 'judging')`)

    await createTenantTable(db, {
      name: 'fact_read',
      columns: `scan_id uuid not null, fact text not null, state text not null check (state in ('reading', 'read', 'unread')),
        reason text, detail text not null, as_of timestamptz, cursor text, row_count bigint not null`,
      key: ['scan_id', 'fact'],
      grants: ['select', 'insert', 'update', 'delete'],
      constraints: [
        'foreign key (tenant_id, scan_id) references scan (tenant_id, id) on delete cascade',
        `check ((state = 'unread') = (reason is not null))`,
        `check ((state = 'read') = (as_of is not null))`,
      ],
    })

    await createTenantTable(db, {
      name: 'fact_row',
      columns:
        'fact text not null, key text collate "C" not null, from_scan bigint not null, to_scan bigint, digest text not null, row json not null',
      key: ['fact', 'key', 'from_scan'],
      grants: ['select', 'insert', 'update', 'delete'],
      constraints: ['check (to_scan > from_scan)'],
    })
    await run(db, 'create unique index one_open_version on fact_row (tenant_id, fact, key) where to_scan is null')

    // Keys seen by a reading under way. Logged like the rest, so that a reading taken up after a crash closes nothing that it saw before.
    await createTenantTable(db, {
      name: 'fact_seen',
      columns: 'fact text not null, scan bigint not null, key text collate "C" not null',
      key: ['fact', 'scan', 'key'],
      grants: ['select', 'insert', 'delete'],
    })

    await createTenantTable(db, {
      name: 'check_result',
      columns: 'scan_id uuid not null, check_id text not null, verdict text not null, outcome json not null',
      key: ['scan_id', 'check_id'],
      grants: ['select', 'insert', 'delete'],
      constraints: ['foreign key (tenant_id, scan_id) references scan (tenant_id, id) on delete cascade'],
    })
    await createTenantTable(db, {
      name: 'score',
      columns: 'scan_id uuid not null, value double precision, detail json not null',
      key: ['scan_id'],
      grants: ['select', 'insert', 'update', 'delete'],
      constraints: ['foreign key (tenant_id, scan_id) references scan (tenant_id, id) on delete cascade'],
    })
  },
}
