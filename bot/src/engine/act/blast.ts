import type { Action, Plan } from '@countersign/core/actions/action.ts'
import type { BlastLine } from '@countersign/core/actions/blast.ts'
import type { ReadTx } from '../../store/transaction.ts'

/** What the plan would do beyond its object, by the facts of the last scan. */
export async function blastRadius(_tx: ReadTx, _action: Action, _plan: Extract<Plan, { kind: 'plan' }>): Promise<readonly BlastLine[]> {
  return []
}
