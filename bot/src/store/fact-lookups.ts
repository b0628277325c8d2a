import { sql, type RawBuilder } from 'kysely'
import type { KeyedRow } from './fact-rows.ts'
import { inside, type ReadTx } from './transaction.ts'

/** Which rows of a fact, as of a scan. */
export interface FactPart {
  readonly scanId: string
  readonly fact: string
  /** Members that must have one of these texts or booleans; every row where there are none. */
  readonly where?: Readonly<Record<string, readonly (string | boolean)[]>>
}

/** Rows that hold one of these texts anywhere. */
export async function rowsHolding(tx: ReadTx, { scanId, fact }: FactPart, texts: readonly string[]): Promise<KeyedRow[]> {
  if (texts.length === 0) return []
  return pageByPage(tx, async () => {
    const { rows } = await sql<KeyedRow>`
      select key, row from fact_row where ${inSnapshot(fact, await ordinalOf(tx, scanId))} and ${holds(texts)}`.execute(tx[inside].db)
    return rows
  })
}

/** Rows by their members, such as the principal of an assignment. */
export async function rowsWhere(tx: ReadTx, part: FactPart): Promise<KeyedRow[]> {
  if (isImpossible(part)) return []
  return pageByPage(tx, async () => {
    const { rows } = await sql<KeyedRow>`
      select key, row from fact_row where ${inSnapshot(part.fact, await ordinalOf(tx, part.scanId))} and ${has(part)}`.execute(
      tx[inside].db,
    )
    return rows
  })
}

/** How many rows there are, or how many different ids they have in one member. */
export async function countRowsWhere(tx: ReadTx, part: FactPart, distinct?: string): Promise<number> {
  if (isImpossible(part)) return 0
  const counted =
    distinct === undefined ? sql`*` : sql`distinct split_part(split_part(row::text, ${sql.lit(`"${distinct}":"`)}, 2), '"', 1)`
  return pageByPage(tx, async () => {
    const { rows } = await sql<{ count: number }>`
      select count(${counted}) as count from fact_row
      where ${inSnapshot(part.fact, await ordinalOf(tx, part.scanId))} and ${has(part)}`.execute(tx[inside].db)
    return Number(rows[0]?.count ?? 0)
  })
}

/** All rows of the fact are looked at: page by page takes a fraction of the time of going to each by way of the index. */
async function pageByPage<T>(tx: ReadTx, look: () => Promise<T>): Promise<T> {
  await sql`set local enable_indexscan = off`.execute(tx[inside].db)
  const answer = await look()
  await sql`set local enable_indexscan = on`.execute(tx[inside].db)
  return answer
}

async function ordinalOf(tx: ReadTx, scanId: string): Promise<number> {
  const scan = await tx[inside].db.selectFrom('scan').select('ordinal').where('id', '=', scanId).executeTakeFirst()
  if (!scan) throw new Error(`There is no scan ${scanId} in this tenant.`)
  return scan.ordinal
}

function inSnapshot(fact: string, ordinal: number): RawBuilder<boolean> {
  return sql`fact = ${sql.lit(fact)} and from_scan <= ${sql.lit(ordinal)} and (to_scan is null or to_scan > ${sql.lit(ordinal)})`
}

function isImpossible({ where = {} }: FactPart): boolean {
  return Object.values(where).some((values) => values.length === 0)
}

/**
 * Rows are stored as canonical JSON, so that a member and its value stand in them word for word, and inside a text every quotation mark has
 * a backslash: looking for the words finds the member and nothing else. To take each row apart would cost several times as much, and
 * PostgreSQL refuses to where any text of the row holds a null character.
 */
function has({ where = {} }: FactPart): RawBuilder<boolean> {
  const conditions = Object.entries(where).map(([member, values]) =>
    holds(values.map((value) => `${JSON.stringify(member)}:${JSON.stringify(value)}`)),
  )
  return conditions.reduce((all, one) => sql<boolean>`${all} and ${one}`, sql<boolean>`true`)
}

function holds(texts: readonly string[]): RawBuilder<boolean> {
  const one = (text: string): RawBuilder<boolean> => sql`row::text like ${`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`}`
  return sql`(${sql.join(texts.map(one), sql` or `)})`
}
