import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createTenantTable, run } from './tenant-table.ts'

/** The append-only, hash-chained record. First wall: the service's role may only read and insert. Second wall: triggers, for every role. */
export const journal: Migration = {
  async up(db: Kysely<unknown>) {
    await createTenantTable(db, {
      name: 'journal',
      columns: `seq bigint not null check (seq > 0), at text not null, kind text not null, subject_id text not null, body json not null,
        prev_hash text not null check (prev_hash ~ '^[0-9a-f]{64}$'), hash text not null check (hash ~ '^[0-9a-f]{64}$')`,
      key: ['seq'],
      grants: ['select', 'insert'],
    })
    await run(db, 'create index journal_by_subject on journal (tenant_id, subject_id, seq)')

    await run(
      db,
      `create function journal_continues() returns trigger language plpgsql set search_path = countersign as $$
      declare last journal;
      begin
        select * into last from journal where tenant_id = new.tenant_id order by seq desc limit 1;
        if new.seq = coalesce(last.seq, 0) + 1 and new.prev_hash = coalesce(last.hash, repeat('0', 64)) then return new; end if;
        raise exception 'Record % does not continue the journal, which ends at %.', new.seq, coalesce(last.seq, 0) using errcode = 'integrity_constraint_violation';
      end $$`,
    )
    await run(db, 'create trigger journal_continues before insert on journal for each row execute function journal_continues()')

    // Records go only with their tenant: then the cascade runs after the tenant's own row is gone.
    await run(
      db,
      `create function journal_is_append_only() returns trigger language plpgsql set search_path = countersign as $$
      begin
        if tg_op = 'DELETE' and not exists (select from tenant where tenant_id = old.tenant_id) then return old; end if;
        raise exception 'The journal is append-only.' using errcode = 'insufficient_privilege';
      end $$`,
    )
    await run(
      db,
      'create trigger journal_is_append_only before update or delete on journal for each row execute function journal_is_append_only()',
    )
    await run(
      db,
      'create trigger journal_is_not_truncated before truncate on journal for each statement execute function journal_is_append_only()',
    )
  },
}
