import { hash } from 'node:crypto'
import { sql, type RawBuilder } from 'kysely'
import { canonicalJson, type Json } from '@countersign/core/digest.ts'
import { mapInSlices } from '../in-slices.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

export interface KeyedRow {
  readonly key: string
  readonly row: Json
}

/** A control character never stands bare in JSON, so it parts texts that need no quoting: quoting them as an array costs more than the rest. */
const separator = '\u001e'

/** The versions of one fact that belong to one scan. */
export interface FactVersion {
  readonly ordinal: number
  readonly fact: string
}

/** Which keys a batch marks as seen: a full reading closes what it did not mark, a reading of changes closes what it was told. */
export type Marks = 'none' | 'unchanged' | 'all'

/**
 * Writes rows in one statement, the last of each key counting, and answers how many keys had no row before. A row whose digest is unchanged
 * is not rewritten; a changed row closes the version before it.
 */
export async function upsertRows(tx: WriteTx, { ordinal, fact }: FactVersion, rows: readonly KeyedRow[], marks: Marks): Promise<number> {
  if (rows.length === 0) return 0
  const byKey = new Map(rows.map(({ key, row }) => [key, row]))
  const texts = await mapInSlices([...byKey.values()], (row) => canonicalJson(row))
  const digests = await mapInSlices(texts, (text) => hash('sha256', text))
  // Looking up each key by itself (limit) and changing rows by their place keeps the cost linear whatever the planner
  // knows about a table that is just being filled: it has no statistics yet and would join the whole fact per batch.
  const written = await sql<Count>`
    with incoming as materialized (
      select given.key, given.digest, given.row, current.place, current.digest as known, current.from_scan
      from rows from (
        unnest(${[...byKey.keys()]}::text[]), unnest(${digests}::text[]), string_to_table(${texts.join(separator)}, ${separator})
      ) as given (key, digest, row)
      left join lateral (
        select ctid as place, digest, from_scan from fact_row
        where fact = ${fact} and key = given.key and to_scan is null limit 1
      ) as current on true
    ), seen as (
      insert into fact_seen (fact, scan, keys)
      select ${fact}, ${ordinal}, array_agg(key) from incoming
      where ${marks} = 'all' or (${marks} = 'unchanged' and known = digest and from_scan < ${ordinal})
      having count(*) > 0
    ), closed as (
      update fact_row set to_scan = ${ordinal}
      where ctid = any (array(select place from incoming where known <> digest and from_scan < ${ordinal}))
      returning 1
    ), written as (
      insert into fact_row (fact, key, from_scan, to_scan, digest, row)
      select ${fact}, key, ${ordinal}, null, digest, row::json
      from incoming
      where known is distinct from digest
        -- Counting runs the update above to its end before the first insert: two open versions of a key are forbidden.
        and (select count(*) from closed) >= 0
      on conflict (tenant_id, fact, key, from_scan) do update set digest = excluded.digest, row = excluded.row
    )
    select count(*) as count from incoming where known is null`.execute(tx[inside].db)
  return written.rows[0]?.count ?? 0
}

/** Ends rows that the tenant no longer has. */
export async function removeRows(tx: WriteTx, { ordinal, fact }: FactVersion, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  const { db } = tx[inside]
  // A version that this very scan began was in no snapshot yet.
  await sql`delete from fact_row where fact = ${fact} and key = any(${keys}::text[]) and to_scan is null and from_scan = ${ordinal}`.execute(
    db,
  )
  await sql`
    update fact_row set to_scan = ${ordinal}
    where fact = ${fact} and key = any(${keys}::text[]) and to_scan is null and from_scan < ${ordinal}`.execute(db)
}

/** What a full reading leaves behind: `marksAll`: rows that this scan wrote count only when marked. `among`: no other keys can be unseen. */
export interface Unseen {
  readonly marksAll: boolean
  readonly among: readonly string[] | undefined
}

/** Rows of the fact as the newest reading leaves them. After a full one, every open row that it has not seen is ended first. */
export function countAtEnd(tx: WriteTx, version: FactVersion, full: Unseen | undefined): Promise<number> {
  return lookingAtAll(tx, async () => {
    if (full) await closeUnseen(tx, version, full)
    return countOpen(tx, version.fact)
  })
}

async function closeUnseen(tx: WriteTx, { ordinal, fact }: FactVersion, { marksAll, among }: Unseen): Promise<void> {
  if (among?.length === 0) return
  const { db } = tx[inside]
  const unseen = sql`not ${isSeen({ ordinal, fact })} ${among ? sql`and key = any(${among}::text[])` : sql``}`
  if (marksAll)
    await sql`delete from fact_row where fact = ${fact} and to_scan is null and from_scan = ${ordinal} and ${unseen}`.execute(db)
  await sql`
    update fact_row set to_scan = ${ordinal}
    where fact = ${fact} and to_scan is null and from_scan < ${ordinal} and ${unseen}`.execute(db)
}

/** What the end of a full reading will meet, looked up while its last rows and changes are still on their way. */
export interface Foreseen {
  /** Every row that has not been seen, and maybe some that will have been. */
  readonly unseen: readonly string[]
  readonly open: number
  readonly marksAll: boolean
}

/** Room for the rows of the pages that may come while it looks. */
const foreseenAtMost = 5000

/** Looks up in one pass what the end of a full reading will meet; undefined where that is too much to hold. */
export function foreseeEnd(tx: ReadTx, { ordinal, fact }: FactVersion, marksAll: boolean): Promise<Foreseen | undefined> {
  return lookingAtAll(tx, async () => {
    const older = marksAll ? sql`` : sql`from_scan < ${ordinal} and`
    const { rows } = await sql<{ readonly open: number; readonly unseen: readonly string[] | null }>`
      select count(*) as open, (
        array_agg(key) filter (
          where ${older} key not in (select unnest(keys) from fact_seen where fact = ${fact} and scan = ${ordinal})
        ))[:${foreseenAtMost + 1}] as unseen
      from fact_row where fact = ${fact} and to_scan is null`.execute(tx[inside].db)
    const { open = 0, unseen = null } = rows[0] ?? {}
    return (unseen?.length ?? 0) > foreseenAtMost ? undefined : { open, unseen: unseen ?? [], marksAll }
  })
}

/** Open rows that this scan's full reading has seen; `marksAll` as above. */
export function countMarked(tx: WriteTx, { ordinal, fact }: FactVersion, marksAll: boolean): Promise<number> {
  return lookingAtAll(tx, async () => {
    const { db } = tx[inside]
    const open = sql`select count(*) as count from fact_row where fact = ${fact} and to_scan is null`
    const older = marksAll ? sql`` : sql`and from_scan < ${ordinal}`
    const marked = await sql<Count>`${open} ${older} and ${isSeen({ ordinal, fact })}`.execute(db)
    const written = marksAll ? undefined : await sql<Count>`${open} and from_scan = ${ordinal}`.execute(db)
    return (marked.rows[0]?.count ?? 0) + (written?.rows[0]?.count ?? 0)
  })
}

async function countOpen(tx: ReadTx, fact: string): Promise<number> {
  const { rows } = await sql<Count>`select count(*) as count from fact_row where fact = ${fact} and to_scan is null`.execute(tx[inside].db)
  return rows[0]?.count ?? 0
}

/** Open rows by key. */
export async function openRows(tx: ReadTx, fact: string, keys: readonly string[]): Promise<Map<string, Json>> {
  if (keys.length === 0) return new Map()
  const { rows } = await sql<KeyedRow>`
    select key, row from fact_row where fact = ${fact} and key = any(${keys}::text[]) and to_scan is null`.execute(tx[inside].db)
  return new Map(rows.map(({ key, row }) => [key, row]))
}

interface Count {
  readonly count: number
}

/** Whether the row's key is among those that the scan has marked. */
function isSeen({ ordinal, fact }: FactVersion): RawBuilder<unknown> {
  return sql`exists (
    select from (select unnest(keys) as key from fact_seen where fact = ${fact} and scan = ${ordinal}) as seen
    where seen.key = fact_row.key)`
}

/**
 * For statements that look at every row of a fact. The planner knows nothing of a table that was filled a moment ago and would look through
 * the marks once for each row; page by page, by way of a bitmap, the rows take a fraction of the time of going to each by itself; and once it
 * does know the table, it would share out all of it, other facts and tenants included, among more processes than there are cores to spare.
 */
async function lookingAtAll<T>(tx: ReadTx, work: () => Promise<T>): Promise<T> {
  const { db } = tx[inside]
  await sql`
    set local enable_nestloop = off; set local work_mem = '32MB';
    set local enable_indexscan = off; set local enable_indexonlyscan = off;
    set local enable_seqscan = off; set local max_parallel_workers_per_gather = 0`.execute(db)
  const answer = await work()
  await sql`
    set local enable_nestloop = on; set local enable_indexscan = on; set local enable_indexonlyscan = on;
    set local enable_seqscan = on; set local max_parallel_workers_per_gather to default`.execute(db)
  return answer
}
