import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, run } from './tenant-table.ts'

/** Judgements of facts that were read earlier, who changed what, and the person in whose name scans run by the clock. */
export const time: Migration = {
  async up(db: Kysely<unknown>) {
    // A judgement of the kind `judge` has read nothing: its facts are those of the scan `facts_of`, read as of `facts_as_of`.
    await run(
      db,
      `alter table scan
        add column kind text not null default 'scan' check (kind in ('scan', 'judge')),
        add column facts_of uuid, add column facts_as_of timestamptz,
        add column scheduled boolean not null default false,
        add column pruned_at timestamptz,
        add check ((kind = 'judge') = (facts_of is not null)), add check ((facts_of is null) = (facts_as_of is null))`,
    )
    await run(db, 'create index scan_by_end on scan (tenant_id, finished_at desc)')
    await run(db, 'create index finding_history_by_key on finding_history (tenant_id, finding_key, at)')
    await run(db, 'create index finding_history_by_time on finding_history (tenant_id, at)')

    // Of a row of the audit log: id, time, activity and actor, and nothing else.
    await createTenantTable(db, {
      name: 'attribution',
      columns: `scan_id uuid not null, object_id text not null, state text not null check (state in ('found', 'none', 'notReadable', 'notLooked')),
        reason text, detail text not null, rows json not null, looked_at timestamptz not null`,
      key: ['scan_id', 'object_id'],
      grants: ['select', 'insert', 'update', 'delete'],
      constraints: [
        'foreign key (tenant_id, scan_id) references scan (tenant_id, id) on delete cascade',
        `check ((state = 'notReadable') = (reason is not null))`,
      ],
    })

    await createTenantTable(db, {
      name: 'scan_sponsor',
      columns: `id uuid not null, person_id uuid not null, display_name text not null, hour integer not null check (hour between 0 and 23),
        state text not null check (state in ('active', 'ended')), since timestamptz not null, proved_at timestamptz not null, last_run_at timestamptz,
        ended_at timestamptz, end_reason text`,
      key: ['id'],
      grants: ['select', 'insert', 'update', 'delete'],
      constraints: [`check ((state = 'ended') = (ended_at is not null))`],
    })
    await run(db, `create unique index one_scan_sponsor on scan_sponsor (tenant_id) where state = 'active'`)
  },
}
