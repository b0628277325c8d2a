import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, run } from './tenant-table.ts'

/** What people are told of: the tenant's rules, what stands, what was raised, who wants it and what was sent; and notes of what happened. */
export const alerts: Migration = {
  async up(db: Kysely<unknown>) {
    await createTenantTable(db, {
      name: 'alert_rule',
      columns: `rule_id text not null, is_on boolean not null, severity text not null check (severity in ('critical', 'high', 'medium', 'low')),
        parameters json not null, by_id uuid not null, by_name text not null, at timestamptz not null`,
      key: ['rule_id'],
      grants: ['select', 'insert', 'update', 'delete'],
    })
    await createTenantTable(db, {
      name: 'alert_part',
      columns: 'rule_id text not null, part text not null, looked_at timestamptz not null',
      key: ['rule_id', 'part'],
      grants: ['select', 'insert', 'update', 'delete'],
    })
    await createTenantTable(db, {
      name: 'alert_standing',
      columns: 'rule_id text not null, mark text collate "C" not null, since timestamptz not null',
      key: ['rule_id', 'mark'],
      grants: ['select', 'insert', 'update', 'delete'],
    })
    await createTenantTable(db, {
      name: 'alert',
      columns: `seq bigint generated always as identity, rule_id text not null, severity text not null, name text not null, "values" json not null,
        path text not null, at timestamptz not null`,
      key: ['seq'],
      grants: ['select', 'insert', 'delete'],
    })
    await run(db, 'create index alert_by_time on alert (tenant_id, at desc)')
    await createTenantTable(db, {
      name: 'alert_follower',
      columns: `person_id uuid not null, display_name text not null, wants json not null, muted json not null, told_to bigint not null,
        digest_to bigint not null, digest_at timestamptz, since timestamptz not null, updated_at timestamptz not null`,
      key: ['person_id'],
      grants: ['select', 'insert', 'update', 'delete'],
    })
    await createTenantTable(db, {
      name: 'alert_message',
      columns: `id uuid not null, person_id uuid not null, display_name text not null, kind text not null check (kind in ('immediate', 'digest', 'test')),
        alerts json not null, state text not null check (state in ('waiting', 'sending', 'delivered', 'failed', 'dropped', 'unclear')),
        not_before timestamptz not null, created_at timestamptz not null, tries integer not null default 0, lost integer not null default 0,
        detail text not null default '', sending_since timestamptz, settled_at timestamptz`,
      key: ['id'],
      grants: ['select', 'insert', 'update', 'delete'],
      constraints: [
        `check ((state = 'sending') = (sending_since is not null))`,
        `check ((state in ('waiting', 'sending')) = (settled_at is null))`,
      ],
    })
    await run(db, `create index alert_message_open on alert_message (tenant_id, not_before) where state in ('waiting', 'sending')`)
    await run(db, 'create index alert_message_by_time on alert_message (tenant_id, created_at desc)')
    await createTenantTable(db, {
      name: 'activity_note',
      columns:
        'id bigint generated always as identity, at timestamptz not null, kind text not null, by_id uuid, by_name text not null, what text not null',
      key: ['id'],
      grants: ['select', 'insert', 'delete'],
    })
    await run(db, 'create index activity_note_by_time on activity_note (tenant_id, at desc)')
  },
}
