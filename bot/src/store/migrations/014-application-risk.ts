import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, run } from './tenant-table.ts'

/** The risk of each application as last judged, so that a list of thousands is one page of an index; and when that was, or why not. */
export const applicationRiskMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await createTenantTable(db, {
      name: 'application_risk',
      columns: `application_id text not null, app_id text not null, name text not null, sort_name text not null,
        score integer not null check (score between 0 and 100), line json not null, detail json not null`,
      key: ['application_id'],
      grants: ['select', 'insert', 'update', 'delete'],
    })
    await run(db, 'create index application_risk_by_score on application_risk (tenant_id, score desc, application_id)')
    await createTenantTable(db, {
      name: 'application_judgement',
      columns: `facts_of uuid not null, at timestamptz not null, reason text, detail text not null default ''`,
      key: [],
      grants: ['select', 'insert', 'update', 'delete'],
    })
  },
}
