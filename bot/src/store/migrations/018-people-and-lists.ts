import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, run } from './tenant-table.ts'

/**
 * Holders of directory roles as last judged, and what lists of applications are ordered and filtered by. `ends_at` is infinity where nothing
 * ends. Lists that were kept before lack the new columns: they are made anew by the next judgement.
 */
export const peopleAndLists: Migration = {
  async up(db: Kysely<unknown>) {
    await run(db, 'truncate application_risk, application_judgement')
    await run(
      db,
      `alter table application_risk add column registration_id text, add column level text not null, add column publisher text not null,
        add column is_enabled boolean not null, add column control integer not null, add column permissions integer not null,
        add column owners integer not null, add column ends_at timestamptz not null`,
    )
    await run(db, 'create index application_risk_by_name on application_risk (tenant_id, sort_name collate "C", application_id)')
    await run(db, 'create index application_risk_by_end on application_risk (tenant_id, ends_at, application_id)')
    await run(db, 'create index application_risk_by_permissions on application_risk (tenant_id, permissions desc, application_id)')
    await run(db, 'create index application_risk_by_registration on application_risk (tenant_id, registration_id)')

    await createTenantTable(db, {
      name: 'people_judgement',
      columns: `facts_of uuid not null, at timestamptz not null, reason text, detail text not null default '', sources json not null`,
      key: [],
      grants: ['select', 'insert', 'update', 'delete'],
    })
    await createTenantTable(db, {
      name: 'role_holder',
      columns: `principal_id text collate "C" not null, search_text text not null, sort_name text collate "C" not null, kind text not null, is_enabled boolean,
        strength text not null, signed_in timestamptz not null, tier integer not null, ends_at timestamptz not null, person json not null`,
      key: ['principal_id'],
      grants: ['select', 'insert', 'update', 'delete'],
    })
    await createTenantTable(db, {
      name: 'role_hold',
      columns: `principal_id text collate "C" not null, place integer not null, role_id text collate "C" not null, role_name text collate "C" not null, search_text text not null,
        tier integer not null, tier_name text not null, is_active boolean not null, is_direct boolean not null, ends_at timestamptz not null`,
      key: ['principal_id', 'place'],
      grants: ['select', 'insert', 'update', 'delete'],
      constraints: ['foreign key (tenant_id, principal_id) references role_holder (tenant_id, principal_id) on delete cascade'],
    })
    await run(db, 'create index role_hold_by_role on role_hold (tenant_id, tier, role_name, role_id)')
  },
}
