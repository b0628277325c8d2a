import { digest } from '@countersign/core/digest.ts'
import type { Baseline } from '@countersign/core/posture/baseline.ts'
import { baselineOf } from '@countersign/core/posture/baselines.ts'
import { defaultBaseline } from '@countersign/core/posture/baselines/default.ts'
import type { ParameterValue } from '@countersign/core/posture/parameters/parameter.ts'
import { settingsSchema, type Settings } from '@countersign/core/posture/settings.ts'
import type { BaselineChangeTable } from './baseline-tables.ts'
import type { StoredSuppression } from './suppressions.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** What a judgement went by. */
export interface JudgedWith {
  /** With the parameters that it had in the version that judged. */
  readonly baseline: Baseline
  /** Declared exceptions and own parameters as they stood then; those that had expired are still among them. */
  readonly settings: Settings
}

export interface BaselineChange {
  readonly at: string
  readonly by: string
  readonly byName: string
  readonly what: BaselineChangeTable['what']
  readonly baselineId: string
  readonly parameter: string | null
  readonly value: ParameterValue | null
  readonly before: ParameterValue | null
  readonly reason: string | null
}

export async function addBaselineChange(tx: WriteTx, change: Omit<BaselineChange, 'by'>): Promise<void> {
  await tx[inside].db
    .insertInto('baseline_change')
    .values({
      at: change.at,
      by_id: tx.personId,
      by_name: change.byName,
      what: change.what,
      baseline_id: change.baselineId,
      parameter: change.parameter,
      value: change.value === null ? null : JSON.stringify(change.value),
      before: change.before === null ? null : JSON.stringify(change.before),
      reason: change.reason,
    })
    .execute()
}

/** Newest first. */
export async function baselineChanges(tx: ReadTx, limit: number): Promise<BaselineChange[]> {
  const rows = await tx[inside].db.selectFrom('baseline_change').selectAll().orderBy('id', 'desc').limit(limit).execute()
  return rows.map((row) => ({
    at: row.at,
    by: row.by_id,
    byName: row.by_name,
    what: row.what,
    baselineId: row.baseline_id,
    parameter: row.parameter,
    value: row.value,
    before: row.before,
    reason: row.reason,
  }))
}

/** Keeps what a scan was judged with, in place of an earlier judgement of the same snapshot. */
export async function putJudgedWith(
  tx: WriteTx,
  scanId: string,
  { baseline, settings }: JudgedWith,
  suppressions: readonly StoredSuppression[],
): Promise<void> {
  const row = {
    baseline_id: baseline.id,
    parameters: JSON.stringify(baseline.parameters),
    settings: JSON.stringify(settings),
    suppressions: digestOf(suppressions),
  }
  await tx[inside].db
    .insertInto('judged_with')
    .values({ scan_id: scanId, ...row })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'scan_id']).doUpdateSet(row))
    .execute()
}

/** Whether the score of a scan counted exactly these suppressions; false for one that was judged before this was kept. */
export async function countedSuppressions(tx: ReadTx, scanId: string, suppressions: readonly StoredSuppression[]): Promise<boolean> {
  const row = await tx[inside].db.selectFrom('judged_with').select('suppressions').where('scan_id', '=', scanId).executeTakeFirst()
  return row?.suppressions === digestOf(suppressions)
}

function digestOf(suppressions: readonly StoredSuppression[]): string {
  return digest(suppressions.map(({ id }) => id).sort())
}

/** Undefined for a scan that was judged before this was kept. */
export async function judgedWith(tx: ReadTx, scanId: string): Promise<JudgedWith | undefined> {
  const row = await tx[inside].db.selectFrom('judged_with').selectAll().where('scan_id', '=', scanId).executeTakeFirst()
  if (!row) return undefined
  const baseline = baselineOf(row.baseline_id) ?? defaultBaseline
  // A parameter that did not exist then has the value that the checks had built in, which is today's.
  const parameters = { ...baseline.parameters, ...row.parameters }
  return { baseline: { ...baseline, parameters }, settings: settingsSchema.parse(row.settings) }
}
