import type { BlastLine } from '@countersign/core/actions/blast.ts'
import type { Effect } from '@countersign/core/actions/blast/effects.ts'
import type { BlastFacts } from '@countersign/core/actions/blast/facts.ts'
import { blastLines, withoutScan } from '@countersign/core/actions/blast/lines.ts'
import { finishedScans, scanById, type StoredScan } from '../../store/scans.ts'
import type { ReadTx } from '../../store/transaction.ts'
import { gatherFacts } from './blast-facts.ts'

/** What the effects mean beyond their objects, by the facts of the last scan and by the log of sign-ins. */
export async function blastRadius(
  tx: ReadTx,
  effects: readonly Effect[],
  now: Pick<BlastFacts, 'now' | 'signIns'>,
): Promise<readonly BlastLine[]> {
  if (effects.length === 0) return []
  const scan = await lastScan(tx)
  return scan ? blastLines(effects, await gatherFacts(tx, scan, effects, now)) : withoutScan
}

/** The last finished scan whose facts are still there; a judgement of earlier facts leads to the scan that read them. */
async function lastScan(tx: ReadTx): Promise<StoredScan | undefined> {
  const [last] = await finishedScans(tx, 1)
  if (!last) return undefined
  const read = last.factsOf === last.id ? last : await scanById(tx, last.factsOf)
  return read?.prunedAt === null ? read : undefined
}
