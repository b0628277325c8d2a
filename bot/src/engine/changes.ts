import type { Comparison, ObjectChange } from '@countersign/core/posture/compare.ts'
import { attributionsBetween, type Attribution } from '../store/attribution.ts'
import { finishedAt, newestTwo, type RowVersions } from '../store/history.ts'
import { scanById, type StoredScan } from '../store/scans.ts'
import type { ReadTx } from '../store/transaction.ts'
import { targetsOf } from './attribution.ts'
import { rowsBehind } from './changed-rows.ts'
import { compareScans } from './compare-scans.ts'

export interface ScanChanges {
  readonly before: StoredScan
  readonly after: StoredScan
  readonly comparison: Comparison
  /** Rows that differ behind each listed change, by finding key. */
  readonly rows: ReadonlyMap<string, readonly RowVersions[]>
  /** What the audit log told about each listed change, by finding key. */
  readonly attributions: ReadonlyMap<string, readonly Attribution[]>
}

/** A result to compare: by id, or the last one up to a day's end or a moment. */
export type PointAnswer =
  { readonly kind: 'scan'; readonly scan: StoredScan } | { readonly kind: 'noSuchScan' | 'unfinished' | 'pruned' | 'nothingUntil' }

const dayPattern = /^\d{4}-\d{2}-\d{2}$/

export async function pointOf(tx: ReadTx, point: string): Promise<PointAnswer> {
  if (dayPattern.test(point) || point.includes('T')) {
    const at = dayPattern.test(point) ? `${point}T23:59:59.999Z` : new Date(point).toISOString()
    const scan = await finishedAt(tx, at)
    return scan ? { kind: 'scan', scan } : { kind: 'nothingUntil' }
  }
  const scan = await scanById(tx, point)
  if (!scan) return { kind: 'noSuchScan' }
  if (scan.state !== 'finished') return { kind: 'unfinished' }
  return scan.prunedAt === null ? { kind: 'scan', scan } : { kind: 'pruned' }
}

/** The two results to compare where nobody names any: the last two. */
export async function lastTwo(tx: ReadTx): Promise<{ readonly before: StoredScan | undefined; readonly after: StoredScan | undefined }> {
  const [after, before] = await newestTwo(tx)
  return { before, after }
}

/** Everything about what changed between two results; rows and attributions for the changes that `listed` picks, so that an answer stays bounded. */
export async function scanChanges(
  tx: ReadTx,
  before: StoredScan,
  after: StoredScan,
  listed: (comparison: Comparison) => readonly ObjectChange[],
): Promise<ScanChanges> {
  const comparison = await compareScans(tx, before, after)
  const changes = listed(comparison)
  const rows = await rowsBehind(tx, changes, before, after)
  const targets = new Map(
    changes.map((change) => [
      change.key,
      targetsOf(
        change,
        (rows.get(change.key) ?? []).map(({ key }) => key),
      ),
    ]),
  )
  const [first, last] = [Math.min(before.ordinal, after.ordinal), Math.max(before.ordinal, after.ordinal)]
  const known = await attributionsBetween(tx, [...new Set([...targets.values()].flat())], first, last)
  const attributions = new Map([...targets].map(([key, ids]) => [key, known.filter(({ objectId }) => ids.includes(objectId))] as const))
  return { before, after, comparison, rows, attributions }
}
