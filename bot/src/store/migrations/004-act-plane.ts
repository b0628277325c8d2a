import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, run } from './tenant-table.ts'

/** Proposals, offers, steps, echoes, chats and the Aid. */
export const actPlane: Migration = {
  async up(db: Kysely<unknown>) {
    await createTenantTable(db, {
      name: 'proposal',
      columns: `id uuid not null, hash text not null check (hash ~ '^[0-9a-f]{64}$'), state text not null, terms json not null, requested_by uuid not null,
        created_at timestamptz not null, expires_at timestamptz not null, end_reason text, receipt_number integer`,
      key: ['id'],
      grants: ['select', 'insert'],
      constraints: ['unique (tenant_id, receipt_number)'],
    })
    // What was hashed and shown can never be changed: only these columns can.
    await run(db, 'grant update (state, end_reason, receipt_number) on proposal to countersign_service')
    await run(db, 'create index proposal_by_time on proposal (tenant_id, created_at desc)')

    const ofProposal = 'foreign key (tenant_id, proposal_id) references proposal (tenant_id, id) on delete cascade'
    await createTenantTable(db, {
      name: 'offer',
      columns: `id uuid not null, proposal_id uuid not null, proposal_hash text not null, person_id uuid not null, conversation_id text not null,
        card_activity_id text not null, nonce text not null, code text not null, bytes_digest text not null,
        created_at timestamptz not null, expires_at timestamptz not null, state text not null check (state in ('live', 'used', 'dead'))`,
      key: ['id'],
      grants: ['select', 'insert'],
      constraints: [ofProposal, 'unique (tenant_id, nonce)'],
    })
    await run(db, 'grant update (state, card_activity_id) on offer to countersign_service')
    await run(db, `create unique index one_live_offer on offer (tenant_id, proposal_id, person_id) where state = 'live'`)
    await run(db, `create unique index one_live_code on offer (tenant_id, person_id, code) where state = 'live'`)

    await createTenantTable(db, {
      name: 'proposal_step',
      columns: `proposal_id uuid not null, step_index integer not null, state text not null default 'planned' check (state in ('planned', 'sending', 'done')),
        client_request_id uuid, sent_at timestamptz, outcome json, done_at timestamptz`,
      key: ['proposal_id', 'step_index'],
      grants: ['select', 'insert'],
      constraints: [ofProposal, `check ((state = 'planned') = (sent_at is null))`, `check ((state = 'done') = (done_at is not null))`],
    })
    await run(db, 'grant update (state, client_request_id, sent_at, outcome, done_at) on proposal_step to countersign_service')
    // At most one send per step, whatever the code does: a step never becomes planned again.
    await run(
      db,
      `create function step_moves_forward() returns trigger language plpgsql set search_path = countersign as $$
      begin
        if (old.state, new.state) in (('planned', 'sending'), ('sending', 'done')) then return new; end if;
        raise exception 'A step moves from planned to sending to done and never back (% to %).', old.state, new.state using errcode = 'integrity_constraint_violation';
      end $$`,
    )
    await run(db, 'create trigger step_moves_forward before update on proposal_step for each row execute function step_moves_forward()')

    await createTenantTable(db, {
      name: 'echo',
      columns: `proposal_id uuid not null, step_index integer not null, state text not null, actor_id text not null, sent_at timestamptz not null,
        expected_by timestamptz not null, next_look_at timestamptz, "row" json not null, also json not null, looked_at timestamptz`,
      key: ['proposal_id', 'step_index'],
      grants: ['select', 'insert', 'update'],
      constraints: [ofProposal],
    })

    await createTenantTable(db, {
      name: 'conversation',
      columns: 'person_id uuid not null, conversation_id text not null, reference json not null, updated_at timestamptz not null',
      key: ['person_id'],
      grants: ['select', 'insert', 'update', 'delete'],
    })

    await createTenantTable(db, {
      name: 'aid',
      columns: `object_id uuid not null, user_principal_name text not null, state text not null check (state in ('connected', 'needsSignIn', 'disabled', 'roleMissing')),
        detail text, roles json not null, scopes json not null, connected_by uuid not null, connected_at timestamptz not null, checked_at timestamptz not null`,
      key: [],
      grants: ['select', 'insert', 'update', 'delete'],
    })
  },
}
