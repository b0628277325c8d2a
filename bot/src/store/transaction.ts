import { sql, type Transaction } from 'kysely'
import type { EventKind } from '@countersign/core/events.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { serviceDb, storeKeys, type Store } from './database.ts'
import type { DeploymentKey } from './seal.ts'
import type { Tables } from './tables.ts'

/** A job that a verified person started; the queue keeps these two ids and nothing else of the person. */
export interface StoredJob {
  readonly tenantId: string
  readonly objectId: string
}

/** Only files of bot/src/store use this member: everybody else sees a transaction as opaque. */
export const inside: unique symbol = Symbol('inside the store')

interface Inside {
  readonly db: Transaction<Tables>
  readonly deploymentKey: DeploymentKey
  readonly signing: { readonly publicKey: string; readonly sign: (text: string) => string }
  /** Events of this transaction, written and announced right before the commit. */
  readonly events: PendingEvent[]
}

export interface PendingEvent {
  readonly kind: EventKind
  readonly subjectId: string
  readonly at: string
}

/** A read-only snapshot of one tenant. */
export interface ReadTx {
  readonly tenantId: string
  /** Object id of the person on whose behalf the transaction runs. */
  readonly personId: string
  readonly [inside]: Inside
}

/** A transaction of one tenant that may write. Opened only in store, identity and engine. */
export interface WriteTx extends ReadTx {
  readonly mayWrite: true
}

/** Runs `fn` in one read-only snapshot (repeatable read) of the principal's tenant; PostgreSQL refuses every write in it. */
export async function readTx<T>(store: Store, principal: Principal | StoredJob, fn: (tx: ReadTx) => Promise<T>): Promise<T> {
  return serviceDb(store)
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (db) => {
      await enterTenant(db, principal.tenantId)
      return fn(contextOf(store, principal, db))
    })
}

/**
 * Runs `fn` in one transaction of the principal's tenant and commits it; throws away everything when `fn` throws.
 * Change rows first and append to the journal last: the journal is serialised per tenant until the commit.
 */
export async function writeTx<T>(store: Store, principal: Principal | StoredJob, fn: (tx: WriteTx) => Promise<T>): Promise<T> {
  return serviceDb(store)
    .transaction()
    .execute(async (db) => {
      await enterTenant(db, principal.tenantId)
      const tx: WriteTx = { ...contextOf(store, principal, db), mayWrite: true }
      const answer = await fn(tx)
      await writeEvents(tx)
      return answer
    })
}

function contextOf(store: Store, principal: Principal | StoredJob, db: Transaction<Tables>): ReadTx {
  return { tenantId: principal.tenantId, personId: principal.objectId, [inside]: { db, events: [], ...storeKeys(store) } }
}

async function enterTenant(db: Transaction<Tables>, tenantId: string): Promise<void> {
  await sql`select set_config('app.tenant_id', ${tenantId}, true)`.execute(db)
}

/** Channel on which every process hears `<tenant id> <seq>` after a commit. */
export const eventChannel = 'countersign_events'

/**
 * Events get their numbers under a lock of the tenant held from here to the commit, which follows at once: whoever has
 * read up to a number has missed none below it.
 */
async function writeEvents(tx: WriteTx): Promise<void> {
  const { db, events } = tx[inside]
  if (events.length === 0) return
  await sql`select pg_advisory_xact_lock(hashtextextended('event:' || ${tx.tenantId}, 0))`.execute(db)
  let last = 0
  // A statement takes 65,535 parameters at most.
  for (let start = 0; start < events.length; start += 5000) {
    const written = await db
      .insertInto('event')
      .values(events.slice(start, start + 5000).map((event) => ({ kind: event.kind, subject_id: event.subjectId, at: event.at })))
      .returning('seq')
      .execute()
    last = Math.max(last, ...written.map((row) => row.seq))
  }
  await sql`select pg_notify(${eventChannel}, ${`${tx.tenantId} ${last}`})`.execute(db)
}
