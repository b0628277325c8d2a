import { sql, type RawBuilder } from 'kysely'
import type { KeyedRow } from './fact-rows.ts'
import { inside, type ReadTx } from './transaction.ts'

/** Which rows of a fact, as of a scan. */
export interface FactPart {
  readonly scanId: string
  readonly fact: string
  /** Members that must have one of these texts; every row where there are none. */
  readonly where?: Readonly<Record<string, readonly string[]>>
}

/** Rows that hold one of these texts anywhere; quick, because a row that does not is never taken apart. */
export async function rowsHolding(tx: ReadTx, { scanId, fact }: FactPart, texts: readonly string[]): Promise<KeyedRow[]> {
  if (texts.length === 0) return []
  const { rows } = await sql<KeyedRow>`
    select key, row from fact_row where ${inSnapshot(fact, await ordinalOf(tx, scanId))} and ${holds(texts)} order by key`.execute(
    tx[inside].db,
  )
  return rows
}

/** Rows by the texts of their members, such as the principal of an assignment. */
export async function rowsWhere(tx: ReadTx, part: FactPart): Promise<KeyedRow[]> {
  const { rows } = await sql<KeyedRow>`
    select key, row from fact_row where ${inSnapshot(part.fact, await ordinalOf(tx, part.scanId))} and ${has(part)} order by key`.execute(
    tx[inside].db,
  )
  return rows
}

/** How many rows there are, or how many different texts they have in one member. */
export async function countRowsWhere(tx: ReadTx, part: FactPart, distinct?: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(${distinct === undefined ? sql`*` : sql`distinct row ->> ${sql.lit(distinct)}`}) as count
    from fact_row where ${inSnapshot(part.fact, await ordinalOf(tx, part.scanId))} and ${has(part)}`.execute(tx[inside].db)
  return Number(rows[0]?.count ?? 0)
}

async function ordinalOf(tx: ReadTx, scanId: string): Promise<number> {
  const scan = await tx[inside].db.selectFrom('scan').select('ordinal').where('id', '=', scanId).executeTakeFirst()
  if (!scan) throw new Error(`There is no scan ${scanId} in this tenant.`)
  return scan.ordinal
}

function inSnapshot(fact: string, ordinal: number): RawBuilder<boolean> {
  return sql`fact = ${sql.lit(fact)} and from_scan <= ${sql.lit(ordinal)} and (to_scan is null or to_scan > ${sql.lit(ordinal)})`
}

/** A row is text; only one in which every text occurs is parsed, and then its members are compared. */
function has({ where = {} }: FactPart): RawBuilder<boolean> {
  const conditions = Object.entries(where).flatMap(([member, texts]) => [
    holds(texts),
    sql<boolean>`row ->> ${sql.lit(member)} = any(${texts}::text[])`,
  ])
  return conditions.reduce((all, one) => sql<boolean>`case when ${all} then ${one} else false end`, sql<boolean>`true`)
}

function holds(texts: readonly string[]): RawBuilder<boolean> {
  const patterns = texts.map((text) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`)
  return sql`row::text like any(${patterns}::text[])`
}
