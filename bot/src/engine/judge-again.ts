import type { CheckResult } from '@countersign/core/posture/check.ts'
import { resultsOf } from '../store/results.ts'
import { scanById, type StoredScan } from '../store/scans.ts'
import type { ReadTx } from '../store/transaction.ts'
import { judgeScan } from './scan/judge.ts'

export type JudgedAgain =
  | {
      readonly kind: 'judged'
      readonly scan: StoredScan
      /** With today's checks and settings, at the time of then. */
      readonly now: readonly CheckResult[]
      /** As stored then. */
      readonly then: readonly CheckResult[]
    }
  /** `unfinished`: it never came to an end. `pruned`: its facts were deleted because they were too old. */
  | { readonly kind: 'noSuchScan' | 'unfinished' | 'pruned' }

/** Judges the facts of an earlier scan or judgement with today's checks and settings. Stores nothing. */
export async function judgeAgain(tx: ReadTx, scanId: string): Promise<JudgedAgain> {
  const scan = await scanById(tx, scanId)
  if (!scan) return { kind: 'noSuchScan' }
  if (scan.state !== 'finished') return { kind: 'unfinished' }
  const facts = scan.kind === 'judge' ? await scanById(tx, scan.factsOf) : scan
  if (!facts || facts.prunedAt !== null || scan.prunedAt !== null) return { kind: 'pruned' }
  const at = scan.kind === 'judge' ? Date.parse(scan.startedAt) : undefined
  return { kind: 'judged', scan, now: await judgeScan(tx, facts.id, at), then: await resultsOf(tx, scan.id) }
}
