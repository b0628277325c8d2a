import { decide, type GuardName, type ProposalEvent } from '@countersign/core/actions/gate.ts'
import type { Warrant } from '@countersign/core/actions/warrant.ts'
import { digest } from '@countersign/core/digest.ts'
import type { GraphWriter } from '../../graph/writer.ts'
import { isEnabled } from '../../store/action-switches.ts'
import { aidOf } from '../../store/aid.ts'
import { openStep } from '../../store/journal.ts'
import { appendEvent } from '../../store/outbox.ts'
import { lockProposal, moveState, nextReceiptNumber, proposalById } from '../../store/proposals.ts'
import { stepsOf } from '../../store/steps.ts'
import { readTx, writeTx, type StoredJob } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import { startEcho } from './echo.ts'
import { endProposal } from './end.ts'
import { confirmations, gateFacts } from './gate-facts.ts'
import { openNext } from './next-step.ts'
import { recordOutcome } from './outcome.ts'
import { originalOf, readPreState, type PreStateReading } from './pre-state.ts'
import { verify, verifyStep } from './verify.ts'

/**
 * Carries out one countersigned proposal: reads the object again, opens the step (which mints the only warrant), sends
 * once, records what came back and reads back. Safe to call twice: the second call finds nothing to open.
 */
export async function execute(deps: ActDeps, job: StoredJob, proposalId: string): Promise<void> {
  const { proposal, original } = await readTx(deps.store, job, async (tx) => {
    const found = await proposalById(tx, proposalId)
    return { proposal: found, original: found && (await originalOf(tx, found)) }
  })
  if (proposal?.state !== 'confirmed') return
  const aid = await deps.aid(job.tenantId)
  if (aid.kind !== 'aid') return stop(deps, job, proposalId, aid.kind === 'notConnected' ? 'aidNotConnected' : 'aidNeedsSignIn')
  if (aid.objectId !== proposal.actorId) return stop(deps, job, proposalId, 'aidNotConnected')
  const fresh = await readPreState(aid.reader, proposal, original, deps.now())
  if (fresh.kind === 'unreadable') return stop(deps, job, proposalId, 'preStateUnreadable')
  if (fresh.kind === 'signInLost') return stop(deps, job, proposalId, 'aidNeedsSignIn')

  const warrant = await begin(deps, job, proposalId, fresh)
  if (warrant && (await send(deps, job, aid.writer, warrant))) await carryOn(deps, job, proposalId)
}

/** Goes on where a proposal stands whose first step was sent: reads back, and of a plan sends the next step, until it has ended. */
export async function carryOn(deps: ActDeps, job: StoredJob, proposalId: string): Promise<void> {
  for (;;) {
    const { proposal, steps } = await readTx(deps.store, job, async (tx) => ({
      proposal: await proposalById(tx, proposalId),
      steps: await stepsOf(tx, proposalId),
    }))
    if (proposal?.state === 'executed') {
      await deps.checkpoint('beforeReadBack')
      return verify(deps, job, proposalId)
    }
    const next = steps.find(({ met }) => met !== 'met')
    if (proposal?.state !== 'executing' || !next) return
    if (next.state === 'done') {
      await deps.checkpoint('beforeReadBack')
      if (!(await verifyStep(deps, job, proposal, next.stepIndex))) return
      continue
    }
    if (next.state !== 'planned') return
    const aid = await deps.aid(job.tenantId)
    const own = aid.kind === 'aid' && aid.objectId === proposal.actorId ? aid : undefined
    const warrant = await openNext(deps, job, own?.reader, proposal, next.stepIndex)
    if (!own || !warrant || !(await send(deps, job, own.writer, warrant))) return
  }
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
  return writeTx(deps.store, job, async (tx) => {
    const proposal = await lockProposal(tx, proposalId)
    if (!proposal) return undefined
    const now = deps.now()
    const at = iso(now)
    const facts = gateFacts(proposal, now, {
      actionEnabled: await isEnabled(tx, proposal.actionId),
      preStateDigest: digest(proposal.preState),
      ...(await confirmations(tx, proposalId)),
      ...(fresh.kind === 'read' ? { freshPreStateDigest: digest(fresh.preState) } : {}),
    })
    const answer = decide(proposal.state, 'begin', facts)
    const isConnected = (await aidOf(tx))?.objectId === proposal.actorId
    if (answer.kind === 'refused' || !isConnected) {
      const { event, reason } = answer.kind === 'refused' ? endingOf(answer.guard) : aidGone
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

/** An owner disconnected the Aid, or connected another one, since it was asked. */
const aidGone = { event: 'refuseToSend', reason: 'aidNotConnected' } as const

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

/** Sends once and records the outcome; true when the read-back may follow. */
async function send(deps: ActDeps, job: StoredJob, writer: GraphWriter, warrant: Warrant): Promise<boolean> {
  const sentAt = deps.now()
  await deps.checkpoint('beforeSend')
  const outcome = await writer.send(warrant)
  await deps.checkpoint('afterAnswer')
  const goesOn = await recordOutcome(deps, job, warrant.proposalId, warrant.stepIndex, outcome)
  if (outcome.kind === 'answered' || outcome.kind === 'unknown') await startEcho(deps, job, warrant.proposalId, warrant.stepIndex, sentAt)
  return goesOn
}
