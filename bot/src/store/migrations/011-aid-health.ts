import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { run } from './tenant-table.ts'

/** Why the Aid cannot work, the policies behind it, the names and scopes of the roles it holds, and the client ids of our registrations. */
export const aidHealth: Migration = {
  async up(db: Kysely<unknown>) {
    await run(
      db,
      `alter table aid add column reason text, add column policy text, add column held_roles json not null default '[]',\n      add column registrations json`,
    )
  },
}
