import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, run } from './tenant-table.ts'

/** What a tenant switched on and off, how each step was read back, and codes that were typed wrong. */
export const twoPeopleAndSteps: Migration = {
  async up(db: Kysely<unknown>) {
    await createTenantTable(db, {
      name: 'action_switch',
      columns: 'action_id text not null, enabled boolean not null, by uuid not null, by_name text not null, at timestamptz not null',
      key: ['action_id'],
      grants: ['select', 'insert', 'update'],
    })
    await createTenantTable(db, {
      name: 'wrong_code',
      columns: 'id bigint generated always as identity, person_id uuid not null, at timestamptz not null',
      key: ['id'],
      grants: ['select', 'insert', 'delete'],
    })
    await run(db, 'create index wrong_code_by_person on wrong_code (tenant_id, person_id, at)')

    // The two checks of a step are written anew, because a step that was never sent is an end of its own.
    await run(
      db,
      `do $$ declare rule record; begin
        for rule in select conname from pg_constraint where conrelid = 'proposal_step'::regclass and contype = 'c' loop
          execute format('alter table proposal_step drop constraint %I', rule.conname);
        end loop;
      end $$`,
    )
    await run(
      db,
      `alter table proposal_step
        add column met text check (met in ('met', 'notMet', 'unclear')),
        add check (state in ('planned', 'sending', 'done', 'notSent')),
        add check ((state in ('planned', 'notSent')) = (sent_at is null)),
        add check ((state = 'done') = (done_at is not null)),
        add check (met is null or state = 'done')`,
    )
    await run(db, 'grant update (met) on proposal_step to countersign_service')
    // A step that is done takes nothing more than what reading it back showed.
    await run(
      db,
      `create or replace function step_moves_forward() returns trigger language plpgsql set search_path = countersign as $$
      begin
        if (old.state, new.state) in (('planned', 'sending'), ('sending', 'done'), ('planned', 'notSent')) then return new; end if;
        if old.state = 'done' and new.state = 'done' and new.outcome::text is not distinct from old.outcome::text
          and (new.client_request_id, new.sent_at, new.done_at) is not distinct from (old.client_request_id, old.sent_at, old.done_at) then return new; end if;
        raise exception 'A step moves from planned to sending to done and never back (% to %).', old.state, new.state using errcode = 'integrity_constraint_violation';
      end $$`,
    )
  },
}
