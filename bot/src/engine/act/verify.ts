import { judgeExpectation, type Met } from '@countersign/core/actions/expectation.ts'
import { decide, type ProposalEvent } from '@countersign/core/actions/gate.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import type { Json } from '@countersign/core/digest.ts'
import type { GraphReader } from '../../graph/reader.ts'
import { addFindingHistory, findingByKey, moveFinding } from '../../store/findings.ts'
import { append } from '../../store/journal.ts'
import { appendEvent } from '../../store/outbox.ts'
import { lockProposal, proposalById } from '../../store/proposals.ts'
import { stepsOf } from '../../store/steps.ts'
import { readTx, writeTx, type StoredJob, type WriteTx } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import { endProposal } from './end.ts'
import { answerWasLost } from './execute.ts'
import { gateFacts } from './gate-facts.ts'
import { readJson } from './pre-state.ts'

interface ReadBack {
  readonly stepIndex: number
  readonly met: Met
  readonly path: string
  /** What Graph answered, or why it did not. */
  readonly answer: Json
}

/** Reads every step back until it shows what was asked for, or the waits are over, and settles the proposal. */
export async function verify(deps: ActDeps, job: StoredJob, proposalId: string): Promise<void> {
  const { proposal, lost } = await readTx(deps.store, job, async (tx) => {
    const found = await proposalById(tx, proposalId)
    return {
      proposal: found,
      lost:
        found !== undefined &&
        answerWasLost(
          found,
          (await stepsOf(tx, proposalId)).map(({ outcome }) => outcome),
        ),
    }
  })
  if (proposal?.state !== 'executed') return
  const readBacks = await readAll(deps, job, proposal)
  const at = iso(deps.now())
  await writeTx(deps.store, job, async (tx) => {
    const current = await lockProposal(tx, proposalId)
    if (!current) return
    const { event, reason } = settle(readBacks, lost)
    const answer = decide(current.state, event, gateFacts(current, deps.now()))
    if (answer.kind === 'refused') return
    if (answer.to === 'verified') await markFindings(tx, current, at)
    for (const { stepIndex, met, path, answer: body } of readBacks)
      await append(tx, { kind: 'readBack', subjectId: proposalId, at, body: { stepIndex, path, met, answer: body } })
    await endProposal(tx, current, answer.to, reason, at)
  })
}

/** Met: done. Not met after a clear answer: the read-back differs. Not met after a lost answer, or unclear: a person decides. */
function settle(readBacks: readonly ReadBack[], lost: boolean): { readonly event: ProposalEvent; readonly reason: string | null } {
  if (readBacks.every(({ met }) => met === 'met')) return { event: 'readBackDone', reason: null }
  if (readBacks.some(({ met }) => met === 'unclear')) return { event: 'readBackUnclear', reason: 'readBackUnclear' }
  return lost ? { event: 'readBackUnclear', reason: 'answerLost' } : { event: 'readBackNotDone', reason: 'readBackDiffers' }
}

async function readAll(deps: ActDeps, job: StoredJob, proposal: Proposal): Promise<ReadBack[]> {
  let readBacks: ReadBack[] = []
  for (const wait of deps.readBackWaits) {
    await deps.wait(wait)
    const aid = await deps.aid(job.tenantId)
    readBacks =
      aid.kind === 'aid'
        ? await readOnce(aid.reader, proposal)
        : proposal.steps.map(({ readBack }, stepIndex) => ({ stepIndex, met: 'unclear', path: readBack.read.path, answer: aid.kind }))
    if (readBacks.every(({ met }) => met === 'met')) return readBacks
  }
  return readBacks
}

async function readOnce(reader: GraphReader, proposal: Proposal): Promise<ReadBack[]> {
  const readBacks: ReadBack[] = []
  for (const [stepIndex, { readBack }] of proposal.steps.entries()) {
    const read = await readJson(reader, readBack.read.path)
    const met = read.kind === 'read' ? judgeExpectation(readBack.expect, read.body) : 'unclear'
    readBacks.push({ stepIndex, met, path: readBack.read.path, answer: read.kind === 'read' ? (read.body ?? null) : read.kind })
  }
  return readBacks
}

/** The findings that this mends wait for the next scan to agree. */
async function markFindings(tx: WriteTx, proposal: Proposal, at: string): Promise<void> {
  for (const key of proposal.findingKeys) {
    const finding = await findingByKey(tx, key)
    if (!finding || !(await moveFinding(tx, key, ['open', 'returned'], 'fixedAwaitingScan', at))) continue
    await addFindingHistory(tx, [
      { findingKey: key, checkId: finding.checkId, at, what: 'finding.changed', receiptNumber: proposal.receiptNumber },
    ])
    appendEvent(tx, 'finding.changed', key, at)
  }
}
