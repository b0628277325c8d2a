import { findAction } from '@countersign/core/actions/catalogue.ts'
import { custodyLinks, receiptSentence, type CustodyInput } from '@countersign/core/actions/custody.ts'
import { echoFields } from '@countersign/core/actions/echo-fields.ts'
import { firstBrokenRecord } from '@countersign/core/actions/journal.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import { proposedBody } from '@countersign/core/actions/record-bodies.ts'
import { echoSentence } from '@countersign/core/actions/echo.ts'
import type { ProposalView, Receipt } from '@countersign/core/api/proposals.ts'
import { dayMs } from '@countersign/core/day.ts'
import { echoesOf, listEchoes } from '../../store/echoes.ts'
import { findingByKey } from '../../store/findings.ts'
import { chain, recordsFor } from '../../store/journal.ts'
import { listOffers } from '../../store/offers.ts'
import { listProposals, proposalById } from '../../store/proposals.ts'
import { stepsOf } from '../../store/steps.ts'
import type { ReadTx } from '../../store/transaction.ts'
import { iso } from './deps.ts'
import { previewOf } from './offer.ts'
import { stepsDone } from './pre-state.ts'
import { countersigners, receiptSteps, stepViews } from './step-views.ts'

export interface ViewOptions {
  readonly locale: string
  readonly chatUrl: string
  /** Address of the tenant's audit log in the Entra admin centre. */
  readonly auditLogUrl: string
  readonly now: number
}

/** A proposal as tab and command line show it. */
export async function proposalView(tx: ReadTx, proposal: Proposal, { locale, chatUrl, now }: ViewOptions): Promise<ProposalView> {
  const records = await recordsFor(tx, proposal.id)
  const proposed = records.find(({ kind }) => kind === 'proposed')
  const body = proposedBody.safeParse(proposed?.body)
  const live = (await listOffers(tx, { proposalId: proposal.id, state: 'live' })).some(({ expiresAt }) => Date.parse(expiresAt) > now)
  return {
    id: proposal.id,
    state: proposal.state,
    sentence: receiptSentence({ proposal }),
    actionId: proposal.actionId,
    preview: await previewOf(tx, proposal, locale),
    requestedBy: { objectId: proposal.requestedBy, name: body.success ? body.data.by.name : proposal.requestedBy },
    createdAt: proposal.createdAt,
    receiptNumber: proposal.receiptNumber,
    findingKeys: [...proposal.findingKeys],
    chatUrl,
    offered: live,
    countersignedBy: countersigners(records),
    steps: stepViews(proposal, await stepsOf(tx, proposal.id)),
    undoes: proposal.undoes,
    resumes: proposal.resumes,
    mayResume: proposal.state === 'partlyDone' && !(await isResumed(tx, proposal.id)),
  }
}

/** Whether the rest is carried out, or waits to be, by another proposal already. */
async function isResumed(tx: ReadTx, proposalId: string): Promise<boolean> {
  const states = ['proposed', 'offered', 'awaitingSecond', 'confirmed', 'executing', 'executed', 'verified'] as const
  return (await listProposals(tx, { states })).some(({ resumes }) => resumes === proposalId)
}

/** A receipt with its custody chain; undefined when nothing of it was ever sent. */
export async function receiptView(tx: ReadTx, proposalId: string, options: ViewOptions): Promise<Receipt | undefined> {
  const proposal = await proposalById(tx, proposalId)
  if (!proposal || proposal.receiptNumber === null) return undefined
  const records = await recordsFor(tx, proposalId)
  const echoes = await echoesOf(tx, proposalId)
  const [echo] = echoes
  const findings = (await Promise.all(proposal.findingKeys.map((key) => findingByKey(tx, key)))).flatMap((finding) =>
    finding ? [{ state: finding.state, changedAt: finding.changedAt }] : [],
  )
  const preview = await previewOf(tx, proposal, options.locale)
  const custody: CustodyInput = { proposal, records, aidName: preview.actor, echo, echoes, findings, locale: options.locale }
  const state = echo?.state ?? 'pending'
  return {
    proposalId,
    receiptNumber: proposal.receiptNumber,
    title: preview.title,
    state: proposal.state,
    sentence: receiptSentence(custody),
    at: records.findLast(({ kind }) => kind === 'sending')?.at ?? proposal.createdAt,
    links: custodyLinks(custody),
    echo: {
      state,
      sentence: echoSentence(state, echo?.reason ?? null),
      expectedBy: state === 'pending' ? (echo?.expectedBy ?? null) : null,
      fields: echoFields(custody),
      rowId: echo?.row?.id ?? null,
      portalUrl: options.auditLogUrl,
    },
    preview,
    undo: await undoView(tx, proposal, options.now),
    findingKeys: [...proposal.findingKeys],
    steps: receiptSteps(proposal, await stepsOf(tx, proposalId), echoes),
    chainVerified: await chainHolds(tx),
  }
}

async function undoView(tx: ReadTx, proposal: Proposal, now: number): Promise<Receipt['undo']> {
  const undo = findAction(proposal.actionId)?.undo
  if (!undo?.possible) return { possible: false, until: null, because: undo ? undo.because : 'This action is no longer in the catalogue.' }
  if (proposal.undoes !== null) return { possible: false, until: null, because: 'This is itself an undo.' }
  const until = Date.parse(proposal.createdAt) + undo.days * dayMs
  if (proposal.state !== 'verified' && (proposal.state !== 'partlyDone' || (await stepsDone(tx, proposal)).length === 0))
    return { possible: false, until: null, because: 'Only a change that was carried out and checked can be undone.' }
  if ((await listProposals(tx, { states: ['verified'] })).some(({ undoes }) => undoes === proposal.id))
    return { possible: false, until: null, because: 'This change was already undone.' }
  if (now > until) return { possible: false, until: iso(until), because: 'The time for undoing it has passed.' }
  return { possible: true, until: iso(until), because: null }
}

async function chainHolds(tx: ReadTx): Promise<boolean> {
  const records = await chain(tx)
  const head = records.at(-1)
  return head !== undefined && firstBrokenRecord(records, head, 1) === undefined
}

export interface ReceiptLine {
  readonly proposalId: string
  readonly receiptNumber: number
  readonly title: string
  readonly by: string
  readonly at: string
  readonly state: Proposal['state']
  readonly echo: Receipt['echo']['state']
}

/** Receipts, newest first. */
export async function receiptLines(tx: ReadTx, { locale, now, ...rest }: ViewOptions, limit?: number): Promise<ReceiptLine[]> {
  const proposals = await listProposals(tx, { withReceipt: true, ...(limit === undefined ? {} : { limit }) })
  const echoes = new Map((await listEchoes(tx)).map((echo) => [echo.proposalId, echo.state]))
  const lines: ReceiptLine[] = []
  for (const proposal of proposals) {
    if (proposal.receiptNumber === null) continue
    const view = await proposalView(tx, proposal, { locale, now, ...rest })
    lines.push({
      proposalId: proposal.id,
      receiptNumber: proposal.receiptNumber,
      title: view.preview.title,
      by: view.requestedBy.name,
      at: proposal.createdAt,
      state: proposal.state,
      echo: echoes.get(proposal.id) ?? 'pending',
    })
  }
  return lines
}
