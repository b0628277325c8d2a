import { sql } from 'kysely'
import type { Json } from '@countersign/core/digest.ts'
import type { Reading } from '@countersign/core/posture/fact.ts'
import { breathe, slice } from '../in-slices.ts'
import { readWhole, streamRows, type FactRead } from './facts.ts'
import { inGroups } from './in-groups.ts'
import { inside, type ReadTx } from './transaction.ts'

/** Rows that come in one statement, about; a fact with more has statements of its own. */
const rowsAtOnce = 2000

/**
 * Facts as of a scan with all their rows, in the order of the keys: small ones several at a time, because a scan has dozens of facts with a
 * few rows each, and asking for each of them takes longer than judging them.
 */
export async function* readTogether(
  tx: ReadTx,
  scanId: string,
  reads: readonly FactRead[],
): AsyncIterable<readonly [fact: string, reading: Reading<Json>]> {
  for (const group of groups(reads)) {
    const [first] = group
    if (first && !isSmall(first)) {
      yield [first.fact, await readWhole(tx, scanId, first.fact)]
      continue
    }
    const rows = await rowsOf(tx, scanId, group)
    for (const { fact, asOf } of group) yield [fact, { state: 'read', rows: rows.get(fact) ?? [], asOf: asOf ?? '' }]
  }
}

/**
 * Hands on every row of facts that are read, one fact after the other as they are given: small ones from one statement for several, long
 * ones from a cursor and in any order.
 */
export async function streamTogether(
  tx: ReadTx,
  scanId: string,
  reads: readonly FactRead[],
  onRow: (fact: string, row: Json) => void,
): Promise<void> {
  let handed = 0
  /** Answers a promise where others have their turn first. */
  function hand(fact: string, row: Json): Promise<void> | undefined {
    onRow(fact, row)
    return ++handed % slice === 0 ? breathe() : undefined
  }
  for (const group of groups(reads)) {
    const [first] = group
    if (first && !isSmall(first)) await streamRows(tx, scanId, first.fact, (_key, row) => hand(first.fact, row), 'any')
    else for (const [fact, rows] of await rowsOf(tx, scanId, group)) for (const row of rows) await hand(fact, row)
  }
}

function isSmall({ state, rows }: FactRead): boolean {
  return state === 'read' && rows <= rowsAtOnce
}

/** In their order; what is not small is a group of its own. */
function groups(reads: readonly FactRead[]): Iterable<readonly FactRead[]> {
  return inGroups(reads, rowsAtOnce, (read) => (isSmall(read) ? read.rows : Infinity))
}

async function rowsOf(tx: ReadTx, scanId: string, reads: readonly FactRead[]): Promise<ReadonlyMap<string, readonly Json[]>> {
  const { rows } = await sql<{ readonly fact: string; readonly row: Json }>`
    with scanned as (select ordinal from scan where id = ${scanId})
    select fact, row from fact_row, scanned
    where fact = any(${reads.map(({ fact }) => fact)}::text[]) and from_scan <= ordinal and (to_scan is null or to_scan > ordinal)
    order by fact, key`.execute(tx[inside].db)
  const byFact = new Map<string, Json[]>(reads.map(({ fact }) => [fact, []]))
  for (const { fact, row } of rows) byFact.get(fact)?.push(row)
  return byFact
}
