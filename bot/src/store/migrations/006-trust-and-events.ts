import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, run } from './tenant-table.ts'

/** Evidence, scopes of the tokens obtained, events and their readers' cursors. */
export const trustAndEvents: Migration = {
  async up(db: Kysely<unknown>) {
    await createTenantTable(db, {
      name: 'evidence',
      columns: `id uuid not null, probe_id text not null, observed_at timestamptz not null, environment text not null check (environment in ('emulator', 'tenant')),
        observation json not null, digest text not null`,
      key: ['id'],
      grants: ['select', 'insert', 'delete'],
    })
    await run(db, 'create index evidence_by_probe on evidence (tenant_id, probe_id, observed_at desc)')

    await createTenantTable(db, {
      name: 'token_scopes',
      columns: `id bigint generated always as identity, plane text not null check (plane in ('read', 'act')), person_id uuid not null,
        scopes json not null, has_roles boolean not null, issued_at timestamptz not null`,
      key: ['id'],
      grants: ['select', 'insert', 'delete'],
    })
    await run(db, 'create index token_scopes_by_plane on token_scopes (tenant_id, plane, id desc)')

    await createTenantTable(db, {
      name: 'event',
      columns: 'seq bigint generated always as identity, kind text not null, subject_id text not null, at timestamptz not null',
      key: ['seq'],
      grants: ['select', 'insert', 'delete'],
    })
    await createTenantTable(db, {
      name: 'event_cursor',
      columns: 'reader text not null, seq bigint not null',
      key: ['reader'],
      grants: ['select', 'insert', 'update', 'delete'],
    })
  },
}
