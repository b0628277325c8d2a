import { z } from 'zod'
import type { Json } from '../digest.ts'
import type { ExportedAction } from './export.ts'
import type { JournalRecord, RecordKind } from './journal.ts'
import {
  answeredBody,
  confirmedBody,
  echoBody,
  endedBody,
  offeredBody,
  proposedBody,
  readBackBody,
  sendingBody,
  settledBody,
} from './record-bodies.ts'

/** Kinds of records whose subject is a proposal. */
const ofProposals: readonly RecordKind[] = [
  'proposed',
  'offered',
  'confirmedFirst',
  'confirmed',
  'rejected',
  'expired',
  'superseded',
  'stale',
  'sending',
  'answered',
  'readBack',
  'ended',
  'settled',
  'echo',
]

export function tellsOfProposal({ kind }: Pick<JournalRecord, 'kind'>): boolean {
  return ofProposals.includes(kind)
}

const shownTerms = z.object({
  actionId: z.string(),
  door: z.string(),
  approvals: z.number().int(),
  subject: z.object({ type: z.string(), id: z.string(), name: z.string(), qualifier: z.string() }),
})
const shownPreview = z.object({ shown: z.unknown() })
const numberedSending = z.object({ receiptNumber: z.number().int() })

type Sent = ExportedAction['sent'][number]

/** One proposal's records, oldest first, in readable form. Pure: a reader makes the same of them. Unreadable records are left out; they are another's finding. */
export function exportedAction(records: readonly JournalRecord[]): ExportedAction {
  const [first] = records
  const last = records.at(-1)
  if (!first || !last) throw new Error('An action has records.')
  const proposed = bodies(records, 'proposed', proposedBody)[0]
  const terms = shownTerms.safeParse(proposed?.body.terms).data
  const offered = bodies(records, 'offered', offeredBody)
  const preview = offered.at(-1)
  return {
    proposalId: first.subjectId,
    receiptNumber: bodies(records, 'sending', numberedSending)[0]?.body.receiptNumber ?? null,
    records: { from: first.seq, to: last.seq, fromTheBeginning: first.kind === 'proposed' },
    actionId: terms?.actionId ?? null,
    subject: terms?.subject ?? null,
    askedBy: proposed && terms ? { ...personOf(proposed.body.by), door: terms.door, at: proposed.at, seq: proposed.seq } : null,
    approvalsNeeded: terms?.approvals ?? null,
    preview: preview ? ((shownPreview.parse(preview.raw).shown as Json | undefined) ?? null) : null,
    cards: offered.map(({ body, at, seq }) => ({ offerId: body.offerId, toPerson: body.person, bytesDigest: body.bytesDigest, at, seq })),
    saidYes: [...bodies(records, 'confirmedFirst', confirmedBody), ...bodies(records, 'confirmed', confirmedBody)].map(
      ({ body, at, seq }) => ({
        ...personOf(body.by),
        words: body.words,
        how: body.how,
        offerId: body.offerId,
        bytesDigest: body.bytesDigest,
        at,
        seq,
      }),
    ),
    sent: sentSteps(records),
    settledBy: bodies(records, 'settled', settledBody).map(({ body, at, seq }) => ({
      ...personOf(body.by),
      as: body.as,
      because: body.because,
      at,
      seq,
    })),
    ended: endOf(records),
  }
}

function sentSteps(records: readonly JournalRecord[]): Sent[] {
  return bodies(records, 'sending', sendingBody).map(({ body, at, seq }) => {
    const ofStep = <Body extends { readonly stepIndex: number }>(found: readonly Read<Body>[]): Read<Body> | undefined =>
      found.findLast((one) => one.body.stepIndex === body.stepIndex)
    const answered = ofStep(bodies(records, 'answered', answeredBody))
    const readBack = ofStep(bodies(records, 'readBack', readBackBody))
    const echo = ofStep(bodies(records, 'echo', echoBody))
    return {
      stepIndex: body.stepIndex,
      at,
      seq,
      method: body.request.method,
      path: body.request.path,
      body: jsonOr(body.request.body),
      requestHash: body.requestHash,
      clientRequestId: body.clientRequestId,
      cameBack: answered ? { at: answered.at, outcome: jsonOr(answered.body.outcome) } : null,
      readBack: readBack
        ? { at: readBack.at, path: readBack.body.path, met: readBack.body.met, answer: jsonOr(readBack.body.answer) }
        : null,
      auditLog: echo
        ? {
            at: echo.at,
            state: echo.body.state,
            reason: echo.body.reason ?? null,
            rowId: echo.body.row?.id ?? null,
            row: jsonOr(echo.body.row),
          }
        : null,
    }
  })
}

const endKinds: readonly RecordKind[] = ['ended', 'rejected', 'expired', 'superseded', 'stale']

function endOf(records: readonly JournalRecord[]): ExportedAction['ended'] {
  const end = records.findLast(({ kind }) => endKinds.includes(kind))
  const body = endedBody.safeParse(end?.body)
  return end && body.success ? { state: body.data.state, reason: body.data.reason, at: end.at, seq: end.seq } : null
}

interface Read<Body> {
  readonly body: Body
  readonly raw: Json
  readonly at: string
  readonly seq: number
}

function bodies<Body>(records: readonly JournalRecord[], kind: RecordKind, schema: z.ZodType<Body>): Read<Body>[] {
  return records.flatMap((record) => {
    const parsed = record.kind === kind ? schema.safeParse(record.body) : undefined
    return parsed?.success ? [{ body: parsed.data, raw: record.body, at: record.at, seq: record.seq }] : []
  })
}

/** Bodies come out of JSON, so that what they hold is JSON; a member that is missing is null. */
function jsonOr(value: unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json)
}

function personOf({ name, objectId }: { readonly name: string; readonly objectId: string }): { name: string; objectId: string } {
  return { name, objectId }
}
