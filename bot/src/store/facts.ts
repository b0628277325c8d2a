import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonicalJson, type Json } from '@countersign/core/digest.ts'
import type { Reading, UnreadReason } from '@countersign/core/posture/fact.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** Where a fact is written to: plain data, valid in every later transaction of the same scan. */
export interface FactWriter {
  readonly scanId: string
  readonly ordinal: number
  readonly fact: string
  /** Where a reading cut short goes on: the delta or page cursor of the last committed batch. */
  readonly cursor: string | null
}

export interface KeyedRow {
  readonly key: string
  readonly row: Json
}

export interface FactRead {
  readonly fact: string
  readonly state: 'reading' | 'read' | 'unread'
  readonly reason: UnreadReason | null
  /** What would mend it: a scope, a role, a licence, Graph's error code. */
  readonly detail: string
  readonly asOf: string | null
  readonly rows: number
}

/** Begins, or after a restart takes up again, the reading of one fact in one scan. */
export async function openFactWriter(tx: WriteTx, scanId: string, fact: string): Promise<FactWriter> {
  const { db } = tx[inside]
  const ordinal = await ordinalOf(tx, scanId)
  await db
    .insertInto('fact_read')
    .values({ scan_id: scanId, fact, state: 'reading', reason: null, detail: '', as_of: null, cursor: null, row_count: 0 })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'scan_id', 'fact']).doNothing())
    .execute()
  const read = await db.selectFrom('fact_read').selectAll().where('scan_id', '=', scanId).where('fact', '=', fact).executeTakeFirstOrThrow()
  if (read.state !== 'reading')
    throw new Error(`The fact "${fact}" of scan ${scanId} is already ${read.state}: its rows cannot be written again.`)
  return { scanId, ordinal, fact, cursor: read.cursor }
}

/**
 * Writes one batch and the cursor behind it in this transaction. A row whose digest is unchanged is not rewritten; a
 * changed row closes the version before it. Call it with hundreds of rows: it is one statement.
 */
export async function writeFactRows(
  tx: WriteTx,
  writer: FactWriter,
  rows: readonly KeyedRow[],
  cursor: string | null = null,
): Promise<void> {
  const byKey = new Map(rows.map(({ key, row }) => [key, row]))
  const keys = [...byKey.keys()]
  const texts = [...byKey.values()].map((row) => canonicalJson(row))
  const digests = texts.map((text) => createHash('sha256').update(text).digest('hex'))
  const { db } = tx[inside]
  // Looking up each key by itself (limit) and changing rows by their place keeps the cost linear whatever the planner
  // knows about a table that is just being filled: it has no statistics yet and would join the whole fact per batch.
  await sql`
    with incoming as materialized (
      select given.key, given.digest, given.row, current.place, current.digest as known, current.from_scan
      from unnest(${keys}::text[], ${digests}::text[], ${texts}::text[]) as given (key, digest, row)
      left join lateral (
        select ctid as place, digest, from_scan from fact_row
        where fact = ${writer.fact} and key = given.key and to_scan is null limit 1
      ) as current on true
    ), seen as (
      insert into fact_seen (fact, scan, key) select ${writer.fact}, ${writer.ordinal}, key from incoming
      on conflict do nothing
    ), closed as (
      update fact_row set to_scan = ${writer.ordinal}
      where ctid = any (array(select place from incoming where known <> digest and from_scan < ${writer.ordinal}))
      returning 1
    )
    insert into fact_row (fact, key, from_scan, to_scan, digest, row)
    select ${writer.fact}, key, ${writer.ordinal}, null, digest, row::json
    from incoming
    where known is distinct from digest
      -- Counting runs the update above to its end before the first insert: two open versions of a key are forbidden.
      and (select count(*) from closed) >= 0
    on conflict (tenant_id, fact, key, from_scan) do update set digest = excluded.digest, row = excluded.row`.execute(db)
  await db.updateTable('fact_read').set({ cursor }).where('scan_id', '=', writer.scanId).where('fact', '=', writer.fact).execute()
}

/** Ends the reading: rows that were not seen are closed, the fact is read as of `asOf`. */
export async function finishFact(tx: WriteTx, writer: FactWriter, asOf: string): Promise<{ readonly rows: number }> {
  const { db } = tx[inside]
  await sql`
    update fact_row set to_scan = ${writer.ordinal}
    where fact = ${writer.fact} and to_scan is null
      -- The offset keeps this a look-up by key: as a join it was quadratic.
      and not exists (select from fact_seen where fact_seen.fact = fact_row.fact and fact_seen.scan = ${writer.ordinal} and fact_seen.key = fact_row.key offset 0)`.execute(
    db,
  )
  const seen = await db.deleteFrom('fact_seen').where('fact', '=', writer.fact).where('scan', '=', writer.ordinal).executeTakeFirst()
  const rows = Number(seen.numDeletedRows)
  await db
    .updateTable('fact_read')
    .set({ state: 'read', as_of: asOf, cursor: null, row_count: rows })
    .where('scan_id', '=', writer.scanId)
    .where('fact', '=', writer.fact)
    .execute()
  return { rows }
}

/** Notes that a fact could not be read in this scan, before or after some of its batches; the scan's snapshot then has no rows of it. */
export async function markUnread(
  tx: WriteTx,
  scanId: string,
  fact: string,
  why: { readonly reason: UnreadReason; readonly detail: string },
): Promise<void> {
  const { db } = tx[inside]
  const ordinal = await ordinalOf(tx, scanId)
  const row = { state: 'unread', reason: why.reason, detail: why.detail, as_of: null, cursor: null, row_count: 0 } as const
  await db
    .insertInto('fact_read')
    .values({ scan_id: scanId, fact, ...row })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'scan_id', 'fact']).doUpdateSet(row))
    .execute()
  await db.deleteFrom('fact_seen').where('fact', '=', fact).where('scan', '=', ordinal).execute()
}

/** What was read in a scan and what was not, by fact. */
export async function factReads(tx: ReadTx, scanId: string): Promise<FactRead[]> {
  const rows = await tx[inside].db.selectFrom('fact_read').selectAll().where('scan_id', '=', scanId).orderBy('fact').execute()
  return rows.map((row) => ({
    fact: row.fact,
    state: row.state,
    reason: row.reason,
    detail: row.detail,
    asOf: row.as_of,
    rows: row.row_count,
  }))
}

async function ordinalOf(tx: ReadTx, scanId: string): Promise<number> {
  const scan = await tx[inside].db.selectFrom('scan').select('ordinal').where('id', '=', scanId).executeTakeFirst()
  if (!scan) throw new Error(`There is no scan ${scanId} in this tenant.`)
  return scan.ordinal
}

/** A fact as of a scan with all its rows; for facts held whole. `notYet` where the scan has not read it. */
export async function readWhole(tx: ReadTx, scanId: string, fact: string): Promise<Reading<Json>> {
  const rows: Json[] = []
  const reading = await streamRows(tx, scanId, fact, (_key, row) => void rows.push(row))
  return reading.state === 'read' ? { ...reading, rows } : reading
}

/**
 * Hands every row of a fact as of a scan to `onRow`, in the order of the keys, through a cursor of the server: memory
 * stays flat whatever the tenant's size. The answer's `rows` stays empty.
 */
export async function streamRows(
  tx: ReadTx,
  scanId: string,
  fact: string,
  onRow: (key: string, row: Json) => void | Promise<void>,
): Promise<Reading<never>> {
  const { db } = tx[inside]
  const read = await db.selectFrom('fact_read').selectAll().where('scan_id', '=', scanId).where('fact', '=', fact).executeTakeFirst()
  if (!read || read.state === 'reading') return { state: 'unread', reason: 'notYet', detail: '' }
  if (read.state === 'unread') return { state: 'unread', reason: read.reason ?? 'graph', detail: read.detail }
  const ordinal = await ordinalOf(tx, scanId)
  const name = sql.id(`rows_${++cursorCount}`)
  await sql`
    declare ${name} no scroll cursor for
    select key, row from fact_row
    where fact = ${sql.lit(fact)} and from_scan <= ${sql.lit(ordinal)} and (to_scan is null or to_scan > ${sql.lit(ordinal)})
    order by key`.execute(db)
  for (;;) {
    const { rows } = await sql<KeyedRow>`fetch 500 from ${name}`.execute(db)
    for (const { key, row } of rows) await onRow(key, row)
    if (rows.length < 500) break
  }
  await sql`close ${name}`.execute(db)
  return { state: 'read', rows: [], asOf: read.as_of ?? '' }
}

let cursorCount = 0

/** Rows of a fact as of a scan by their keys: what an explanation's basis resolves to. */
export async function rowsByKey(tx: ReadTx, scanId: string, fact: string, keys: readonly string[]): Promise<KeyedRow[]> {
  if (keys.length === 0) return []
  const ordinal = await ordinalOf(tx, scanId)
  return tx[inside].db
    .selectFrom('fact_row')
    .select(['key', 'row'])
    .where('fact', '=', fact)
    .where('key', 'in', keys)
    .where('from_scan', '<=', ordinal)
    .where((where) => where.or([where('to_scan', 'is', null), where('to_scan', '>', ordinal)]))
    .orderBy('key')
    .execute()
}

/** Deletes the versions that only snapshots before this scan show, and those scans' readings. */
export async function pruneFacts(tx: WriteTx, oldestKept: number): Promise<void> {
  const { db } = tx[inside]
  await db.deleteFrom('fact_row').where('to_scan', '<=', oldestKept).execute()
  await db
    .deleteFrom('fact_read')
    .where('scan_id', 'in', (select) => select.selectFrom('scan').select('id').where('ordinal', '<', oldestKept))
    .execute()
}
