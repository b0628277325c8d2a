import { z } from 'zod'
import type { EchoExpectation, PlanStep } from '@countersign/core/actions/action.ts'
import type { AuditRow, EchoState } from '@countersign/core/actions/echo.ts'
import { createdId } from '@countersign/core/actions/expectation.ts'
import { matchEcho } from '@countersign/core/actions/match-echo.ts'
import type { Json } from '@countersign/core/digest.ts'
import type { GraphReader } from '../../graph/reader.ts'
import { dueEchoes, putEcho, type StoredEcho } from '../../store/echoes.ts'
import { append } from '../../store/journal.ts'
import { appendEvent } from '../../store/outbox.ts'
import { proposalById } from '../../store/proposals.ts'
import { readTx, writeTx, type StoredJob } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import { createdMark } from './draft-undo.ts'
import { readJson } from './pre-state.ts'

/** Rows are usually there after this long (facts of audit latency; not promised by Microsoft). */
const expectedAfterMs = 15 * 60 * 1000
/** Rows are asked for from a little before the send, as clocks differ. */
const askFromMs = 60 * 1000

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null)
const rowSchema = z.object({
  id: z.string(),
  activityDateTime: z.string(),
  activityDisplayName: z.string(),
  correlationId: text,
  result: z
    .string()
    .nullish()
    .transform((value) => value ?? ''),
  initiatedBy: z.object({ user: z.object({ id: text, userPrincipalName: text }).nullish() }).nullish(),
  targetResources: z
    .array(
      z.object({
        id: text,
        displayName: text,
        modifiedProperties: z.array(z.object({ displayName: text, oldValue: text, newValue: text })).nullish(),
      }),
    )
    .nullish(),
  additionalDetails: z.array(z.object({ key: text, value: text })).nullish(),
})

/** Notes that the tenant's log owes a row for a step that was sent. */
export async function startEcho(deps: ActDeps, job: StoredJob, proposalId: string, stepIndex: number, sentAt: number): Promise<void> {
  await writeTx(deps.store, job, async (tx) => {
    const proposal = await proposalById(tx, proposalId)
    if (!proposal) return
    await putEcho(tx, {
      proposalId,
      stepIndex,
      state: 'pending',
      actorId: proposal.actorId,
      sentAt: iso(sentAt),
      expectedBy: iso(sentAt + expectedAfterMs),
      nextLookAt: iso(sentAt + (deps.echoLooks[0] ?? 0)),
      row: null,
      also: [],
      lookedAt: null,
    })
  })
}

/** Looks for every row that is due; a look that fails is tried again at its next time. */
export async function lookForEchoes(deps: ActDeps, job: StoredJob): Promise<void> {
  const due = await readTx(deps.store, job, (tx) => dueEchoes(tx, iso(deps.now())))
  if (due.length === 0) return
  const aid = await deps.aid(job.tenantId)
  for (const echo of due) {
    const found = aid.kind === 'aid' ? await look(deps, job, aid.reader, echo) : undefined
    await settle(deps, job, echo, found ?? { state: 'pending', row: null, also: [] })
  }
}

interface Found {
  readonly state: EchoState
  readonly row: AuditRow | null
  readonly also: readonly AuditRow[]
}

async function look(deps: ActDeps, job: StoredJob, reader: GraphReader, echo: StoredEcho): Promise<Found | undefined> {
  const proposal = await readTx(deps.store, job, (tx) => proposalById(tx, echo.proposalId))
  const step = proposal?.steps[echo.stepIndex]
  const expectation = step && (await expectedEcho(reader, step))
  if (!expectation) return undefined
  const sentAt = Date.parse(echo.sentAt)
  const filter = `activityDateTime ge ${iso(sentAt - askFromMs)} and targetResources/any(t: t/id eq '${expectation.targetId}')`
  const rows: AuditRow[] = []
  for await (const page of reader.pages(`/auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}`)) {
    if (page.kind === 'restart') rows.length = 0
    else if (page.kind === 'refused') return page.status === 403 ? { state: 'notReadable', row: null, also: [] } : undefined
    else if (page.kind === 'signInLost') return undefined
    else rows.push(...page.rows.flatMap(parseRow))
  }
  const match = matchEcho({ actorId: echo.actorId, sentAt, expectation }, rows)
  switch (match.state) {
    case 'found':
      return { state: 'found', row: match.row, also: match.also }
    case 'ambiguous':
      return { state: 'ambiguous', row: null, also: match.rows }
    case 'pending':
      return { state: 'pending', row: null, also: [] }
  }
}

/** The log names what a step made by an id that only the step's read-back tells; undefined while that does not show it. */
export async function expectedEcho(reader: Pick<GraphReader, 'get'>, { echo, readBack }: PlanStep): Promise<EchoExpectation | undefined> {
  if (echo.targetId !== createdMark) return echo
  const read = await readJson(reader, readBack.read)
  const targetId = read.kind === 'read' && read.body !== undefined ? createdId(readBack.expect, read.body) : undefined
  return targetId === undefined ? undefined : { ...echo, targetId }
}

async function settle(deps: ActDeps, job: StoredJob, echo: StoredEcho, found: Found): Promise<void> {
  const now = deps.now()
  const nextLook = deps.echoLooks.find((after) => Date.parse(echo.sentAt) + after > now)
  const state: EchoState = found.state === 'pending' && nextLook === undefined ? 'notFound' : found.state
  const nextLookAt = state === 'pending' && nextLook !== undefined ? iso(Date.parse(echo.sentAt) + nextLook) : null
  await writeTx(deps.store, job, async (tx) => {
    await putEcho(tx, { ...echo, state, row: found.row, also: found.also, nextLookAt, lookedAt: iso(now) })
    if (state === 'pending') return
    appendEvent(tx, 'receipt.changed', echo.proposalId, iso(now))
    await append(tx, {
      kind: 'echo',
      subjectId: echo.proposalId,
      at: iso(now),
      body: { stepIndex: echo.stepIndex, state, row: rowJson(found.row), also: found.also.map(({ id }) => id) },
    })
  })
}

/** A row that Graph's own schema would not allow is no proof of anything: it is passed over. */
function parseRow(raw: unknown): AuditRow[] {
  const parsed = rowSchema.safeParse(raw)
  if (!parsed.success) return []
  const row = parsed.data
  return [
    {
      id: row.id,
      activityDateTime: row.activityDateTime,
      activityDisplayName: row.activityDisplayName,
      correlationId: row.correlationId,
      result: row.result,
      initiatedByUserId: row.initiatedBy?.user?.id ?? null,
      initiatedByUpn: row.initiatedBy?.user?.userPrincipalName ?? null,
      targets: (row.targetResources ?? []).flatMap(({ id, displayName, modifiedProperties }) =>
        id === null
          ? []
          : [
              {
                id,
                displayName,
                modified: (modifiedProperties ?? []).map((property) => ({
                  name: property.displayName ?? '',
                  oldValue: property.oldValue,
                  newValue: property.newValue,
                })),
              },
            ],
      ),
      userAgent: (row.additionalDetails ?? []).find(({ key }) => key === 'User-Agent')?.value ?? null,
    },
  ]
}

function rowJson(row: AuditRow | null): Json {
  return JSON.parse(JSON.stringify(row)) as Json
}
