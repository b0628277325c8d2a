import { checks } from '@countersign/core/posture/checks.ts'
import type { CheckResult } from '@countersign/core/posture/check.ts'
import { compare, type Comparison } from '@countersign/core/posture/compare.ts'
import { findingKey } from '@countersign/core/posture/finding.ts'
import { closedUntil } from '../store/history.ts'
import { resultsOf } from '../store/results.ts'
import type { StoredScan } from '../store/scans.ts'
import type { ReadTx } from '../store/transaction.ts'

/** What became of everything between two finished scans or judgements, from what was judged then. */
export async function compareScans(tx: ReadTx, before: StoredScan, after: StoredScan): Promise<Comparison> {
  const [old, now] = [await resultsOf(tx, before.id), await resultsOf(tx, after.id)]
  const known = new Set(failingKeys(old))
  const fresh = failingKeys(now).filter((key) => !known.has(key))
  const closedBefore = await closedUntil(tx, fresh, after.finishedAt ?? after.startedAt)
  return compare(old, now, { checks, closedBefore })
}

function failingKeys(results: readonly CheckResult[]): string[] {
  return results.flatMap(({ checkId, outcome }) => {
    if (outcome.verdict !== 'fail' && outcome.verdict !== 'warn') return []
    return outcome.objects.length === 0 ? [findingKey(checkId, undefined)] : outcome.objects.map((object) => findingKey(checkId, object))
  })
}
