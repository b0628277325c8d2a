import type { ObjectChange } from '@countersign/core/posture/compare.ts'
import { factOf } from '@countersign/core/posture/facts.ts'
import { changedRows, type RowVersions } from '../store/history.ts'
import { scanById, type StoredScan } from '../store/scans.ts'
import type { ReadTx } from '../store/transaction.ts'

/** Rows looked at for one object; a basis can name thousands. */
const rowsPerObject = 50

/** For each changed object, by its key: the rows behind it that differ between the snapshots of two scans. */
export async function rowsBehind(
  tx: ReadTx,
  changes: readonly ObjectChange[],
  before: StoredScan,
  after: StoredScan,
): Promise<ReadonlyMap<string, readonly RowVersions[]>> {
  const [old, now] = [await ordinalOfFacts(tx, before), await ordinalOfFacts(tx, after)]
  if (old === undefined || now === undefined || old === now) return new Map()
  const wanted = changes.map(({ key, basis }) => ({ key, rows: basis.slice(0, rowsPerObject).flatMap(rowOf) }))
  const distinct = new Map(wanted.flatMap(({ rows }) => rows.map((row) => [`${row.fact}/${row.key}`, row] as const)))
  const changed = new Map((await changedRows(tx, [...distinct.values()], old, now)).map((row) => [`${row.fact}/${row.key}`, row]))
  return new Map(
    wanted.map(({ key, rows }) => [
      key,
      rows.flatMap((row) => {
        const versions = changed.get(`${row.fact}/${row.key}`)
        return versions ? [versions] : []
      }),
    ]),
  )
}

/** Undefined where the facts are gone. */
async function ordinalOfFacts(tx: ReadTx, scan: StoredScan): Promise<number | undefined> {
  if (scan.kind === 'scan') return scan.prunedAt === null ? scan.ordinal : undefined
  const read = await scanById(tx, scan.factsOf)
  return read?.prunedAt === null ? read.ordinal : undefined
}

/** The row that a basis names; nothing for a whole reading and for what was computed and never stored. */
function rowOf(basis: string): { readonly fact: string; readonly key: string }[] {
  const cut = basis.indexOf('/')
  const [fact, key] = [basis.slice(0, cut), basis.slice(cut + 1)]
  return key !== '' && factOf(fact) ? [{ fact, key }] : []
}
