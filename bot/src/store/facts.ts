import { sql } from 'kysely'
import type { Json } from '@countersign/core/digest.ts'
import type { Reading, UnreadReason } from '@countersign/core/posture/fact.ts'
import { endParts, keepRows, lockReading, partsOf, setDelta } from './fact-parts.ts'
import { countAtEnd, type FactVersion, type Foreseen, type KeyedRow } from './fact-rows.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** Where a fact is written to: plain data, valid in every later transaction of the same scan. */
export interface FactWriter extends FactVersion {
  readonly scanId: string
  /** When the reading was begun, in this process or an earlier one. */
  readonly begunAt: string | null
  /** Where a reading in one part, cut short, goes on. */
  readonly cursor: string | null
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
export async function openFactWriter(tx: WriteTx, scanId: string, fact: string, at: string | null = null): Promise<FactWriter> {
  const { rows } = await sql<{ state: FactRead['state']; begun_at: string | null; ordinal: number; is_new: boolean }>`
    insert into fact_read as read (scan_id, fact, state, detail, row_count, begun_at)
    select id, ${fact}::text, 'reading', '', 0, ${at}::timestamptz from scan where id = ${scanId}
    on conflict (tenant_id, scan_id, fact) do update set fact = excluded.fact
    returning state, begun_at, (select ordinal from scan where id = read.scan_id) as ordinal, xmax = 0 as is_new`.execute(tx[inside].db)
  const [read] = rows
  if (!read) throw new Error(`There is no scan ${scanId} in this tenant.`)
  const { state, ordinal, begun_at: begunAt, is_new: isNew } = read
  if (state !== 'reading') throw new Error(`The fact "${fact}" of scan ${scanId} is already ${state}: its rows cannot be written again.`)
  const whole = isNew ? undefined : (await partsOf(tx, { scanId, fact })).find(({ id }) => id === '')
  return { scanId, ordinal, fact, begunAt, cursor: whole?.next ?? null }
}

/** Writes rows of a reading in one part and where it goes on, in this transaction. Call it with hundreds of rows: it is one statement. */
export async function writeFactRows(
  tx: WriteTx,
  writer: FactWriter,
  rows: readonly KeyedRow[],
  cursor: string | null = null,
): Promise<void> {
  await keepRows(tx, writer, rows, [{ id: '', next: cursor, done: cursor === null }])
}

/**
 * Ends the reading: the fact is read as of `asOf`. A full reading closes the rows that it did not see; a reading of changes closes
 * nothing. `link`, when there is one, is where the next reading of changes begins. `foreseen` spares a full reading the look at every row;
 * `changed` says that rows have been written or removed since.
 */
export async function finishFact(
  tx: WriteTx,
  writer: FactWriter,
  asOf: string,
  how: {
    readonly mode: 'full' | 'delta'
    readonly delta?: { readonly link: string; readonly source: string }
    readonly foreseen?: Foreseen & { readonly changed: boolean }
  } = { mode: 'full' },
): Promise<{ readonly rows: number }> {
  const { marksAll } = await lockReading(tx, writer)
  const foreseen = how.mode === 'full' && how.foreseen?.marksAll === marksAll ? how.foreseen : undefined
  const isAsForeseen = foreseen !== undefined && foreseen.unseen.length === 0 && !foreseen.changed
  const rows = isAsForeseen
    ? foreseen.open
    : await countAtEnd(tx, writer, how.mode === 'full' ? { marksAll, among: foreseen?.unseen } : undefined)
  await setDelta(tx, writer.fact, how.delta)
  await endParts(tx, writer, { asOf, rows })
  return { rows }
}

/** Notes that a fact could not be read in this scan, before or after some of its batches; the scan's snapshot then has no rows of it. */
export async function markUnread(
  tx: WriteTx,
  scanId: string,
  fact: string,
  why: { readonly reason: UnreadReason; readonly detail: string },
): Promise<void> {
  const ordinal = await ordinalOf(tx, scanId)
  const row = { state: 'unread', reason: why.reason, detail: why.detail, as_of: null, row_count: 0 } as const
  await tx[inside].db
    .insertInto('fact_read')
    .values({ scan_id: scanId, fact, ...row, begun_at: null })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'scan_id', 'fact']).doUpdateSet(row))
    .execute()
  await endParts(tx, { scanId, ordinal, fact })
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

/** How many rows the newest reading of a fact had, in whichever scan; undefined where none has read it. */
export async function lastRowCount(tx: ReadTx, fact: string): Promise<number | undefined> {
  const row = await tx[inside].db
    .selectFrom('fact_read')
    .innerJoin('scan', 'scan.id', 'fact_read.scan_id')
    .select('row_count')
    .where('fact', '=', fact)
    .where('fact_read.state', '=', 'read')
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.row_count
}

/** The newest scan that read a fact, finished or not; undefined where none has. */
export async function lastScanWith(tx: ReadTx, fact: string): Promise<string | undefined> {
  const row = await tx[inside].db
    .selectFrom('fact_read')
    .innerJoin('scan', 'scan.id', 'fact_read.scan_id')
    .select('scan.id')
    .where('fact', '=', fact)
    .where('fact_read.state', '=', 'read')
    .where('scan.pruned_at', 'is', null)
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
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
 * Hands every row of a fact as of a scan to `onRow` through a cursor of the server: memory stays flat whatever the tenant's size. In the
 * order of the keys, or in `any` order, which is several times faster where the rows do not fit the server's memory. The answer's `rows`
 * stays empty.
 */
export async function streamRows(
  tx: ReadTx,
  scanId: string,
  fact: string,
  onRow: (key: string, row: Json) => void | Promise<void> | undefined,
  order: 'key' | 'any' = 'key',
): Promise<Reading<never>> {
  const { db } = tx[inside]
  const read = await db.selectFrom('fact_read').selectAll().where('scan_id', '=', scanId).where('fact', '=', fact).executeTakeFirst()
  if (!read || read.state === 'reading') return { state: 'unread', reason: 'notYet', detail: '' }
  if (read.state === 'unread') return { state: 'unread', reason: read.reason ?? 'graph', detail: read.detail }
  const ordinal = await ordinalOf(tx, scanId)
  const name = sql.id(`rows_${++cursorCount}`)
  // All rows will be fetched; taken by way of the index each of them would be a page of its own.
  if (order === 'any') await sql`set local enable_indexscan = off`.execute(db)
  await sql`
    declare ${name} no scroll cursor for
    select key, row from fact_row
    where fact = ${sql.lit(fact)} and from_scan <= ${sql.lit(ordinal)} and (to_scan is null or to_scan > ${sql.lit(ordinal)})
    ${order === 'key' ? sql`order by key` : sql``}`.execute(db)
  if (order === 'any') await sql`set local enable_indexscan = on`.execute(db)
  for (;;) {
    const { rows } = await sql<KeyedRow>`fetch 1000 from ${name}`.execute(db)
    for (const { key, row } of rows) {
      const work = onRow(key, row)
      if (work) await work
    }
    if (rows.length < 1000) break
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

/** Rows of a fact as of a scan with one member of a given text, in the order of their keys. Looks at every row: for what is asked seldom. */
export async function rowsWith(tx: ReadTx, scanId: string, fact: string, member: string, value: string): Promise<KeyedRow[]> {
  const ordinal = await ordinalOf(tx, scanId)
  return tx[inside].db
    .selectFrom('fact_row')
    .select(['key', 'row'])
    .where('fact', '=', fact)
    .where('from_scan', '<=', ordinal)
    .where((where) => where.or([where('to_scan', 'is', null), where('to_scan', '>', ordinal)]))
    .where(sql<boolean>`lower(row ->> ${member}) = ${value.toLowerCase()}`)
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
