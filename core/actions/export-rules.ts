import { z } from 'zod'
import { canonicalJson, type Json } from '../digest.ts'
import type { EchoExpectation, GraphWrite } from './action.ts'
import { createdId } from './expectation.ts'
import type { Expectation } from './action.ts'
import type { JournalRecord } from './journal.ts'
import { fits } from './match-echo.ts'
import { hashTerms, type ProposalTerms } from './proposal.ts'
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
import { requestHash } from './warrant.ts'

/** A record that its own words or those before it do not allow, and why. */
export interface CustodyProblem {
  readonly seq: number
  readonly because: string
}

const json = z.custom<Json>((value) => value !== undefined)
const having = z.object({ kind: z.literal('has'), list: z.string(), field: z.string(), value: json })
const telling = z.object({ kind: z.enum(['equals', 'lacks', 'notBefore', 'gone']) })
/** As far as the id of what a step made is looked up in it. */
const expectationSchema = z.union([
  having,
  telling,
  z.object({ kind: z.literal('all'), of: z.array(z.union([having, telling, z.object({ kind: z.literal('all') })])) }),
])

/** What the rules look at in the terms; a file made elsewhere can hold anything under a hash that fits. */
const termsSchema = z.object({
  id: z.string(),
  tenantId: z.string(),
  requestedBy: z.string(),
  actorId: z.string(),
  approvals: z.union([z.literal(1), z.literal(2)]),
  steps: z.array(
    z.object({
      write: z.object({ method: z.string(), path: z.string(), body: json }),
      readBack: z.object({ expect: z.custom<Expectation>((value) => expectationSchema.safeParse(value).success) }),
      echo: z.object({
        activities: z.array(z.string()),
        targetId: z.string(),
        modified: z.object({ name: z.string(), newValueContains: z.string(), oldValueContains: z.string().optional() }).optional(),
      }),
    }),
  ),
})
type Terms = z.infer<typeof termsSchema>

/** What the records so far have said. */
interface Told {
  readonly tenantId: string
  readonly proposalId: string
  terms: Terms | undefined
  hash: string
  readonly cards: Map<string, { readonly person: string; readonly bytesDigest: string }>
  first: string | undefined
  confirmed: boolean
  readonly sent: Map<number, string>
  readonly answered: Set<number>
  /** What reading each step back showed last, with the answer. */
  readonly readBack: Map<number, { readonly met: string; readonly answer: Json }>
  ended: string | undefined
  settled: boolean
}

type Rule = (told: Told, record: JournalRecord) => string | undefined

const unreadable = 'it does not have the shape that such a record has'

/**
 * Follows one proposal through its records, oldest first: asked, shown, said yes to, sent, read back and found in the log is
 * one and the same thing, by the people who had to say yes, in that order. Undefined when it holds. Records of a proposal
 * that began before them say too little to be judged.
 */
export function custodyProblem(tenantId: string, records: readonly JournalRecord[]): CustodyProblem | undefined {
  const [first] = records
  if (!first) return undefined
  if (first.kind !== 'proposed') return { seq: first.seq, because: 'the proposal that it belongs to is missing' }
  const told: Told = {
    tenantId,
    proposalId: first.subjectId,
    terms: undefined,
    hash: '',
    cards: new Map(),
    first: undefined,
    confirmed: false,
    sent: new Map(),
    answered: new Set(),
    readBack: new Map(),
    ended: undefined,
    settled: false,
  }
  for (const record of records) {
    const because = rules[record.kind]?.(told, record)
    if (because !== undefined) return { seq: record.seq, because }
  }
  return undefined
}

const rules: Partial<Record<JournalRecord['kind'], Rule>> = {
  proposed(told, { body }) {
    const parsed = proposedBody.safeParse(body)
    const terms = termsSchema.safeParse(parsed.data?.terms)
    if (!parsed.success || !terms.success) return unreadable
    if (told.terms) return 'the proposal is recorded twice'
    // Whatever else the terms hold is covered by the hash that is compared right here.
    told.hash = hashTerms(parsed.data.terms as unknown as ProposalTerms)
    if (told.hash !== parsed.data.hash) return 'the terms of the proposal do not match its hash'
    if (terms.data.id !== told.proposalId || terms.data.tenantId !== told.tenantId) return 'the terms belong to another proposal or tenant'
    if (terms.data.requestedBy !== parsed.data.by.objectId) return 'the person who asked is not the one in the terms'
    told.terms = terms.data
    return undefined
  },
  offered(told, { body }) {
    const parsed = offeredBody.safeParse(body)
    if (!parsed.success) return unreadable
    if (parsed.data.proposalHash !== told.hash) return 'another proposal was shown'
    const requests = shownRequests.safeParse(body).data?.shown.requests
    const planned = told.terms?.steps.map(({ write }) => `${write.method} /v1.0${write.path} ${JSON.stringify(write.body)}`)
    if (requests && planned && canonicalJson(requests) !== canonicalJson(planned)) return 'the card showed other requests than were planned'
    if (told.confirmed || told.ended !== undefined) return 'a card was shown after the proposal was decided'
    const { offerId, person, bytesDigest } = parsed.data
    if (told.cards.has(offerId)) return 'the same card is recorded twice'
    told.cards.set(offerId, { person, bytesDigest })
    return undefined
  },
  confirmedFirst(told, record) {
    if (told.terms?.approvals !== 2) return 'two people countersigned what needs one'
    if (told.first !== undefined) return 'the first of two countersigned twice'
    const yes = yesTo(told, record)
    if (typeof yes === 'string') return yes
    if (yes.person !== told.terms.requestedBy) return 'the first countersignature is not by the person who asked'
    told.first = yes.person
    return undefined
  },
  confirmed(told, record) {
    if (told.confirmed) return 'the proposal was countersigned twice'
    const yes = yesTo(told, record)
    if (typeof yes === 'string') return yes
    if (told.terms?.approvals === 2) {
      if (told.first === undefined) return 'one person countersigned what needs two'
      if (yes.person === told.first || yes.person === told.terms.requestedBy)
        return 'the second person is the first: two different people had to countersign'
    } else if (yes.person !== told.terms?.requestedBy) return 'somebody else countersigned than the person who asked'
    told.confirmed = true
    return undefined
  },
  sending(told, { body, at }) {
    const parsed = sendingBody.safeParse(body)
    if (!parsed.success) return unreadable
    const { request, stepIndex, proposalHash } = parsed.data
    if (!told.confirmed) return 'a request was sent without the countersignatures that it needs'
    if (told.ended !== undefined) return 'a request was sent after the proposal had ended'
    const sent = requestHash({ method: request.method as GraphWrite['method'], path: request.path, body: (request.body ?? null) as Json })
    const planned = told.terms?.steps[stepIndex]?.write
    if (
      sent !== parsed.data.requestHash ||
      !planned ||
      sent !== requestHash({ ...planned, method: planned.method as GraphWrite['method'] })
    )
      return 'another request was sent than was countersigned'
    if (proposalHash !== told.hash) return 'the request was sent for another proposal'
    if (told.sent.has(stepIndex)) return `step ${stepIndex + 1} was sent twice`
    if (stepIndex > 0 && told.readBack.get(stepIndex - 1)?.met !== 'met')
      return `step ${stepIndex + 1} was sent before the step before it was read back`
    told.sent.set(stepIndex, at)
    return undefined
  },
  answered(told, { body }) {
    const parsed = answeredBody.safeParse(body)
    if (!parsed.success) return unreadable
    const { stepIndex } = parsed.data
    if (!told.sent.has(stepIndex)) return 'an answer to a request that was not sent'
    if (told.answered.has(stepIndex)) return `step ${stepIndex + 1} was answered twice`
    told.answered.add(stepIndex)
    return undefined
  },
  readBack(told, { body }) {
    const parsed = readBackBody.safeParse(body)
    if (!parsed.success) return unreadable
    const { stepIndex, met, answer } = parsed.data
    if (!told.sent.has(stepIndex)) return 'a step was read back that was not sent'
    told.readBack.set(stepIndex, { met, answer: (answer ?? null) as Json })
    return undefined
  },
  echo(told, { body, at }) {
    const parsed = echoBody.safeParse(body)
    if (!parsed.success) return unreadable
    const { stepIndex, state, row, sentAt } = parsed.data
    const sent = told.sent.get(stepIndex)
    if (sent === undefined) return 'a row was looked for that belongs to no request that was sent'
    if ((state === 'found') !== (row !== null)) return 'a row is said to be found and is not there, or the other way round'
    const expectation = expectedOf(told, stepIndex)
    const asked = Date.parse(sentAt ?? sent)
    if (asked < Date.parse(sent) || asked > Date.parse(at)) return 'the row was looked for at another time than that of the request'
    if (row && expectation && told.terms && !fits({ actorId: told.terms.actorId, sentAt: asked, expectation }, row))
      return 'the row of the tenant’s log does not prove the request: actor, target, activity, result, time or value differs'
    return undefined
  },
  ended: endRule,
  rejected: endRule,
  expired: endRule,
  superseded: endRule,
  stale: endRule,
  settled(told, { body }) {
    if (!settledBody.safeParse(body).success) return unreadable
    if (told.ended !== 'indeterminate') return 'a person settled what was certain'
    told.settled = true
    return undefined
  },
}

const shownRequests = z.object({ shown: z.object({ requests: z.array(z.string()) }) })

/** States after which something was sent. */
const afterSending = ['verified', 'verifyFailed', 'indeterminate', 'partlyDone', 'settled']

function endRule(told: Told, { kind, body }: JournalRecord): string | undefined {
  const parsed = endedBody.safeParse(body)
  if (!parsed.success) return unreadable
  const { state } = parsed.data
  if ((kind !== 'ended') !== (kind === state)) return 'the record and the state that it names differ'
  if (told.ended !== undefined && !(told.ended === 'indeterminate' && told.settled)) return 'the proposal ended twice'
  if (kind !== 'ended' && told.sent.size > 0) return `it is said to be ${state} and had been sent`
  if (afterSending.includes(state) && told.sent.size === 0) return `it is said to be ${state} and nothing was sent`
  if (state === 'settled' && !told.settled) return 'it is said to be settled and no person did'
  if (state === 'verified' && told.terms?.steps.some((_step, index) => told.readBack.get(index)?.met !== 'met'))
    return 'it is said to be verified without a read-back that shows it'
  told.ended = state
  return undefined
}

/** The person behind a yes, or why it does not count. */
function yesTo(told: Told, { body }: JournalRecord): { readonly person: string } | string {
  const parsed = confirmedBody.safeParse(body)
  if (!parsed.success) return unreadable
  const { offerId, by, bytesDigest, proposalHash } = parsed.data
  const card = told.cards.get(offerId)
  if (!card || card.bytesDigest !== bytesDigest || proposalHash !== told.hash) return 'something else was countersigned than was shown'
  if (card.person !== by.objectId) return 'somebody else countersigned than the person to whom the card was shown'
  if (told.ended !== undefined) return 'it was countersigned after it had ended'
  return { person: by.objectId }
}

/** What the log must show: of an object that the step itself made, by the id under which the read-back showed it. */
function expectedOf({ terms, readBack }: Told, stepIndex: number): EchoExpectation | undefined {
  const step = terms?.steps[stepIndex]
  if (!step) return undefined
  const { modified, ...echo } = step.echo
  const answer = readBack.get(stepIndex)?.answer
  const targetId =
    echo.targetId !== '{created}' ? echo.targetId : answer === undefined ? undefined : createdId(step.readBack.expect, answer)
  if (targetId === undefined) return undefined
  const { oldValueContains, ...values } = modified ?? { name: '', newValueContains: '' }
  return {
    ...echo,
    targetId,
    ...(modified ? { modified: { ...values, ...(oldValueContains === undefined ? {} : { oldValueContains }) } } : {}),
  }
}
