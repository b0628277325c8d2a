import { readAuditRow } from '@countersign/core/actions/audit-row.ts'
import { echoWindow, type AuditRow, type EchoReason, type EchoState } from '@countersign/core/actions/echo.ts'
import { keptOf, matchEcho } from '@countersign/core/actions/match-echo.ts'
import { canonicalJson, type Json } from '@countersign/core/digest.ts'
import { createdMark, type EchoExpectation, type PlanStep } from '@countersign/core/actions/action.ts'
import { createdId } from '@countersign/core/actions/expectation.ts'
import type { GraphReader, GraphRefusal } from '../../graph/reader.ts'
import { addEcho, dueEchoes, echoesSentBetween, moveEcho, stepsWithoutEcho, type StoredEcho } from '../../store/echoes.ts'
import { append } from '../../store/journal.ts'
import { appendEvent } from '../../store/outbox.ts'
import { proposalById } from '../../store/proposals.ts'
import { stepsOf } from '../../store/steps.ts'
import { readTx, writeTx, type ReadTx, type StoredJob, type WriteTx } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import { readJson } from './pre-state.ts'

/** Rows are usually there after this long (facts of audit latency; not promised by Microsoft). */
const expectedAfterMs = 15 * 60 * 1000

/** Notes that the tenant's log owes a row for a step that was sent; the first note counts. */
export async function startEcho(deps: ActDeps, job: StoredJob, proposalId: string, stepIndex: number, sentAt: number): Promise<void> {
  await writeTx(deps.store, job, (tx) => owe(deps, tx, proposalId, stepIndex, sentAt))
}

async function owe(deps: ActDeps, tx: WriteTx, proposalId: string, stepIndex: number, sentAt: number): Promise<void> {
  const proposal = await proposalById(tx, proposalId)
  if (!proposal) return
  await addEcho(tx, {
    proposalId,
    stepIndex,
    actorId: proposal.actorId,
    sentAt: iso(sentAt),
    expectedBy: iso(sentAt + expectedAfterMs),
    nextLookAt: iso(sentAt + (deps.echoLooks[0] ?? 0)),
  })
}

/** Looks for every row that is due; a look that fails is tried again at its next time. Times are stored, so that looks go on after a restart. */
export async function lookForEchoes(deps: ActDeps, job: StoredJob): Promise<void> {
  const { due, forgotten } = await readTx(deps.store, job, async (tx) => ({
    due: await dueEchoes(tx, iso(deps.now())),
    forgotten: await stepsWithoutEcho(tx),
  }))
  if (forgotten.length > 0)
    await writeTx(deps.store, job, async (tx) => {
      for (const { proposalId, stepIndex, sentAt } of forgotten) await owe(deps, tx, proposalId, stepIndex, Date.parse(sentAt))
    })
  if (due.length === 0) return
  const aid = await deps.aid(job.tenantId)
  for (const echo of due) await settle(deps, job, echo, aid.kind === 'aid' ? await look(deps, job, aid.reader, echo) : 'failed')
}

interface Found {
  readonly state: EchoState
  readonly reason: EchoReason | null
  readonly row: AuditRow | null
  readonly also: readonly string[]
}

const nothingFound: Found = { state: 'pending', reason: null, row: null, also: [] }

async function look(deps: ActDeps, job: StoredJob, reader: GraphReader, echo: StoredEcho): Promise<Found | 'failed'> {
  const asked = await readTx(deps.store, job, (tx) => questionFor(tx, echo))
  if (!asked) return nothingFound
  const expectation = await expectedEcho(reader, asked.step)
  if (!expectation) return nothingFound
  const { sentAt } = asked
  const question = { ...asked, expectation }
  const target = expectation.targetId.replaceAll("'", "''")
  // Core Directory writes seven digits of a second: the last millisecond of the window is a part of it.
  const filter = `activityDateTime ge ${iso(sentAt - echoWindow.beforeMs)} and activityDateTime le ${iso(sentAt + echoWindow.afterMs + 1)} and targetResources/any(t: t/id eq '${target}')`
  const rows: AuditRow[] = []
  for await (const page of reader.pages(`/auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}`)) {
    if (page.kind === 'restart') rows.length = 0
    else if (page.kind === 'refused')
      return page.status === 403 ? { ...nothingFound, state: 'notReadable', reason: reasonOf(page) } : 'failed'
    else if (page.kind === 'signInLost') return 'failed'
    else rows.push(...page.rows.flatMap((raw) => readAuditRow(raw) ?? []))
  }
  const match = matchEcho(question, rows)
  switch (match.state) {
    case 'found':
      return { state: 'found', reason: null, row: keptOf(question, match.row), also: match.also.map(({ id }) => id) }
    case 'ambiguous':
      return { state: 'ambiguous', reason: null, row: null, also: match.rows.map(({ id }) => id) }
    case 'pending':
      return nothingFound
  }
}

function reasonOf({ code, message }: Pick<GraphRefusal, 'code' | 'message'>): EchoReason {
  return /NonPremium|Licen[cs]e/i.test(`${code} ${message}`) ? 'noLicence' : 'noRole'
}

/** What the row must show, with what our own log knows of equal requests close by. */
async function questionFor(tx: ReadTx, { proposalId, stepIndex, actorId, sentAt: sent }: StoredEcho) {
  const step = await stepAt(tx, proposalId, stepIndex)
  if (!step) return undefined
  const sentAt = Date.parse(sent)
  const apart = echoWindow.beforeMs + echoWindow.afterMs
  const close = (await echoesSentBetween(tx, iso(sentAt - apart), iso(sentAt + apart))).filter(
    (other) => other.actorId === actorId && (other.proposalId !== proposalId || other.stepIndex !== stepIndex),
  )
  let rivals = 0
  for (const other of close) {
    const theirs = await stepAt(tx, other.proposalId, other.stepIndex)
    if (theirs && canonicalJson(jsonOf(theirs.echo)) === canonicalJson(jsonOf(step.echo))) rivals += 1
  }
  const clientRequestId = (await stepsOf(tx, proposalId)).find((stored) => stored.stepIndex === stepIndex)?.clientRequestId ?? null
  return { actorId, sentAt, step, mark: { proposalId, clientRequestId }, rivals }
}

async function stepAt(tx: ReadTx, proposalId: string, stepIndex: number): Promise<PlanStep | undefined> {
  return (await proposalById(tx, proposalId))?.steps[stepIndex]
}

/** What the log must show: of an object that the step itself made, by the id that the read-back now shows it under. */
export async function expectedEcho(reader: Pick<GraphReader, 'get'>, { echo, readBack }: PlanStep): Promise<EchoExpectation | undefined> {
  if (echo.targetId !== createdMark) return echo
  const read = await readJson(reader, readBack.read)
  const targetId = read.kind === 'read' && read.body !== undefined ? createdId(readBack.expect, read.body) : undefined
  return targetId === undefined ? undefined : { ...echo, targetId }
}

/**
 * A row that was found is the end of it. Everything else is looked at again until the last look: another row can settle
 * an ambiguity, and a licence or a role can be given. Rows that come later are not looked for.
 */
async function settle(deps: ActDeps, job: StoredJob, echo: StoredEcho, answer: Found | 'failed'): Promise<void> {
  const now = deps.now()
  const sentAt = Date.parse(echo.sentAt)
  const nextLook = deps.echoLooks.find((after) => sentAt + after > now)
  const seen = answer === 'failed' ? { ...echo } : answer
  const isLast = nextLook === undefined
  const { state, reason }: Pick<Found, 'state' | 'reason'> =
    seen.state !== 'pending' || !isLast
      ? seen
      : answer === 'failed'
        ? { state: 'notReadable', reason: 'notReached' }
        : { state: 'notFound', reason: null }
  const after: StoredEcho = {
    ...echo,
    state,
    reason,
    row: seen.row,
    also: seen.also,
    nextLookAt: state === 'found' || isLast ? null : iso(sentAt + nextLook),
    lookedAt: iso(now),
  }
  await writeTx(deps.store, job, async (tx) => {
    if (!(await moveEcho(tx, echo, after))) return
    if (state === 'pending' || (state === echo.state && reason === echo.reason)) return
    appendEvent(tx, 'receipt.changed', echo.proposalId, iso(now))
    await append(tx, {
      kind: 'echo',
      subjectId: echo.proposalId,
      at: iso(now),
      body: { stepIndex: echo.stepIndex, state, reason, sentAt: echo.sentAt, row: jsonOf(after.row), also: [...after.also] },
    })
  })
}

function jsonOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}
