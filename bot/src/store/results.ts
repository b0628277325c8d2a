import { z } from 'zod'
import type { Json } from '@countersign/core/digest.ts'
import type { CheckResult } from '@countersign/core/posture/check.ts'
import { inGroups } from './in-groups.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

export interface StoredScore {
  readonly scanId: string
  /** When the scan finished. */
  readonly at: string
  /** 0 to 100; null when nothing could be judged. */
  readonly value: number | null
  /** What core/posture/score.ts answered, areas and weights included. */
  readonly detail: Json
}

/** Stores what the judge found in a scan, in place of an earlier judgement of the same snapshot. */
export async function putResults(tx: WriteTx, scanId: string, results: readonly CheckResult[]): Promise<void> {
  const { db } = tx[inside]
  await db.deleteFrom('check_result').where('scan_id', '=', scanId).execute()
  for (const some of inGroups(results, objectsAtOnce, ({ outcome }) => ('objects' in outcome ? outcome.objects.length : 0)))
    await db
      .insertInto('check_result')
      .values(
        some.map(({ checkId, outcome }) => ({
          scan_id: scanId,
          check_id: checkId,
          verdict: outcome.verdict,
          outcome: JSON.stringify(outcome),
        })),
      )
      .execute()
}

/** Affected objects that are written in one statement, but for those of one check. */
const objectsAtOnce = 2000

export async function resultsOf(tx: ReadTx, scanId: string): Promise<CheckResult[]> {
  const rows = await tx[inside].db.selectFrom('check_result').selectAll().where('scan_id', '=', scanId).orderBy('check_id').execute()
  return rows.map((row) => ({ checkId: row.check_id, outcome: row.outcome }))
}

/** The same for some checks: what a verdict lists is not read for the others. */
export async function resultsOfChecks(tx: ReadTx, scanId: string, checkIds: readonly string[]): Promise<CheckResult[]> {
  if (checkIds.length === 0) return []
  const rows = await tx[inside].db
    .selectFrom('check_result')
    .selectAll()
    .where('scan_id', '=', scanId)
    .where('check_id', 'in', checkIds)
    .execute()
  return rows.map((row) => ({ checkId: row.check_id, outcome: row.outcome }))
}

/** The verdicts alone, without what they rest on. */
export async function verdictsOf(
  tx: ReadTx,
  scanId: string,
): Promise<readonly { readonly checkId: string; readonly verdict: CheckResult['outcome']['verdict'] }[]> {
  const rows = await tx[inside].db.selectFrom('check_result').select(['check_id', 'verdict']).where('scan_id', '=', scanId).execute()
  return rows.map(({ check_id: checkId, verdict }) => ({ checkId, verdict }))
}

const figuresSchema = z.object({ suppressed: z.object({ open: z.number().nullable(), leftOut: z.number().nullable() }) })

/** The score of a scan with suppressed findings counted as open, and with them left out; null for a scan of which only one was kept. */
export async function bothScoresOf(
  tx: ReadTx,
  scanId: string,
): Promise<{ readonly open: number | null; readonly leftOut: number | null } | null> {
  const row = await tx[inside].db.selectFrom('score').select('detail').where('scan_id', '=', scanId).executeTakeFirst()
  const read = figuresSchema.safeParse(row?.detail)
  return read.success ? read.data.suppressed : null
}

export async function resultOf(tx: ReadTx, scanId: string, checkId: string): Promise<CheckResult | undefined> {
  const row = await tx[inside].db
    .selectFrom('check_result')
    .selectAll()
    .where('scan_id', '=', scanId)
    .where('check_id', '=', checkId)
    .executeTakeFirst()
  return row && { checkId: row.check_id, outcome: row.outcome }
}

export async function putScore(
  tx: WriteTx,
  scanId: string,
  score: { readonly value: number | null; readonly detail: Json },
): Promise<void> {
  const row = { value: score.value, detail: JSON.stringify(score.detail) }
  await tx[inside].db
    .insertInto('score')
    .values({ scan_id: scanId, ...row })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'scan_id']).doUpdateSet(row))
    .execute()
}

/** Scores of finished scans, newest first. */
export async function scores(tx: ReadTx, limit: number): Promise<StoredScore[]> {
  const rows = await tx[inside].db
    .selectFrom('score')
    .innerJoin('scan', 'scan.id', 'score.scan_id')
    .select(['score.scan_id', 'score.value', 'score.detail', 'scan.finished_at', 'scan.started_at'])
    .where('scan.state', '=', 'finished')
    .orderBy('scan.ordinal', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ scanId: row.scan_id, at: row.finished_at ?? row.started_at, value: row.value, detail: row.detail }))
}
