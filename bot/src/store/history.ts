import { sql } from 'kysely'
import type { Json } from '@countersign/core/digest.ts'
import { toScan, type StoredScan } from './scans.ts'
import { inside, type ReadTx } from './transaction.ts'

/** A scan with the score that it gave; null where nothing could be judged, or nothing was. */
export interface ScanLine extends StoredScan {
  readonly score: number | null
}

/** Scans and judgements of every state, newest first. */
export async function scanLines(tx: ReadTx, limit: number): Promise<ScanLine[]> {
  const rows = await tx[inside].db
    .selectFrom('scan')
    .leftJoin('score', (join) => join.onRef('score.scan_id', '=', 'scan.id').onRef('score.tenant_id', '=', 'scan.tenant_id'))
    .selectAll('scan')
    .select('score.value as value')
    .orderBy('scan.ordinal', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ value, ...row }) => ({ ...toScan(row), score: row.state === 'finished' ? value : null }))
}

/** The newest finished scan or judgement that had ended at this time and whose results are still there. */
export async function finishedAt(tx: ReadTx, at: string): Promise<StoredScan | undefined> {
  const row = await finishedRows(tx).where('finished_at', '<=', at).executeTakeFirst()
  return row && toScan(row)
}

/** The newest finished scan that has read facts, with its facts still there: before this one, where one is given. */
export async function newestReading(tx: ReadTx, before?: StoredScan): Promise<StoredScan | undefined> {
  const query = finishedRows(tx).where('kind', '=', 'scan')
  const row = await (before ? query.where('ordinal', '<', before.ordinal) : query).executeTakeFirst()
  return row && toScan(row)
}

/** Scans after this one that came to no end, but may have judged what they had read until then. */
export async function brokenOffSince(tx: ReadTx, scan: StoredScan): Promise<StoredScan[]> {
  const rows = await tx[inside].db
    .selectFrom('scan')
    .selectAll()
    .where('state', 'in', ['failed', 'stopped'])
    .where('ordinal', '>', scan.ordinal)
    .execute()
  return rows.map(toScan)
}

/** The newest two finished scans or judgements with their results still there, newest first. */
export async function newestTwo(tx: ReadTx): Promise<StoredScan[]> {
  return (await finishedRows(tx).limit(2).execute()).map(toScan)
}

function finishedRows(tx: ReadTx) {
  return tx[inside].db
    .selectFrom('scan')
    .selectAll()
    .where('state', '=', 'finished')
    .where('pruned_at', 'is', null)
    .orderBy('ordinal', 'desc')
}

/** Of the given findings those that had been closed at some time up to `at`. */
export async function closedUntil(tx: ReadTx, keys: readonly string[], at: string): Promise<ReadonlySet<string>> {
  const closed = new Set<string>()
  for (let start = 0; start < keys.length; start += 5000) {
    const rows = await tx[inside].db
      .selectFrom('finding_history')
      .select('finding_key')
      .distinct()
      .where('finding_key', '=', sql<string>`any(${keys.slice(start, start + 5000)}::text[])`)
      .where('what', '=', 'finding.closed')
      .where('at', '<', at)
      .execute()
    for (const { finding_key: key } of rows) closed.add(key)
  }
  return closed
}

export interface RowVersions {
  readonly fact: string
  readonly key: string
  readonly before: Json | undefined
  readonly after: Json | undefined
}

/** Rows that are not the same in two snapshots, each as it was in both; by fact and key. */
export async function changedRows(
  tx: ReadTx,
  keys: readonly { readonly fact: string; readonly key: string }[],
  before: number,
  after: number,
): Promise<RowVersions[]> {
  if (keys.length === 0 || before === after) return []
  const { rows } = await sql<{ fact: string; key: string; old: Json | null; now: Json | null; had: boolean; has: boolean }>`
    select given.fact, given.key, old.row as old, now.row as now, old.digest is not null as had, now.digest is not null as has
    from unnest(${keys.map(({ fact }) => fact)}::text[], ${keys.map(({ key }) => key)}::text[]) as given (fact, key)
    left join lateral (
      select digest, row from fact_row where fact = given.fact and key = given.key
        and from_scan <= ${before} and (to_scan is null or to_scan > ${before}) limit 1
    ) as old on true
    left join lateral (
      select digest, row from fact_row where fact = given.fact and key = given.key
        and from_scan <= ${after} and (to_scan is null or to_scan > ${after}) limit 1
    ) as now on true
    where old.digest is distinct from now.digest
    order by given.fact collate "C", given.key collate "C"`.execute(tx[inside].db)
  return rows.map(({ fact, key, old, now, had, has }) => ({
    fact,
    key,
    before: had ? old : undefined,
    after: has ? now : undefined,
  }))
}

export interface TrendPoint {
  readonly scanId: string
  readonly at: string
  readonly kind: StoredScan['kind']
  readonly value: number | null
  /** What core/posture/score.ts answered. */
  readonly detail: Json
}

/** Scores of finished scans and judgements since a time, oldest first; the newest `limit` of them. */
export async function trend(tx: ReadTx, since: string, limit: number): Promise<TrendPoint[]> {
  const rows = await tx[inside].db
    .selectFrom('score')
    .innerJoin('scan', (join) => join.onRef('scan.id', '=', 'score.scan_id').onRef('scan.tenant_id', '=', 'score.tenant_id'))
    .select(['score.scan_id', 'score.value', 'score.detail', 'scan.finished_at', 'scan.started_at', 'scan.kind'])
    .where('scan.state', '=', 'finished')
    .where('scan.finished_at', '>=', since)
    .orderBy('scan.ordinal', 'desc')
    .limit(limit)
    .execute()
  return rows
    .map((row) => ({ scanId: row.scan_id, at: row.finished_at ?? row.started_at, kind: row.kind, value: row.value, detail: row.detail }))
    .reverse()
}

/** 0 to 100; null where nothing could be judged. */
export async function scanScore(tx: ReadTx, scanId: string): Promise<number | null> {
  const row = await tx[inside].db.selectFrom('score').select('value').where('scan_id', '=', scanId).executeTakeFirst()
  return row?.value ?? null
}
