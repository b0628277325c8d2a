import { decide } from '@countersign/core/actions/gate.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import type { Json } from '@countersign/core/digest.ts'
import type { WriteOutcome } from '../../graph/writer.ts'
import { append } from '../../store/journal.ts'
import { appendEvent } from '../../store/outbox.ts'
import { lockProposal, moveState } from '../../store/proposals.ts'
import { finishStep, leaveOut } from '../../store/steps.ts'
import { writeTx, type StoredJob, type WriteTx } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import { endProposal } from './end.ts'
import { gateFacts } from './gate-facts.ts'

/**
 * sending → done with what came back, and the state that follows from it; true when the read-back may follow. Also how
 * recovery settles a step whose answer was lost. A plan of several steps goes on executing until its last step is read back.
 */
export async function recordOutcome(
  deps: ActDeps,
  job: StoredJob,
  proposalId: string,
  stepIndex: number,
  outcome: WriteOutcome,
): Promise<boolean> {
  const at = iso(deps.now())
  const stored: Json = { ...outcome }
  return writeTx(deps.store, job, async (tx) => {
    const proposal = await lockProposal(tx, proposalId)
    if (!proposal || !(await finishStep(tx, proposalId, stepIndex, stored, at))) return false
    await append(tx, { kind: 'answered', subjectId: proposalId, at, body: { stepIndex, outcome: stored } })
    if (outcome.kind === 'refused' || outcome.kind === 'notSent') {
      const isSent = outcome.kind === 'refused'
      if (stepIndex > 0) await stopPlan(tx, proposal, isSent ? 'stepRefused' : 'stepNotSent', deps.now())
      else {
        const answer = decide(proposal.state, 'answerFailed', gateFacts(proposal, deps.now()))
        if (answer.kind === 'refused') return false
        await leaveOut(tx, proposalId)
        await endProposal(tx, proposal, answer.to, isSent ? 'refusedByGraph' : 'aidNeedsSignIn', at)
      }
      return false
    }
    appendEvent(tx, 'proposal.changed', proposalId, at)
    if (proposal.steps.length > 1) return true
    const answer = decide(proposal.state, outcome.kind === 'answered' ? 'answered' : 'answerUnknown', gateFacts(proposal, deps.now()))
    return answer.kind === 'moved' && (await moveState(tx, proposalId, proposal.state, answer.to))
  })
}

/** executing → partlyDone: what was done stays, the rest is never sent. */
export async function stopPlan(tx: WriteTx, proposal: Proposal, reason: string, now: number): Promise<void> {
  const answer = decide(proposal.state, 'stopped', gateFacts(proposal, now))
  if (answer.kind === 'refused') return
  await leaveOut(tx, proposal.id)
  await endProposal(tx, proposal, answer.to, reason, iso(now))
}

/** Whether the last word on the wire was lost, so that only the read-back can tell. */
export function answerWasLost(outcome: Json | null): boolean {
  return outcome === null || typeof outcome !== 'object' || !('kind' in outcome) || outcome.kind !== 'answered'
}
