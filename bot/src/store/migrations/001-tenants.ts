import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, currentTenant, run, wall } from './tenant-table.ts'

/** Tenants, the deployment's own key, the vault, sessions and settings. */
export const tenants: Migration = {
  async up(db: Kysely<unknown>) {
    await run(
      db,
      `create table tenant (
        tenant_id uuid primary key default (${currentTenant}),
        display_name text not null,
        domain text not null,
        created_at timestamptz not null
      )`,
    )
    await wall(db, 'tenant', ['select', 'insert', 'update', 'delete'])

    // The deployment's, not a tenant's: nothing in it is about anybody. Write once.
    await run(
      db,
      `create table deployment_secret (name text primary key, sealed_by text not null, sealed bytea not null, public_key text not null)`,
    )
    await run(db, `grant select, insert on deployment_secret to countersign_service`)

    await createTenantTable(db, {
      name: 'tenant_key',
      columns: 'key_id uuid not null, wrapped_by text not null, wrapped_key bytea not null',
      key: [],
      grants: ['select', 'insert', 'delete'],
    })
    await createTenantTable(db, {
      name: 'vault_secret',
      columns:
        'purpose text not null, algorithm text not null, key_id uuid not null, sealed bytea not null, updated_at timestamptz not null default now()',
      key: ['purpose'],
      grants: ['select', 'insert', 'update', 'delete'],
    })

    await createTenantTable(db, {
      name: 'session',
      columns: `id_hash text not null unique, previous_id_hash text unique, kind text not null check (kind in ('cookie', 'bearer')), person_id uuid not null,
        display_name text not null, roles json not null, csrf_token text not null,
        created_at timestamptz not null, rotated_at timestamptz not null, expires_at timestamptz not null`,
      key: ['id_hash'],
      grants: ['select', 'insert', 'update', 'delete'],
      // The 24 hours are absolute: no update can stretch them.
      constraints: [`check (expires_at <= created_at + interval '24 hours')`],
    })
    // A cookie names no tenant: whoever holds the id may read that one row, and learns the tenant from it.
    await run(
      db,
      `create policy own_session on session for select
        using (current_setting('app.session_hash', true) in (id_hash, previous_id_hash))`,
    )

    await createTenantTable(db, {
      name: 'setting',
      columns: 'settings json not null, baseline_id text not null, updated_by uuid not null, updated_at timestamptz not null',
      key: [],
      grants: ['select', 'insert', 'update', 'delete'],
    })
  },
}
