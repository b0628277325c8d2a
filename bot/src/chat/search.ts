import { checkOf } from '@countersign/core/posture/checks.ts'
import { openFindings, type FindingLine } from '../assistant/posture.ts'
import { receiptLines, type ReceiptLine } from '../engine/act/views.ts'
import { readTx } from '../store/transaction.ts'
import { receiptName } from './cards/offer-state.ts'
import { severityNames } from './cards/severity-names.ts'
import { sharedFindingCard, sharedReceiptCard } from './cards/shared.ts'
import type { ChatAct, ChatTurn, SearchResult, TurnAnswer } from './channel.ts'
import { admit, locale, type ChatDeps } from './chat-deps.ts'
type Search = Extract<ChatAct, { readonly kind: 'search' }>

const receiptsSearched = 200

/**
 * The search box of Teams' message extension: open findings by code or words, receipts by number or words. The list is for the person who
 * searches; a card that is picked goes into a conversation with others, so it names the check or the receipt and nothing of the tenant.
 */
export async function answerSearch(deps: ChatDeps, turn: ChatTurn, { words, from, most }: Search): Promise<TurnAnswer> {
  const asking = await admit(deps, turn, 'viewFindings')
  if (asking.kind === 'mayNot') return { kind: 'note', text: asking.text }
  const maySeeReceipts = (await admit(deps, turn, 'viewReceipts')).kind === 'may'
  const { findings, receipts } = await readTx(deps.act.store, asking.principal, async (tx) => ({
    findings: (await openFindings(tx)) ?? [],
    receipts: maySeeReceipts
      ? await receiptLines(tx, { locale, chatUrl: deps.chatUrl, auditLogUrl: deps.auditLogUrl, now: deps.act.now() }, receiptsSearched)
      : [],
  }))
  const sought = words.toLowerCase().split(/\s+/).filter(Boolean)
  const found = [
    ...findings.map((line) => ({ result: findingResult(line, deps.tabUrl), text: `${line.code} ${line.title} ${line.why}` })),
    ...receipts.map((line) => ({ result: receiptResult(line, deps.tabUrl), text: `${receiptName(line.receiptNumber)} ${line.title}` })),
  ].filter(({ text }) => sought.every((word) => text.toLowerCase().includes(word)))
  if (found.length === 0)
    return {
      kind: 'note',
      text: words.trim() === '' ? 'Nothing is open and there is no receipt yet.' : `Nothing fits “${words.trim().slice(0, 80)}”.`,
    }
  return { kind: 'results', results: found.slice(from, from + most).map(({ result }) => result) }
}

function findingResult(line: FindingLine, tabUrl: string): SearchResult {
  const check = checkOf(line.checkId)
  return {
    title: `${line.code} ${line.title}`,
    text: `${severityNames[line.severity]}, open`,
    card: sharedFindingCard({ checkId: line.checkId, code: line.code, severity: line.severity, title: check?.title ?? line.code }, tabUrl),
  }
}

function receiptResult(line: ReceiptLine, tabUrl: string): SearchResult {
  return {
    title: `${receiptName(line.receiptNumber)} ${line.title}`,
    text: 'Receipt',
    card: sharedReceiptCard({ proposalId: line.proposalId, receiptNumber: line.receiptNumber }, tabUrl),
  }
}
