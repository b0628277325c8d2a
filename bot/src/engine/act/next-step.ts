import { judgeExpectation } from '@countersign/core/actions/expectation.ts'
import { catalogueVersion } from '@countersign/core/actions/catalogue.ts'
import { confirmationLastsMs } from '@countersign/core/actions/gate.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import type { Warrant } from '@countersign/core/actions/warrant.ts'
import type { GraphReader } from '../../graph/reader.ts'
import { isEnabled } from '../../store/action-switches.ts'
import { aidOf } from '../../store/aid.ts'
import { openStep } from '../../store/journal.ts'
import { lockProposal } from '../../store/proposals.ts'
import { stepsOf } from '../../store/steps.ts'
import { writeTx, type StoredJob, type WriteTx } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import { confirmations } from './gate-facts.ts'
import { stopPlan } from './outcome.ts'
import { readJson } from './pre-state.ts'
import { stepAt } from './read-back.ts'

/**
 * The warrant of a step that is not the first, or the end of the plan: its object must still be as it was planned, the
 * step before must have been read back, and the countersignature must be as young and the action as enabled as at the beginning.
 */
export async function openNext(
  deps: ActDeps,
  job: StoredJob,
  reader: GraphReader | undefined,
  planned: Proposal,
  stepIndex: number,
): Promise<Warrant | undefined> {
  const obstacle = reader ? await obstacleOf(reader, planned, stepIndex) : 'stepNotSent'
  return writeTx(deps.store, job, async (tx) => {
    const proposal = await lockProposal(tx, planned.id)
    if (proposal?.state !== 'executing') return undefined
    const now = deps.now()
    const steps = await stepsOf(tx, proposal.id)
    // Whoever else carries this out came first: one of the two goes on, and what it finds counts.
    if (steps[stepIndex]?.state !== 'planned' || steps[stepIndex - 1]?.met !== 'met') return undefined
    const reason = obstacle ?? (await changedMeanwhile(tx, proposal, now))
    if (reason === undefined) return openStep(tx, { proposalId: proposal.id, stepIndex, at: iso(now), version: deps.version })
    await stopPlan(tx, proposal, reason, now)
    return undefined
  })
}

/** Why the next step may not be sent any more, though its object is as it was. */
async function changedMeanwhile(tx: WriteTx, proposal: Proposal, now: number): Promise<string | undefined> {
  if (!(await isEnabled(tx, proposal.actionId))) return 'actionSwitchedOff'
  // Disconnected since it was asked, or another one connected: its token may still be held for a while.
  if ((await aidOf(tx))?.objectId !== proposal.actorId) return 'stepNotSent'
  if (proposal.catalogueVersion !== catalogueVersion) return 'catalogueChanged'
  const { confirmedAt: since } = await confirmations(tx, proposal.id)
  return since === undefined || now - since >= confirmationLastsMs ? 'interrupted' : undefined
}

async function obstacleOf(reader: GraphReader, proposal: Proposal, stepIndex: number): Promise<string | undefined> {
  const { before, readBack } = stepAt(proposal, stepIndex)
  if (!before) return undefined
  const read = await readJson(reader, readBack.read)
  if (read.kind === 'signInLost') return 'stepNotSent'
  if (read.kind === 'unreadable') return 'stepUnreadable'
  return judgeExpectation(before, read.body) === 'met' ? undefined : 'stepChanged'
}
