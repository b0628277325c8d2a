import { decide } from '@countersign/core/actions/gate.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import { addFindingHistory, findingByKey, moveFinding } from '../../store/findings.ts'
import { appendEvent } from '../../store/outbox.ts'
import { lockProposal, moveState, proposalById } from '../../store/proposals.ts'
import { leaveOut, noteMet, stepsOf } from '../../store/steps.ts'
import { readTx, writeTx, type StoredJob, type WriteTx } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import { endProposal } from './end.ts'
import { gateFacts } from './gate-facts.ts'
import { answerWasLost, stopPlan } from './outcome.ts'
import { readBackPatiently, recordReadBack, settlement } from './read-back.ts'

/** Reads the one step of an executed proposal back and settles the proposal. */
export async function verify(deps: ActDeps, job: StoredJob, proposalId: string): Promise<void> {
  const { proposal, outcome } = await readTx(deps.store, job, async (tx) => ({
    proposal: await proposalById(tx, proposalId),
    outcome: (await stepsOf(tx, proposalId))[0]?.outcome ?? null,
  }))
  if (proposal?.state !== 'executed') return
  const readBack = await readBackPatiently(deps, proposal, 0)
  const at = iso(deps.now())
  await writeTx(deps.store, job, async (tx) => {
    const current = await lockProposal(tx, proposalId)
    if (!current) return
    const { event, reason } = settlement(readBack.met, answerWasLost(outcome))
    const answer = decide(current.state, event, gateFacts(current, deps.now()))
    if (answer.kind === 'refused') return
    await noteMet(tx, proposalId, 0, readBack.met)
    if (answer.to === 'verified') await markFindings(tx, current, at)
    await recordReadBack(tx, proposalId, readBack, at)
    await endProposal(tx, current, answer.to, reason, at)
  })
}

/** Reads one step of a plan back; true when the next may follow. The last one settles the proposal, and so does one that does not show what was asked for. */
export async function verifyStep(deps: ActDeps, job: StoredJob, proposal: Proposal, stepIndex: number): Promise<boolean> {
  const readBack = await readBackPatiently(deps, proposal, stepIndex)
  const now = deps.now()
  const at = iso(now)
  return writeTx(deps.store, job, async (tx) => {
    const current = await lockProposal(tx, proposal.id)
    if (current?.state !== 'executing' || !(await noteMet(tx, proposal.id, stepIndex, readBack.met))) return false
    const outcome = (await stepsOf(tx, proposal.id))[stepIndex]?.outcome ?? null
    const { event, reason } = settlement(readBack.met, answerWasLost(outcome))
    const isLast = stepIndex === proposal.steps.length - 1
    if (event === 'readBackDone' && !isLast) {
      await recordReadBack(tx, proposal.id, readBack, at)
      appendEvent(tx, 'proposal.changed', proposal.id, at)
      return true
    }
    if (event === 'readBackDone') await markFindings(tx, current, at)
    await recordReadBack(tx, proposal.id, readBack, at)
    if (event === 'readBackNotDone' && stepIndex > 0) {
      await stopPlan(tx, current, 'stepNotShown', now)
      return false
    }
    // With its last word spoken the plan is executed, and settled at once.
    const executed = decide(current.state, answerWasLost(outcome) ? 'answerUnknown' : 'answered', gateFacts(current, now))
    if (executed.kind === 'refused' || !(await moveState(tx, current.id, current.state, executed.to))) return false
    const settled = decide(executed.to, event, gateFacts(current, now))
    if (settled.kind === 'refused') throw new Error(`The gate does not settle proposal ${current.id} with ${event}.`)
    await leaveOut(tx, current.id)
    await endProposal(tx, { ...current, state: executed.to }, settled.to, reason, at)
    return false
  })
}

/** The findings that this mends wait for the next scan to agree. */
export async function markFindings(tx: WriteTx, proposal: Proposal, at: string): Promise<void> {
  for (const key of proposal.findingKeys) {
    const finding = await findingByKey(tx, key)
    if (!finding || !(await moveFinding(tx, key, ['open', 'returned'], 'fixedAwaitingScan', at))) continue
    await addFindingHistory(tx, [
      { findingKey: key, checkId: finding.checkId, at, what: 'finding.changed', receiptNumber: proposal.receiptNumber },
    ])
    appendEvent(tx, 'finding.changed', key, at)
  }
}
