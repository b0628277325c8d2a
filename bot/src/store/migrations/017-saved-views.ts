import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, run } from './tenant-table.ts'

/** Views of the findings by name, the score to reach, and what lists of findings are filtered by. */
export const savedViews: Migration = {
  async up(db: Kysely<unknown>) {
    await createTenantTable(db, {
      name: 'saved_view',
      columns: `id uuid not null, person_id uuid not null, by_name text not null, name text not null, query text not null,
        shared boolean not null, at timestamptz not null`,
      key: ['id'],
      grants: ['select', 'insert', 'update', 'delete'],
      constraints: ['check (length(name) between 1 and 60)', 'check (length(query) <= 1500)'],
    })
    await run(db, `create unique index one_view_name on saved_view (tenant_id, person_id, lower(name)) where not shared`)
    await run(db, `create unique index one_shared_view_name on saved_view (tenant_id, lower(name)) where shared`)
    await createTenantTable(db, {
      name: 'default_view',
      columns: 'person_id uuid not null, view_id uuid not null',
      key: ['person_id'],
      grants: ['select', 'insert', 'update', 'delete'],
      constraints: ['foreign key (tenant_id, view_id) references saved_view (tenant_id, id) on delete cascade'],
    })
    await createTenantTable(db, {
      name: 'score_target',
      columns:
        'value integer not null check (value between 1 and 100), by_id uuid not null, by_name text not null, at timestamptz not null',
      key: [],
      grants: ['select', 'insert', 'update', 'delete'],
    })
    // Null until the next judgement has written the finding: then the check alone decides.
    await run(db, 'alter table finding add column fixable boolean')
    await run(db, 'create index finding_by_state on finding (tenant_id, state, check_id)')
    await run(db, 'create index finding_by_object on finding (tenant_id, object_id)')
    await run(db, 'create index finding_by_change on finding (tenant_id, changed_at desc)')
  },
}
