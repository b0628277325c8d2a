import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, run } from './tenant-table.ts'

/** Readings in parts that go on after a crash, changes since the last reading, budgets of requests, and judgements while a scan goes on. */
export const factsInParts: Migration = {
  async up(db: Kysely<unknown>) {
    await run(
      db,
      // planned: its parts are known. plan_link: changes after it are read once the parts are done. marks_all: rows of this
      // scan were written before the plan, so that every key is marked as seen and not the unchanged ones alone.
      `alter table fact_read drop column cursor, add column begun_at timestamptz, add column planned boolean not null default false,
        add column plan_link text, add column marks_all boolean not null default false`,
    )
    await run(
      db,
      'alter table scan add column ranges boolean not null default true, add column judged_at timestamptz, add column core_read_at timestamptz',
    )

    // One row for each part of a reading that is under way: '' for a plain list.
    await createTenantTable(db, {
      name: 'fact_part',
      columns: 'scan_id uuid not null, fact text not null, part text collate "C" not null, next text, done boolean not null',
      key: ['scan_id', 'fact', 'part'],
      grants: ['select', 'insert', 'update', 'delete'],
      constraints: ['foreign key (tenant_id, scan_id) references scan (tenant_id, id) on delete cascade'],
    })

    // Keys that a full reading has seen unchanged, a page to a row: a row and an index entry for each key would cost more than the facts.
    await run(db, 'drop table fact_seen')
    await createTenantTable(db, {
      name: 'fact_seen',
      columns: 'fact text not null, scan bigint not null, page bigint generated always as identity, keys text[] collate "C" not null',
      key: ['fact', 'scan', 'page'],
      grants: ['select', 'insert', 'delete'],
    })

    // The open rows of the fact equal the tenant as of this link, which belongs to one way of reading (digest of source and schema).
    await createTenantTable(db, {
      name: 'fact_delta',
      columns: 'fact text not null, link text not null, source text not null',
      key: ['fact'],
      grants: ['select', 'insert', 'update', 'delete'],
    })

    await createTenantTable(db, {
      name: 'graph_budget',
      columns: 'bucket text not null, state json not null',
      key: ['bucket'],
      grants: ['select', 'insert', 'update', 'delete'],
    })
  },
}
