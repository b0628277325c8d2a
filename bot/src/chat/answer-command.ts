import { stateSentences } from '@countersign/core/actions/sentences.ts'
import { guardSentences } from '@countersign/core/actions/refusals.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { cleanName } from '@countersign/core/text/clean-name.ts'
import type { CommandId } from '../assistant/commands.ts'
import { findApplications, findPeople, type Found, type FoundApplication } from '../assistant/find-objects.ts'
import { openFindings, postureSummary } from '../assistant/posture.ts'
import { propose, type ProposalRequest } from '../engine/act/propose.ts'
import { waitingForSecond } from '../engine/act/second.ts'
import { receiptLines, receiptView, type ViewOptions } from '../engine/act/views.ts'
import { listProposals, proposalById } from '../store/proposals.ts'
import { readTx } from '../store/transaction.ts'
import { applicationName, applicationPicker, peoplePicker, secretPicker } from './cards/picker.ts'
import { findingCard, findingsCard, postureCard } from './cards/posture.ts'
import { receiptCard, receiptsCard } from './cards/receipts.ts'
import { helpCard } from './cards/welcome.ts'
import { locale, refusalText, say, type ChatDeps } from './chat-deps.ts'
import type { ChatTurn } from './channel.ts'
import { deliverOffer, waitingProposals } from './offer-cards.ts'

/** A command of a person who has been found to hold its capability. */
export interface Asked {
  readonly deps: ChatDeps
  readonly turn: ChatTurn
  readonly principal: Principal
  readonly argument: string
}

const shownAtMost = 5
const noScan = 'This tenant has not been scanned yet. Start the first scan in Countersign.'

/** Commands that show or propose something; the two that only talk need no role and are answered in turn.ts. */
export const answers = {
  async posture({ deps, turn, principal }) {
    const summary = await readTx(deps.act.store, principal, postureSummary)
    await say(deps, turn, summary ? { card: postureCard(summary, deps.tabUrl) } : { text: `${noScan} ${deps.tabUrl}` })
  },
  /** The argument is the place to begin at, which only the card's own button gives. */
  async findings({ deps, turn, principal, argument }) {
    const lines = await readTx(deps.act.store, principal, openFindings)
    if (!lines || lines.length === 0)
      return void (await say(deps, turn, { text: lines ? 'No finding is open.' : `${noScan} ${deps.tabUrl}` }))
    const from = Number(argument)
    await say(deps, turn, { card: findingsCard(lines, deps.tabUrl, from < lines.length ? from : 0) })
  },
  async finding({ deps, turn, principal, argument }) {
    const lines = (await readTx(deps.act.store, principal, openFindings)) ?? []
    const line = /^\d{1,3}$/.test(argument)
      ? lines[Number(argument) - 1]
      : lines.find(({ code }) => code.toLowerCase() === argument.toLowerCase())
    if (!line)
      return void (await say(deps, turn, {
        text: `There is no open finding “${cleanName(argument)}”. Write “findings” for the list.`,
        suggestions: ['findings'],
      }))
    await say(deps, turn, { card: findingCard(line, deps.tabUrl) })
  },
  async 'disable-user'({ deps, turn, principal, argument }) {
    const found = await searchAs(deps, turn, (reader) => findPeople(reader, argument))
    if (found.kind === 'one') return proposeAndOffer(deps, turn, principal, { actionId: 'disable-user', input: { userId: found.it.id } })
    if (found.kind === 'several') return void (await say(deps, turn, { card: peoplePicker(found.rows, found.more) }))
    await say(deps, turn, { text: searchProblem(found, 'person', argument) })
  },
  async 'remove-secret'({ deps, turn, principal, argument }) {
    const found = await searchAs(deps, turn, (reader) => findApplications(reader, argument))
    if (found.kind === 'one') return offerSecrets(deps, turn, principal, found.it)
    if (found.kind === 'several') return void (await say(deps, turn, { card: applicationPicker(found.rows, found.more) }))
    await say(deps, turn, { text: searchProblem(found, 'application', argument) })
  },
  async undo({ deps, turn, principal, argument }) {
    const proposalId = await proposalOfReceipt(deps, principal, argument)
    if (proposalId === undefined) return void (await say(deps, turn, { text: noReceipt(argument), suggestions: ['receipts'] }))
    await proposeAndOffer(deps, turn, principal, { undo: proposalId })
  },
  async receipts({ deps, turn, principal }) {
    const lines = await readTx(deps.act.store, principal, (tx) => receiptLines(tx, viewOptions(deps), shownAtMost))
    await say(
      deps,
      turn,
      lines.length === 0 ? { text: 'There is no receipt yet: nothing was carried out.' } : { card: receiptsCard(lines, deps.tabUrl) },
    )
  },
  async receipt({ deps, turn, principal, argument }) {
    const proposalId = await proposalOfReceipt(deps, principal, argument)
    const receipt =
      proposalId === undefined ? undefined : await readTx(deps.act.store, principal, (tx) => receiptView(tx, proposalId, viewOptions(deps)))
    await say(deps, turn, receipt ? { card: receiptCard(receipt, deps.tabUrl) } : { text: noReceipt(argument), suggestions: ['receipts'] })
  },
  async show({ deps, turn, principal }) {
    const own = await waitingProposals(deps, principal, ['proposed', 'offered'])
    const waiting = [...own, ...(await waitingForSecond(deps.act, principal, principal.roles))]
    if (waiting.length === 0) return void (await say(deps, turn, { text: 'Nothing waits for your countersignature.' }))
    for (const id of waiting) await offerHere(deps, turn, id)
  },
} as const satisfies Readonly<Record<Exclude<CommandId, 'help' | 'cancel'>, (asked: Asked) => Promise<void>>>

/** For everybody: names no data of the tenant. */
export async function sayHelp(deps: ChatDeps, turn: ChatTurn): Promise<void> {
  await say(deps, turn, { card: helpCard(deps.tabUrl) })
}

/** The one way from chat to a proposal; what comes of it is a card, never a change. */
export async function proposeAndOffer(deps: ChatDeps, turn: ChatTurn, principal: Principal, request: ProposalRequest): Promise<void> {
  await turn.showTyping()
  const answer = await propose(deps.act, principal, request)
  if (answer.kind === 'refused') return void (await say(deps, turn, { text: refusalText(answer) }))
  await offerHere(deps, turn, answer.proposal.id)
}

/** Shows the waiting proposal's card in this chat, or says what has become of it. */
export async function offerHere(deps: ChatDeps, turn: ChatTurn, proposalId: string): Promise<void> {
  const person = { tenantId: turn.tenantId, objectId: turn.person.objectId }
  const delivered = await deliverOffer(deps, person, proposalId, {
    conversationId: turn.conversationId,
    channelPersonId: turn.person.channelId,
    send: (card) => turn.reply({ card }),
  })
  if (delivered.kind !== 'refused') return
  const proposal = await readTx(deps.act.store, person, (tx) => proposalById(tx, proposalId))
  const text =
    delivered.guard === 'state' || delivered.guard === 'unknown'
      ? stateSentences[proposal?.state ?? 'expired']
      : delivered.guard === 'unreadable'
        ? 'The object cannot be read now, and I ask nobody for a second yes without looking again. Try “show” later.'
        : guardSentences[delivered.guard]
  await say(deps, turn, { text })
}

/** The application's expired secrets: one leads to its proposal, several to a choice. */
export async function offerSecrets(deps: ChatDeps, turn: ChatTurn, principal: Principal, application: FoundApplication): Promise<void> {
  const now = deps.act.now()
  const expired = application.passwordCredentials.filter(({ endDateTime }) => endDateTime != null && Date.parse(endDateTime) < now)
  const [only, ...others] = expired
  if (!only)
    return void (await say(deps, turn, {
      text: `${applicationName(application)} (${application.appId}) keeps no expired secret. A secret that still works is never removed here.`,
    }))
  if (others.length === 0)
    return proposeAndOffer(deps, turn, principal, {
      actionId: 'remove-app-secret',
      input: { applicationId: application.id, keyId: only.keyId },
    })
  await say(deps, turn, { card: secretPicker(application, expired.slice(0, shownAtMost), expired.length > shownAtMost) })
}

type Searching = Parameters<typeof findPeople>[0]

/** Searches the directory as the Aid. */
export async function searchAs<T>(deps: ChatDeps, turn: ChatTurn, search: (reader: Searching) => Promise<Found<T>>): Promise<Found<T>> {
  await turn.showTyping()
  const aid = await deps.act.aid(turn.tenantId)
  if (aid.kind !== 'aid') return { kind: 'signInLost', why: aid.kind === 'notConnected' ? 'It is not connected.' : aid.why }
  return search(aid.reader)
}

function searchProblem(
  found: Exclude<Found<unknown>, { kind: 'one' | 'several' }>,
  what: 'person' | 'application',
  argument: string,
): string {
  switch (found.kind) {
    case 'none':
      return `I found no ${what} “${cleanName(argument)}”. ${what === 'person' ? 'Write the user principal name, the object id, or the beginning of the display name.' : 'Write the application id, the object id, or the beginning of the name.'}`
    case 'unreadable':
      return `Microsoft Graph did not let the Aid search (${cleanName(found.code)}). Nothing was proposed.`
    case 'signInLost':
      return `The Aid could not sign in. ${found.why} Nothing was proposed.`
  }
}

async function proposalOfReceipt(deps: ChatDeps, principal: Principal, argument: string): Promise<string | undefined> {
  const digits = /^(?:r[- ]?)?0*(\d{1,9})$/i.exec(argument)?.[1]
  if (digits === undefined) return undefined
  const proposals = await readTx(deps.act.store, principal, (tx) => listProposals(tx, { withReceipt: true }))
  return proposals.find(({ receiptNumber }) => receiptNumber === Number(digits))?.id
}

function noReceipt(argument: string): string {
  return `There is no receipt “${cleanName(argument)}”. Receipts have numbers like R-0001; write “receipts” for the latest.`
}

function viewOptions(deps: ChatDeps): ViewOptions {
  return { locale, chatUrl: deps.chatUrl, auditLogUrl: deps.auditLogUrl, now: deps.act.now() }
}
