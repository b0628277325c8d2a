import type { Action, Plan } from '@countersign/core/actions/action.ts'
import type { BlastLine } from '@countersign/core/actions/blast.ts'
import { effectsOf } from '@countersign/core/actions/blast/effects.ts'
import { blastLines, withoutScan } from '@countersign/core/actions/blast/lines.ts'
import { finishedScans, scanById, type StoredScan } from '../../store/scans.ts'
import type { ReadTx } from '../../store/transaction.ts'
import { gatherFacts } from './blast-facts.ts'

/** What the plan would do beyond its object, by the facts of the last scan. */
export async function blastRadius(
  tx: ReadTx,
  action: Action,
  plan: Extract<Plan, { kind: 'plan' }>,
  now: number,
): Promise<readonly BlastLine[]> {
  const effects = effectsOf(action, plan)
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
