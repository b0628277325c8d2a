import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { run } from './tenant-table.ts'

/** Which suppressions a judgement counted, as a digest of their ids; null for judgements from before this was kept. */
export const judgedSuppressions: Migration = {
  async up(db: Kysely<unknown>) {
    await run(db, `alter table judged_with add column suppressions text check (suppressions ~ '^[0-9a-f]{64}$')`)
  },
}
