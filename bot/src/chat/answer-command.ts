import type { Principal } from '@countersign/core/principal.ts'
import { cleanName } from '@countersign/core/text/clean-name.ts'
import type { TalkId } from '../assistant/commands/talk.ts'
import { openFindings, postureSummary } from '../assistant/posture.ts'
import { actionViews } from '../engine/act/action-views.ts'
import { receiptLines, receiptView, type ViewOptions } from '../engine/act/views.ts'
import { listProposals } from '../store/proposals.ts'
import { readTx } from '../store/transaction.ts'
import { alertAnswers } from './answer-alerts.ts'
import { showWaiting } from './answer-show.ts'
import { actionsCard } from './cards/actions.ts'
import { findingCard, findingsCard, postureCard } from './cards/posture.ts'
import { receiptCard, receiptsCard } from './cards/receipts.ts'
import { helpCard } from './cards/welcome.ts'
import { locale, say, type ChatDeps } from './chat-deps.ts'
import type { ChatTurn } from './channel.ts'
import { proposeAndOffer } from './propose-and-offer.ts'

/** A command of a person who has been found to hold its capability. */
export interface Asked {
  readonly deps: ChatDeps
  readonly turn: ChatTurn
  readonly principal: Principal
  readonly argument: string
}

const shownAtMost = 5
const noScan = 'This tenant has not been scanned yet. Start the first scan in Countersign.'

/** Commands that show something, or lead on from what exists; the two that only talk need no role and are answered in turn.ts. */
export const answers = {
  async posture({ deps, turn, principal }) {
    const summary = await readTx(deps.act.store, principal, postureSummary)
    await say(turn, summary ? { card: postureCard(summary, deps.tabUrl) } : { text: `${noScan} ${deps.tabUrl}` })
  },
  /** The argument is the place to begin at, which only the card's own button gives. */
  async findings({ deps, turn, principal, argument }) {
    const lines = await readTx(deps.act.store, principal, openFindings)
    if (!lines || lines.length === 0) return void (await say(turn, { text: lines ? 'No finding is open.' : `${noScan} ${deps.tabUrl}` }))
    const from = Number(argument)
    await say(turn, { card: findingsCard(lines, deps.tabUrl, from < lines.length ? from : 0) })
  },
  async finding({ deps, turn, principal, argument }) {
    const lines = (await readTx(deps.act.store, principal, openFindings)) ?? []
    const line = /^\d{1,3}$/.test(argument)
      ? lines[Number(argument) - 1]
      : lines.find(({ code }) => code.toLowerCase() === argument.toLowerCase())
    if (!line)
      return void (await say(turn, {
        text: `There is no open finding “${cleanName(argument)}”. Write “findings” for the list.`,
        suggestions: ['findings'],
      }))
    await say(turn, { card: findingCard(line, deps.tabUrl) })
  },
  async undo({ deps, turn, principal, argument }) {
    const proposalId = await proposalOfReceipt(deps, principal, argument)
    if (proposalId === undefined) return void (await say(turn, { text: noReceipt(argument), suggestions: ['receipts'] }))
    await proposeAndOffer(deps, turn, principal, { undo: proposalId })
  },
  async resume({ deps, turn, principal, argument }) {
    const proposalId = await proposalOfReceipt(deps, principal, argument)
    if (proposalId === undefined) return void (await say(turn, { text: noReceipt(argument), suggestions: ['receipts'] }))
    await proposeAndOffer(deps, turn, principal, { resume: proposalId })
  },
  async actions({ deps, turn, principal }) {
    const views = await readTx(deps.act.store, principal, (tx) => actionViews(tx, locale))
    await say(turn, { card: actionsCard(views, deps.tabUrl) })
  },
  async receipts({ deps, turn, principal }) {
    const lines = await readTx(deps.act.store, principal, (tx) => receiptLines(tx, viewOptions(deps), shownAtMost))
    await say(
      turn,
      lines.length === 0 ? { text: 'There is no receipt yet: nothing was carried out.' } : { card: receiptsCard(lines, deps.tabUrl) },
    )
  },
  async receipt({ deps, turn, principal, argument }) {
    const proposalId = await proposalOfReceipt(deps, principal, argument)
    const receipt =
      proposalId === undefined ? undefined : await readTx(deps.act.store, principal, (tx) => receiptView(tx, proposalId, viewOptions(deps)))
    await say(turn, receipt ? { card: receiptCard(receipt, deps.tabUrl) } : { text: noReceipt(argument), suggestions: ['receipts'] })
  },
  show: showWaiting,
  ...alertAnswers,
} as const satisfies Readonly<Record<Exclude<TalkId, 'help' | 'cancel'>, (asked: Asked) => Promise<void>>>

/** For everybody: names no data of the tenant. */
export async function sayHelp(deps: ChatDeps, turn: ChatTurn): Promise<void> {
  await say(turn, { card: helpCard(deps.tabUrl) })
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
