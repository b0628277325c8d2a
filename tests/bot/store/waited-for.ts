import { setTimeout as wait } from 'node:timers/promises'
import { asUser, type TestStore } from './test-store.ts'

/** Until so many in this database wait for what another transaction holds. */
export function waitedFor({ owner }: Pick<TestStore, 'owner'>, atLeast = 1): Promise<void> {
  return asUser(owner, async (client) => {
    const waits = 'select 1 from pg_stat_activity where datname = current_database() and wait_event_type = $1'
    while (((await client.query(waits, ['Lock'])).rowCount ?? 0) < atLeast) await wait(5)
  })
}
