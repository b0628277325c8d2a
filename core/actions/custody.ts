import type { Receipt } from '../api/proposals.ts'
import { renderMessage } from '../text/message.ts'
import { cleanName } from '../text/clean-name.ts'
import type { FindingState } from '../posture/finding.ts'
import { stepsCarriedOut, stepsMatched } from './custody-steps.ts'
import { echoSentence, type AuditRow, type EchoReason, type EchoState } from './echo.ts'
import type { JournalRecord, RecordKind } from './journal.ts'
import type { Proposal } from './proposal.ts'
import { answeredBody, confirmedBody, proposedBody, readBackBody, sendingBody } from './record-bodies.ts'
import { endReasons, stateSentences } from './sentences.ts'

/** Everything that a receipt is made of. Pure: the same records give the same receipt. */
export interface CustodyInput {
  readonly proposal: Proposal
  /** The subject's journal records, oldest first. */
  readonly records: readonly JournalRecord[]
  readonly aidName: string
  readonly echo:
    | {
        readonly state: EchoState
        readonly reason: EchoReason | null
        readonly row: AuditRow | null
        readonly expectedBy: string
        readonly sentAt: string
      }
    | undefined
  /** Of a plan of several steps, the search for each step's row. */
  readonly echoes: readonly { readonly stepIndex: number; readonly state: EchoState }[]
  readonly findings: readonly { readonly state: FindingState; readonly changedAt: string }[]
  readonly locale: string
}

type Link = Receipt['links'][number]

/** The links of custody: proposed, countersigned (by one or by two), carried out, matched, checked again. */
export function custodyLinks(input: CustodyInput): Link[] {
  return [proposedLink(input), ...countersignedLinks(input), carriedOutLink(input), matchedLink(input), checkedAgainLink(input)]
}

export function receiptSentence({ proposal }: Pick<CustodyInput, 'proposal'>): string {
  const why = proposal.endReason === null ? undefined : endReasons[proposal.endReason]
  return why === undefined ? stateSentences[proposal.state] : `${stateSentences[proposal.state]} ${why}`
}

function recordOf({ records }: CustodyInput, kind: RecordKind): JournalRecord | undefined {
  return records.findLast((record) => record.kind === kind)
}

function shortHash(record: JournalRecord | undefined): string {
  return record?.hash.slice(0, 8) ?? ''
}

function waiting(step: Link['step'], sentence: string): Link {
  return { step, state: 'waiting', who: '', as: '', at: null, hash: '', sentence, request: null }
}

function proposedLink(input: CustodyInput): Link {
  const record = recordOf(input, 'proposed')
  const body = proposedBody.safeParse(record?.body)
  if (!record || !body.success) return { ...waiting('proposed', 'The record of the proposal is missing.'), state: 'broken' }
  const door = {
    tab: 'in the tab',
    web: 'in the browser',
    chat: 'in chat',
    cli: 'on the command line',
    mcp: 'over MCP',
    view: '',
    job: '',
  }[input.proposal.door]
  return {
    step: 'proposed',
    state: 'done',
    who: cleanName(body.data.by.name),
    as: door,
    at: record.at,
    hash: shortHash(record),
    sentence: 'The exact request was planned and sealed. Nothing had changed yet.',
    request: null,
  }
}

/** One link for each person who must say yes. */
function countersignedLinks(input: CustodyInput): Link[] {
  if (input.proposal.approvals === 1) return [confirmedLink(input, 'confirmed', '', 'Waiting for the person who asked.')]
  return [
    confirmedLink(input, 'confirmedFirst', 'first of two, ', 'Waiting for the person who asked.'),
    confirmedLink(input, 'confirmed', 'second of two, ', 'Waiting for a second person.'),
  ]
}

function confirmedLink(input: CustodyInput, kind: 'confirmedFirst' | 'confirmed', order: string, otherwise: string): Link {
  const record = recordOf(input, kind)
  const body = confirmedBody.safeParse(record?.body)
  if (!record || !body.success) return waiting('countersigned', otherwise)
  const sentence = renderMessage(
    'Said “{words}” to the card that showed this request.',
    { words: cleanName(body.data.words) },
    input.locale,
  )
  return {
    step: 'countersigned',
    state: 'done',
    who: cleanName(body.data.by.name),
    as: `${order}${body.data.how === 'button' ? 'button in the 1:1 chat' : 'typed in the 1:1 chat'}`,
    at: record.at,
    hash: shortHash(record),
    sentence,
    request: null,
  }
}

function carriedOutLink(input: CustodyInput): Link {
  const sending = recordOf(input, 'sending')
  const sent = sendingBody.safeParse(sending?.body)
  if (!sending || !sent.success) return waiting('carriedOut', 'Not sent yet.')
  const answered = recordOf(input, 'answered')
  const outcome = answeredBody.safeParse(answered?.body)
  const readBack = readBackBody.safeParse(recordOf(input, 'readBack')?.body)
  const status = outcome.success ? (outcome.data.outcome.status ?? outcome.data.outcome.kind) : '…'
  const request = `${sent.data.request.method} /v1.0${sent.data.request.path} → ${status}`
  const base = {
    step: 'carriedOut' as const,
    who: cleanName(input.aidName),
    as: 'the Aid, an Entra user of this tenant',
    at: sending.at,
    hash: shortHash(sending),
    request,
  }
  if (input.proposal.steps.length > 1)
    return { ...base, ...stepsCarriedOut(input.proposal, input.records, receiptSentence(input), input.locale) }
  if (!outcome.success || !readBack.success)
    return { ...base, state: 'waiting', sentence: 'Sent. Waiting for the answer and the read-back.' }
  if (readBack.data.met === 'met') return { ...base, state: 'done', sentence: 'Read back from Graph: the object now is as asked.' }
  return { ...base, state: 'broken', sentence: receiptSentence(input) }
}

function matchedLink({ echo, echoes, records, locale }: CustodyInput): Link {
  if (!echo) return waiting('matched', 'Nothing to look for yet.')
  const record = records.findLast(({ kind }) => kind === 'echo')
  const states = { pending: 'waiting', found: 'done', ambiguous: 'broken', notFound: 'broken', notReadable: 'notNeeded' } as const
  return {
    step: 'matched',
    ...(echoes.length > 1 ? stepsMatched(echoes, locale) : { state: states[echo.state], sentence: echoSentence(echo.state, echo.reason) }),
    who: 'Entra audit log',
    as: '',
    at: echo.row?.activityDateTime ?? null,
    hash: shortHash(record),
    request: null,
  }
}

function checkedAgainLink({ proposal, findings }: CustodyInput): Link {
  if (proposal.findingKeys.length === 0)
    return { ...waiting('checkedAgain', 'This did not come from a finding, so no check waits for it.'), state: 'notNeeded' }
  if (findings.length > 0 && findings.every(({ state }) => state === 'closed')) {
    const at =
      findings
        .map(({ changedAt }) => changedAt)
        .sort()
        .at(-1) ?? null
    return {
      step: 'checkedAgain',
      state: 'done',
      who: 'Countersign',
      as: 'next scan',
      at,
      hash: '',
      sentence: 'The next scan read the tenant again: the finding is closed.',
      request: null,
    }
  }
  if (findings.some(({ state }) => state === 'returned'))
    return {
      step: 'checkedAgain',
      state: 'broken',
      who: 'Countersign',
      as: 'next scan',
      at: null,
      hash: '',
      sentence: 'The next scan found it again.',
      request: null,
    }
  return waiting('checkedAgain', 'The next scan will look again.')
}
