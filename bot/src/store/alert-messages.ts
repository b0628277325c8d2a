import { randomUUID } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import type { AlertMessageTable, MessageKind, MessageState } from './alert-tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** A message to one person, from when it is planned until its end is known. */
export interface StoredMessage {
  readonly id: string
  readonly personId: string
  readonly displayName: string
  readonly kind: MessageKind
  /** Numbers of the alerts that it holds. */
  readonly alerts: readonly number[]
  readonly state: MessageState
  /** Not sent before: the end of quiet hours, or the next try. */
  readonly notBefore: string
  readonly createdAt: string
  /** Sends that were begun. */
  readonly tries: number
  /** Of these, sends whose end nobody noted. */
  readonly lost: number
  /** Why it is where it is, in words. */
  readonly detail: string
  readonly sendingSince: string | null
  readonly settledAt: string | null
}

/** A new message; or, where one at once still waits for the same person, that one with these alerts too. */
export async function planMessage(
  tx: WriteTx,
  message: Pick<StoredMessage, 'personId' | 'displayName' | 'kind' | 'alerts' | 'notBefore' | 'createdAt'>,
): Promise<void> {
  const { db } = tx[inside]
  if (message.kind === 'immediate') {
    const waiting = await db
      .selectFrom('alert_message')
      .selectAll()
      .where('person_id', '=', message.personId)
      .where('kind', '=', 'immediate')
      .where('state', '=', 'waiting')
      .orderBy('created_at')
      .limit(1)
      .forUpdate()
      .executeTakeFirst()
    if (waiting) {
      await db
        .updateTable('alert_message')
        .set({ alerts: JSON.stringify([...waiting.alerts, ...message.alerts]) })
        .where('id', '=', waiting.id)
        .execute()
      return
    }
  }
  await db
    .insertInto('alert_message')
    .values({
      id: randomUUID(),
      person_id: message.personId,
      display_name: message.displayName,
      kind: message.kind,
      alerts: JSON.stringify(message.alerts),
      state: 'waiting',
      not_before: message.notBefore,
      created_at: message.createdAt,
    })
    .execute()
}

/** Whether `takeMessage` would find one. */
export async function isMessageDue(tx: ReadTx, at: string, lostBefore: string): Promise<boolean> {
  const row = await tx[inside].db.selectFrom('alert_message').select('id').where(isDue(at, lostBefore)).limit(1).executeTakeFirst()
  return row !== undefined
}

function isDue(at: string, lostBefore: string) {
  return sql<boolean>`((state = 'waiting' and not_before <= ${at}) or (state = 'sending' and sending_since <= ${lostBefore}))`
}

/**
 * Takes the next message that is due, or one whose sender has been silent since `lostBefore`. What was taken is `sending` from the commit on, so that
 * no two processes send the same message at the same time.
 */
export async function takeMessage(tx: WriteTx, at: string, lostBefore: string): Promise<StoredMessage | undefined> {
  const { db } = tx[inside]
  const next = await db
    .selectFrom('alert_message')
    .select(['id', 'state'])
    .where(isDue(at, lostBefore))
    .orderBy('not_before')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!next) return undefined
  const row = await db
    .updateTable('alert_message')
    .set({
      state: 'sending',
      sending_since: at,
      tries: sql<number>`tries + 1`,
      lost: next.state === 'sending' ? sql<number>`lost + 1` : sql<number>`lost`,
    })
    .where('id', '=', next.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return toMessage(row)
}

/** Ends what is being sent, or lets it wait for another try; false where somebody else has ended it. */
export async function settleMessage(
  tx: WriteTx,
  id: string,
  end: { readonly state: Exclude<MessageState, 'sending'>; readonly detail: string; readonly at: string; readonly notBefore?: string },
): Promise<boolean> {
  const answer = await tx[inside].db
    .updateTable('alert_message')
    .set({
      state: end.state,
      detail: end.detail,
      sending_since: null,
      settled_at: end.state === 'waiting' ? null : end.at,
      ...(end.notBefore === undefined ? {} : { not_before: end.notBefore }),
    })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .executeTakeFirst()
  return answer.numUpdatedRows === 1n
}

/** The newest messages, of one person where one is named. */
export async function listMessages(tx: ReadTx, limit: number, personId?: string): Promise<readonly StoredMessage[]> {
  const query = tx[inside].db.selectFrom('alert_message').selectAll().orderBy('created_at', 'desc').orderBy('id').limit(limit)
  return (await (personId === undefined ? query : query.where('person_id', '=', personId)).execute()).map(toMessage)
}

/** Deletes alerts, messages whose end is known, and notes from before the time. */
export async function deleteAlertsBefore(tx: WriteTx, at: string): Promise<void> {
  const { db } = tx[inside]
  await db.deleteFrom('alert').where('at', '<', at).execute()
  await db.deleteFrom('alert_message').where('settled_at', '<', at).execute()
  await db.deleteFrom('activity_note').where('at', '<', at).execute()
}

function toMessage(row: Selectable<AlertMessageTable>): StoredMessage {
  return {
    id: row.id,
    personId: row.person_id,
    displayName: row.display_name,
    kind: row.kind,
    alerts: row.alerts,
    state: row.state,
    notBefore: row.not_before,
    createdAt: row.created_at,
    tries: row.tries,
    lost: row.lost,
    detail: row.detail,
    sendingSince: row.sending_since,
    settledAt: row.settled_at,
  }
}
