import { judgeExpectation, type Met } from '@countersign/core/actions/expectation.ts'
import type { PlanStep } from '@countersign/core/actions/action.ts'
import type { ProposalEvent } from '@countersign/core/actions/gate.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import type { Json } from '@countersign/core/digest.ts'
import { append } from '../../store/journal.ts'
import type { WriteTx } from '../../store/transaction.ts'
import type { ActDeps } from './deps.ts'
import { readJson } from './pre-state.ts'

export interface ReadBack {
  readonly stepIndex: number
  readonly met: Met
  readonly path: string
  /** What Graph answered, or why it did not. */
  readonly answer: Json
}

/** Reads one step back until it shows what was asked for, or the waits are over. */
export async function readBackPatiently(deps: ActDeps, proposal: Proposal, stepIndex: number): Promise<ReadBack> {
  let last: ReadBack | undefined
  for (const wait of deps.readBackWaits) {
    await deps.wait(wait)
    last = await readBackOnce(deps, proposal, stepIndex)
    if (last.met === 'met') return last
  }
  return last ?? readBackOnce(deps, proposal, stepIndex)
}

/** One look at what a step was to change, as the Aid. */
export async function readBackOnce(deps: ActDeps, proposal: Proposal, stepIndex: number): Promise<ReadBack> {
  const { readBack } = stepAt(proposal, stepIndex)
  const { path } = readBack.read
  const aid = await deps.aid(proposal.tenantId)
  if (aid.kind !== 'aid') return { stepIndex, met: 'unclear', path, answer: aid.kind }
  const read = await readJson(aid.reader, readBack.read)
  if (read.kind !== 'read') return { stepIndex, met: 'unclear', path, answer: read.kind }
  return { stepIndex, met: judgeExpectation(readBack.expect, read.body), path, answer: read.body ?? null }
}

export function stepAt(proposal: Proposal, stepIndex: number): PlanStep {
  const step = proposal.steps[stepIndex]
  if (!step) throw new Error(`Proposal ${proposal.id} has no step ${stepIndex}.`)
  return step
}

/** Met: done. Not met after a clear answer: the read-back differs. Not met after a lost answer, or unclear: a person decides. */
export function settlement(met: Met, wasLost: boolean): { readonly event: ProposalEvent; readonly reason: string | null } {
  if (met === 'met') return { event: 'readBackDone', reason: null }
  if (met === 'unclear') return { event: 'readBackUnclear', reason: 'readBackUnclear' }
  return wasLost ? { event: 'readBackUnclear', reason: 'answerLost' } : { event: 'readBackNotDone', reason: 'readBackDiffers' }
}

export async function recordReadBack(
  tx: WriteTx,
  proposalId: string,
  { stepIndex, path, met, answer }: ReadBack,
  at: string,
): Promise<void> {
  await append(tx, { kind: 'readBack', subjectId: proposalId, at, body: { stepIndex, path, met, answer } })
}
