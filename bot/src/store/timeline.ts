import { sql } from 'kysely'
import type { AuditNote } from './time-tables.ts'
import { inside, type ReadTx } from './transaction.ts'

/** What happened to objects of one check at one moment. */
export interface HistoryGroup {
  readonly at: string
  readonly checkId: string
  readonly what: string
  readonly receiptNumber: number | null
  readonly suppressionId: string | null
  readonly objects: number
  /** Keys of the first three. */
  readonly keys: readonly string[]
  /** The scan that was the newest then; null before the first. */
  readonly scanId: string | null
}

/** Newest first; whatever happened at the moment of the last one is there, too, so that the next page can begin before it. */
export async function historyGroups(tx: ReadTx, before: string | undefined, limit: number): Promise<HistoryGroup[]> {
  const { rows } = await sql<{
    at: string
    check_id: string
    what: string
    receipt_number: number | null
    suppression_id: string | null
    objects: number
    keys: string[]
    scan_id: string | null
  }>`
    select grouped.*, (
      select scan.id from scan where scan.started_at <= grouped.at order by scan.ordinal desc limit 1
    ) as scan_id
    from (
      select at, check_id, what, receipt_number, suppression_id, count(*)::integer as objects,
        (array_agg(finding_key order by id))[1:3] as keys
      from finding_history ${before === undefined ? sql`` : sql`where at < ${before}::timestamptz`}
      group by at, check_id, what, receipt_number, suppression_id
      order by at desc fetch first ${sql.raw(String(Math.trunc(limit)))} rows with ties
    ) as grouped
    order by grouped.at desc, grouped.check_id, grouped.what`.execute(tx[inside].db)
  return rows.map((row) => ({
    at: row.at,
    checkId: row.check_id,
    what: row.what,
    receiptNumber: row.receipt_number,
    suppressionId: row.suppression_id,
    objects: row.objects,
    keys: row.keys,
    scanId: row.scan_id,
  }))
}

export interface NamedKey {
  readonly objectId: string
  readonly name: string
}

/** Objects of findings by their keys. */
export async function objectsByKey(tx: ReadTx, keys: readonly string[]): Promise<ReadonlyMap<string, NamedKey>> {
  if (keys.length === 0) return new Map()
  const rows = await tx[inside].db
    .selectFrom('finding')
    .select(['key', 'object_id', 'name'])
    .where('key', '=', sql<string>`any(${[...keys]}::text[])`)
    .execute()
  return new Map(rows.map(({ key, object_id: objectId, name }) => [key, { objectId, name }]))
}

/** The newest row of the audit log for each scan and object, by both ids with a space between. */
export async function newestNotes(
  tx: ReadTx,
  scanIds: readonly string[],
  objectIds: readonly string[],
): Promise<ReadonlyMap<string, AuditNote>> {
  if (scanIds.length === 0 || objectIds.length === 0) return new Map()
  const rows = await tx[inside].db
    .selectFrom('attribution')
    .select(['scan_id', 'object_id', 'rows'])
    .where('scan_id', 'in', scanIds)
    .where('object_id', '=', sql<string>`any(${[...objectIds]}::text[])`)
    .where('state', '=', 'found')
    .execute()
  return new Map(
    rows.flatMap(({ scan_id: scanId, object_id: objectId, rows: notes }) => {
      const [newest] = notes
      return newest ? [[`${scanId} ${objectId}`, newest] as const] : []
    }),
  )
}
