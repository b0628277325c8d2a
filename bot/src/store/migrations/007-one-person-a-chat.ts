import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { run } from './tenant-table.ts'

/**
 * A 1:1 chat belongs to one person of one tenant. Row level security hides the chats of other tenants from whoever asks
 * whose a chat is; a unique index is held over all of them, so that the second one is refused all the same.
 */
export const onePersonAChat: Migration = {
  async up(db: Kysely<unknown>) {
    await run(db, 'create unique index one_person_a_chat on conversation (conversation_id)')
  },
}
