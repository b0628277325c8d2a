import { decide } from '@countersign/core/actions/gate.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import { listOffers, moveOffer } from '../../store/offers.ts'
import { appendEvent } from '../../store/outbox.ts'
import { listProposals, lockProposal } from '../../store/proposals.ts'
import { stepsOf, stepsSending } from '../../store/steps.ts'
import { readTx, writeTx, type StoredJob } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import { startEcho, lookForEchoes } from './echo.ts'
import { endProposal } from './end.ts'
import { carryOn, execute } from './execute.ts'
import { gateFacts } from './gate-facts.ts'
import { recordOutcome } from './outcome.ts'

/**
 * Takes up what a stopped process left: countersigned proposals are carried out, a step whose answer was lost is read
 * back and never sent again, and a plan goes on with its next step while the countersignature is young. Safe to run in any number of processes: a request younger than `inFlightMs` counts as
 * still under way somewhere. At the start of the only process, nothing is under way and `inFlightMs` is 0.
 */
export async function recover(deps: ActDeps, job: StoredJob, inFlightMs: number): Promise<void> {
  const before = iso(deps.now() - inFlightMs)
  const { sending, waiting } = await readTx(deps.store, job, async (tx) => ({
    sending: await stepsSending(tx),
    waiting: await listProposals(tx, { states: ['confirmed', 'executing', 'executed'] }),
  }))
  for (const step of sending) {
    if (step.sentAt === null || step.sentAt > before) continue
    await startEcho(deps, job, step.proposalId, step.stepIndex, Date.parse(step.sentAt))
    const lost = { kind: 'unknown', why: 'the service stopped before the answer was recorded' } as const
    await recordOutcome(deps, job, step.proposalId, step.stepIndex, lost)
    await carryOn(deps, job, step.proposalId)
  }
  for (const proposal of waiting) {
    const steps = await readTx(deps.store, job, (tx) => stepsOf(tx, proposal.id))
    if (proposal.state === 'confirmed') await execute(deps, { tenantId: job.tenantId, objectId: proposal.requestedBy }, proposal.id)
    else if (steps.every((step) => step.state !== 'sending' && (step.doneAt ?? '') <= before)) await carryOn(deps, job, proposal.id)
  }
}

/** Ends what has outlived its time: proposals after 24 hours, cards after their minutes. */
export async function expireDue(deps: ActDeps, job: StoredJob): Promise<void> {
  const now = deps.now()
  const at = iso(now)
  const { proposals, offers } = await readTx(deps.store, job, async (tx) => ({
    proposals: await listProposals(tx, { states: ['proposed', 'offered', 'awaitingSecond'] }),
    offers: await listOffers(tx, { state: 'live' }),
  }))
  const over = proposals.filter(({ expiresAt }) => Date.parse(expiresAt) <= now)
  const dead = offers.filter(({ expiresAt }) => Date.parse(expiresAt) <= now)
  if (over.length === 0 && dead.length === 0) return
  await writeTx(deps.store, job, async (tx) => {
    // Every proposal before its offers and before the journal, as whoever confirms one does.
    const locked: Proposal[] = []
    for (const { id } of over) {
      const proposal = await lockProposal(tx, id)
      if (proposal) locked.push(proposal)
    }
    for (const { id } of dead) if (await moveOffer(tx, id, 'live', 'dead')) appendEvent(tx, 'offer.changed', id, at)
    for (const proposal of locked) {
      const answer = decide(proposal.state, 'expire', gateFacts(proposal, now))
      if (answer.kind === 'moved') await endProposal(tx, proposal, answer.to, 'lifetime', at)
    }
  })
}

/** Longer than the writer waits for an answer: an older request belongs to a process that is gone. */
export const inFlightMs = 45_000

/** One round of the act plane's housekeeping for one tenant; the service calls it every few seconds. */
export async function tick(deps: ActDeps, tenantId: string): Promise<void> {
  const job = housekeeper(tenantId)
  await expireDue(deps, job)
  await recover(deps, job, inFlightMs)
  await lookForEchoes(deps, job)
}

/** Acts for the deployment itself, not for a person: nothing that it does needs a role. */
export function housekeeper(tenantId: string): StoredJob {
  return { tenantId, objectId: 'housekeeping' }
}
