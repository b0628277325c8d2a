import { sql } from 'kysely'
import { countMarked, foreseeEnd, removeRows, upsertRows, type FactVersion, type Foreseen, type KeyedRow } from './fact-rows.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** One fact of one scan. */
export interface ReadingId {
  readonly scanId: string
  readonly fact: string
}

/** The same with the scan's number, by which rows are versioned. */
export interface ReadingVersion extends ReadingId, FactVersion {}

export interface StoredPart {
  /** '' where the reading has one part. */
  readonly id: string
  /** Link to go on from; null: from the beginning. */
  readonly next: string | null
  readonly done: boolean
}

/** What a reading cut short has kept. */
export interface StoredPosition {
  readonly plan: { readonly parts: readonly StoredPart[]; readonly deltaLink: string | null } | null
  /** The open rows equal the tenant as of this link; null where they must be read in full. */
  readonly deltaLink: string | null
}

/** Where the reading of a fact stands. A link that belongs to another way of reading (`source`) is none. */
export async function positionOf(tx: ReadTx, reading: ReadingId, source: string): Promise<StoredPosition> {
  const { scanId, fact } = reading
  const { rows } = await sql<{ planned: boolean | null; plan_link: string | null; source: string | null; link: string | null }>`
    select read.planned, read.plan_link, delta.source, delta.link
    from (select ${fact}::text as fact) as given
    left join fact_read as read on read.fact = given.fact and read.scan_id = ${scanId}
    left join fact_delta as delta on delta.fact = given.fact`.execute(tx[inside].db)
  const [at] = rows
  return {
    plan: at?.planned ? { parts: await partsOf(tx, reading), deltaLink: at.plan_link } : null,
    deltaLink: at?.source === source ? at.link : null,
  }
}

/** The next scan reads every fact in full. */
export async function forgetDeltaLinks(tx: WriteTx): Promise<void> {
  await tx[inside].db.deleteFrom('fact_delta').execute()
}

/** The parts of a full reading, and the link to the changes since before the first of them was read. */
export interface PartsPlan {
  readonly parts: readonly string[]
  readonly deltaLink: string | null
}

/** Notes the parts of a full reading. From here on the open rows are a mixture: their old link is gone. */
export async function planParts(tx: WriteTx, reading: ReadingVersion, parts: readonly string[], deltaLink: string | null): Promise<void> {
  await lockReading(tx, reading)
  await notePlan(tx, reading, { parts, deltaLink })
}

async function notePlan(tx: WriteTx, reading: ReadingVersion, { parts, deltaLink }: PartsPlan): Promise<void> {
  const { scanId, fact, ordinal } = reading
  await sql`
    with parts as (delete from fact_part where scan_id = ${scanId} and fact = ${fact}),
      seen as (delete from fact_seen where fact = ${fact} and scan = ${ordinal}),
      link as (delete from fact_delta where fact = ${fact})
    update fact_read set planned = true, plan_link = ${deltaLink} where scan_id = ${scanId} and fact = ${fact}`.execute(tx[inside].db)
  await putParts(
    tx,
    reading,
    parts.map((id) => ({ id, next: null, done: false })),
  )
}

/**
 * Writes rows and how far their parts have come; before them the plan, where it is not noted yet. `added`: how many rows the fact has more
 * than before.
 */
export async function keepRows(
  tx: WriteTx,
  reading: ReadingVersion,
  rows: readonly KeyedRow[],
  parts: readonly StoredPart[],
  plan?: PartsPlan,
): Promise<{ readonly added: number }> {
  const { marksAll } = await lockReading(tx, reading)
  if (plan) await notePlan(tx, reading, plan)
  const added = await upsertRows(tx, reading, rows, marksAll ? 'all' : 'unchanged')
  await putParts(tx, reading, parts)
  return { added }
}

/** Forgets the plan, the parts and the marks: the fact is read again from the beginning. */
export async function restartReading(tx: WriteTx, reading: ReadingVersion): Promise<void> {
  await lockReading(tx, reading)
  await endParts(tx, reading)
  await update(tx, reading, { marks_all: true })
}

/**
 * Applies changes and the link behind them: to a full reading that has a plan, else to the rows that the link's digest of `source` vouches
 * for. No key is both in `upserts` and in `removed`.
 */
export async function applyChanges(
  tx: WriteTx,
  reading: ReadingVersion,
  changes: { readonly upserts: readonly KeyedRow[]; readonly removed: readonly string[]; readonly link: string; readonly source: string },
): Promise<void> {
  const { planned, marksAll } = await lockReading(tx, reading)
  const { upserts, removed, link, source } = changes
  await removeRows(tx, reading, removed)
  if (planned) {
    await upsertRows(tx, reading, upserts, marksAll ? 'all' : 'unchanged')
    await update(tx, reading, { plan_link: link })
    return
  }
  await upsertRows(tx, reading, upserts, 'none')
  await setDelta(tx, reading.fact, { link, source })
  // Should this end in a full reading all the same, rows of this scan are no proof that it has seen them.
  if (!marksAll && upserts.length > 0) await update(tx, reading, { marks_all: true })
}

/** Rows of this full reading so far, without those that its changes removed. */
export async function countSeen(tx: WriteTx, reading: ReadingVersion): Promise<number> {
  const { marksAll } = await lockReading(tx, reading)
  return countMarked(tx, reading, marksAll)
}

/** What `finishFact` will meet, but for what is written meanwhile: its count and its unseen keys are those of now. A reading that is restarted forgets it. */
export async function foreseeFinish(tx: ReadTx, reading: ReadingVersion): Promise<Foreseen | undefined> {
  const read = await tx[inside].db
    .selectFrom('fact_read')
    .select('marks_all')
    .where('scan_id', '=', reading.scanId)
    .where('fact', '=', reading.fact)
    .executeTakeFirst()
  return read ? foreseeEnd(tx, reading, read.marks_all) : undefined
}

/** Takes the reading for this transaction alone, and refuses one that has ended or whose scan has. */
export async function lockReading(
  tx: WriteTx,
  { scanId, fact }: ReadingId,
): Promise<{ readonly planned: boolean; readonly marksAll: boolean }> {
  const read = await tx[inside].db
    .selectFrom('fact_read')
    .innerJoin('scan', 'scan.id', 'fact_read.scan_id')
    .select(['fact_read.state', 'planned', 'marks_all'])
    .where('scan_id', '=', scanId)
    .where('fact', '=', fact)
    .where('scan.state', 'in', ['queued', 'collecting'])
    .forUpdate('fact_read')
    .executeTakeFirst()
  if (read?.state !== 'reading') throw new Error(`The fact "${fact}" of scan ${scanId} is not being read: nothing can be written to it.`)
  return { planned: read.planned, marksAll: read.marks_all }
}

export async function partsOf(tx: ReadTx, { scanId, fact }: ReadingId): Promise<StoredPart[]> {
  const rows = await tx[inside].db
    .selectFrom('fact_part')
    .select(['part', 'next', 'done'])
    .where('scan_id', '=', scanId)
    .where('fact', '=', fact)
    .orderBy('part')
    .execute()
  return rows.map(({ part, next, done }) => ({ id: part, next, done }))
}

/** Forgets what only a reading under way needs. `read`: the fact has been read. */
export async function endParts(
  tx: WriteTx,
  { scanId, fact, ordinal }: ReadingVersion,
  read?: { readonly asOf: string; readonly rows: number },
): Promise<void> {
  const asRead = read ? sql`, state = 'read', as_of = ${read.asOf}, row_count = ${read.rows}` : sql``
  await sql`
    with parts as (delete from fact_part where scan_id = ${scanId} and fact = ${fact}),
      seen as (delete from fact_seen where fact = ${fact} and scan = ${ordinal})
    update fact_read set planned = false, plan_link = null ${asRead} where scan_id = ${scanId} and fact = ${fact}`.execute(tx[inside].db)
}

export async function setDelta(
  tx: WriteTx,
  fact: string,
  delta: { readonly link: string; readonly source: string } | undefined,
): Promise<void> {
  const { db } = tx[inside]
  if (!delta) await db.deleteFrom('fact_delta').where('fact', '=', fact).execute()
  else
    await db
      .insertInto('fact_delta')
      .values({ fact, ...delta })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'fact']).doUpdateSet(delta))
      .execute()
}

/** The last of each id counts. */
async function putParts(tx: WriteTx, { scanId, fact }: ReadingId, parts: readonly StoredPart[]): Promise<void> {
  if (parts.length === 0) return
  const byId = [...new Map(parts.map((part) => [part.id, part])).values()]
  await sql`
    insert into fact_part (scan_id, fact, part, next, done)
    select ${scanId}::uuid, ${fact}, part, next, done
    from unnest(${byId.map(({ id }) => id)}::text[], ${byId.map(({ next }) => next)}::text[], ${byId.map(({ done }) => done)}::boolean[])
      as given (part, next, done)
    on conflict (tenant_id, scan_id, fact, part) do update set next = excluded.next, done = excluded.done`.execute(tx[inside].db)
}

async function update(
  tx: WriteTx,
  { scanId, fact }: ReadingId,
  values: { readonly plan_link?: string | null; readonly marks_all?: boolean },
): Promise<void> {
  await tx[inside].db.updateTable('fact_read').set(values).where('scan_id', '=', scanId).where('fact', '=', fact).execute()
}
