import type { Event, EventKind } from '@countersign/core/events.ts'
import { listenOn, type Store } from './database.ts'
import { eventChannel, inside, type ReadTx, type WriteTx } from './transaction.ts'

/** Tells the readers that something changed, once this transaction commits. */
export function appendEvent(tx: WriteTx, kind: EventKind, subjectId: string, at: string): void {
  tx[inside].events.push({ kind, subjectId, at })
}

/** Events after a cursor, oldest first. */
export async function eventsAfter(tx: ReadTx, seq: number, limit = 500): Promise<Event[]> {
  const rows = await tx[inside].db.selectFrom('event').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute()
  return rows.map((row) => ({ seq: row.seq, kind: row.kind, subjectId: row.subject_id, at: row.at }))
}

/** Number of the newest event, 0 when there is none: where a reader that cares only for the future begins. */
export async function newestEvent(tx: ReadTx): Promise<number> {
  const row = await tx[inside].db
    .selectFrom('event')
    .select((select) => select.fn.max('seq').as('seq'))
    .executeTakeFirst()
  return row?.seq ?? 0
}

/** Deletes events older than the time; cursors stay valid because numbers are never given twice. */
export async function deleteEventsBefore(tx: WriteTx, at: string): Promise<void> {
  await tx[inside].db.deleteFrom('event').where('at', '<', at).execute()
}

/** How far a named reader (for example 'chat/notify') has come; 0 at first. */
export async function cursorOf(tx: ReadTx, reader: string): Promise<number> {
  const row = await tx[inside].db.selectFrom('event_cursor').select('seq').where('reader', '=', reader).executeTakeFirst()
  return row?.seq ?? 0
}

export async function moveCursor(tx: WriteTx, reader: string, seq: number): Promise<void> {
  await tx[inside].db
    .insertInto('event_cursor')
    .values({ reader, seq })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'reader']).doUpdateSet({ seq }))
    .execute()
}

/**
 * Calls `onEvent` for every commit with events in any process, with the tenant and its newest number; the caller then
 * reads from its own cursor. `onReconnect` runs after a lost connection: commits in between were not announced.
 */
export async function listen(
  store: Store,
  onEvent: (tenantId: string, seq: number) => void,
  onReconnect: () => void = () => undefined,
): Promise<{ readonly close: () => Promise<void> }> {
  return listenOn(store, eventChannel, readPayload, onReconnect)

  function readPayload(payload: string): void {
    const [tenantId, seq] = payload.split(' ')
    if (tenantId && seq) onEvent(tenantId, Number(seq))
  }
}
