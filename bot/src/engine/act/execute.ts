import { decide, type GuardName, type ProposalEvent } from '@countersign/core/actions/gate.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import type { Warrant } from '@countersign/core/actions/warrant.ts'
import { digest, type Json } from '@countersign/core/digest.ts'
import type { GraphWriter, WriteOutcome } from '../../graph/writer.ts'
import { isEnabled } from '../../store/action-switches.ts'
import { append, openStep, recordsFor } from '../../store/journal.ts'
import { appendEvent } from '../../store/outbox.ts'
import { lockProposal, moveState, nextReceiptNumber, proposalById } from '../../store/proposals.ts'
import { finishStep } from '../../store/steps.ts'
import { readTx, writeTx, type StoredJob } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import { startEcho } from './echo.ts'
import { endProposal } from './end.ts'
import { gateFacts } from './gate-facts.ts'
import { readPreState, type PreStateReading } from './pre-state.ts'
import { verify } from './verify.ts'

/**
 * Carries out one countersigned proposal: reads the object again, opens the step (which mints the only warrant), sends
 * once, records what came back and reads back. Safe to call twice: the second call finds nothing to open.
 */
export async function execute(deps: ActDeps, job: StoredJob, proposalId: string): Promise<void> {
  const { proposal, original } = await readTx(deps.store, job, async (tx) => {
    const found = await proposalById(tx, proposalId)
    return { proposal: found, original: found?.undoes ? await proposalById(tx, found.undoes) : undefined }
  })
  if (proposal?.state !== 'confirmed') return
  const aid = await deps.aid(job.tenantId)
  if (aid.kind !== 'aid') return stop(deps, job, proposalId, aid.kind === 'notConnected' ? 'aidNotConnected' : 'aidNeedsSignIn')
  if (aid.objectId !== proposal.actorId) return stop(deps, job, proposalId, 'aidNotConnected')
  const fresh = await readPreState(aid.reader, proposal, original, deps.now())
  if (fresh.kind === 'unreadable') return stop(deps, job, proposalId, 'preStateUnreadable')
  if (fresh.kind === 'signInLost') return stop(deps, job, proposalId, 'aidNeedsSignIn')

  for (const stepIndex of proposal.steps.keys()) {
    const warrant = stepIndex === 0 ? await begin(deps, job, proposalId, fresh) : await openNext(deps, job, proposalId, stepIndex)
    if (!warrant) return
    const done = await send(deps, job, aid.writer, warrant, stepIndex === proposal.steps.length - 1)
    if (!done) return
  }
  await deps.checkpoint('beforeReadBack')
  await verify(deps, job, proposalId)
}

/** Ends a proposal for which nothing was sent. */
async function stop(deps: ActDeps, job: StoredJob, proposalId: string, reason: string): Promise<void> {
  await writeTx(deps.store, job, async (tx) => {
    const proposal = await lockProposal(tx, proposalId)
    if (!proposal) return
    const answer = decide(proposal.state, 'refuseToSend', gateFacts(proposal, deps.now()))
    if (answer.kind === 'moved') await endProposal(tx, proposal, answer.to, reason, iso(deps.now()))
  })
}

/** confirmed → executing and the first warrant, in one transaction; ends the proposal when the gate says no. */
async function begin(deps: ActDeps, job: StoredJob, proposalId: string, fresh: PreStateReading): Promise<Warrant | undefined> {
  const now = deps.now()
  const at = iso(now)
  return writeTx(deps.store, job, async (tx) => {
    const proposal = await lockProposal(tx, proposalId)
    if (!proposal) return undefined
    const confirmed = (await recordsFor(tx, proposalId)).findLast(({ kind }) => kind === 'confirmed')
    const facts = gateFacts(proposal, now, {
      actionEnabled: await isEnabled(tx, proposal.actionId),
      preStateDigest: digest(proposal.preState),
      ...(confirmed ? { confirmedAt: Date.parse(confirmed.at) } : {}),
      ...(fresh.kind === 'read' ? { freshPreStateDigest: digest(fresh.preState) } : {}),
    })
    const answer = decide(proposal.state, 'begin', facts)
    if (answer.kind === 'refused') {
      const { event, reason } = endingOf(answer.guard)
      const end = decide(proposal.state, event, facts)
      if (end.kind === 'moved') await endProposal(tx, proposal, end.to, reason, at)
      return undefined
    }
    if (!(await moveState(tx, proposal.id, proposal.state, answer.to))) return undefined
    await nextReceiptNumber(tx, proposal.id)
    appendEvent(tx, 'proposal.changed', proposal.id, at)
    appendEvent(tx, 'receipt.changed', proposal.id, at)
    return openStep(tx, { proposalId: proposal.id, stepIndex: 0, at, version: deps.version })
  })
}

/** What becomes of a countersigned proposal that may not begin. */
function endingOf(guard: GuardName | 'state'): { readonly event: ProposalEvent; readonly reason: string } {
  switch (guard) {
    case 'preStateUnchanged':
      return { event: 'goneStale', reason: 'changedSince' }
    case 'confirmedRecently':
      return { event: 'expire', reason: 'notBegun' }
    case 'actionEnabled':
      return { event: 'supersede', reason: 'actionSwitchedOff' }
    default:
      return { event: 'supersede', reason: 'catalogueChanged' }
  }
}

async function openNext(deps: ActDeps, job: StoredJob, proposalId: string, stepIndex: number): Promise<Warrant | undefined> {
  return writeTx(deps.store, job, (tx) => openStep(tx, { proposalId, stepIndex, at: iso(deps.now()), version: deps.version }))
}

/** Sends once and records the outcome; true when the next step or the read-back may follow. */
async function send(deps: ActDeps, job: StoredJob, writer: GraphWriter, warrant: Warrant, isLast: boolean): Promise<boolean> {
  const sentAt = deps.now()
  await deps.checkpoint('beforeSend')
  const outcome = await writer.send(warrant)
  await deps.checkpoint('afterAnswer')
  const goesOn = await recordOutcome(deps, job, warrant.proposalId, warrant.stepIndex, outcome, isLast)
  if (outcome.kind === 'answered' || outcome.kind === 'unknown') await startEcho(deps, job, warrant.proposalId, warrant.stepIndex, sentAt)
  return goesOn
}

/** sending → done with what came back, and the state that follows from it. Also how recovery settles a step whose answer was lost. */
export async function recordOutcome(
  deps: ActDeps,
  job: StoredJob,
  proposalId: string,
  stepIndex: number,
  outcome: WriteOutcome,
  isLast: boolean,
): Promise<boolean> {
  const at = iso(deps.now())
  const stored = outcomeJson(outcome)
  return writeTx(deps.store, job, async (tx) => {
    const proposal = await lockProposal(tx, proposalId)
    if (!proposal || !(await finishStep(tx, proposalId, stepIndex, stored, at))) return false
    const record = { kind: 'answered' as const, subjectId: proposalId, at, body: { stepIndex, outcome: stored } }
    const failed = outcome.kind === 'refused' || outcome.kind === 'notSent'
    if (!failed && !isLast && outcome.kind === 'answered') {
      await append(tx, record)
      return true
    }
    const answer = decide(
      proposal.state,
      failed ? 'answerFailed' : outcome.kind === 'answered' ? 'answered' : 'answerUnknown',
      gateFacts(proposal, deps.now()),
    )
    if (answer.kind === 'refused') return false
    await append(tx, record)
    if (failed) return !(await endProposal(tx, proposal, answer.to, outcome.kind === 'notSent' ? 'aidNeedsSignIn' : 'refusedByGraph', at))
    await moveState(tx, proposalId, proposal.state, answer.to)
    appendEvent(tx, 'proposal.changed', proposalId, at)
    return true
  })
}

function outcomeJson(outcome: WriteOutcome): Json {
  return { ...outcome }
}

/** Whether the last word on the wire was lost, so that only the read-back can tell. */
export function answerWasLost(proposal: Proposal, outcomes: readonly (Json | null)[]): boolean {
  return (
    outcomes.length < proposal.steps.length ||
    outcomes.some((outcome) => outcome === null || (typeof outcome === 'object' && 'kind' in outcome && outcome.kind !== 'answered'))
  )
}
