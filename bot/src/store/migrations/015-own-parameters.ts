import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, run } from './tenant-table.ts'

/** Each change of the baseline and of its parameters, which is only ever added to; and what each judgement went by. */
export const ownParameters: Migration = {
  async up(db: Kysely<unknown>) {
    await createTenantTable(db, {
      name: 'baseline_change',
      columns: `id bigint generated always as identity, at timestamptz not null, by_id uuid not null, by_name text not null,
        what text not null check (what in ('chosen', 'set', 'withdrawn')), baseline_id text not null, parameter text, value json, before json,
        reason text`,
      key: ['id'],
      grants: ['select', 'insert', 'delete'],
      constraints: [
        `check ((what = 'chosen') = (parameter is null))`,
        `check ((what = 'set') = (value is not null))`,
        `check (what = 'withdrawn' or reason is not null)`,
      ],
    })
    await createTenantTable(db, {
      name: 'judged_with',
      columns: 'scan_id uuid not null, baseline_id text not null, parameters json not null, settings json not null',
      key: ['scan_id'],
      grants: ['select', 'insert', 'update', 'delete'],
      constraints: ['foreign key (tenant_id, scan_id) references scan (tenant_id, id) on delete cascade'],
    })
    await run(db, 'create index baseline_change_by_time on baseline_change (tenant_id, at)')
  },
}
