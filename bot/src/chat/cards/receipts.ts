import type { ProposalState } from '@countersign/core/actions/gate.ts'
import { echoSentences } from '@countersign/core/actions/sentences.ts'
import type { Receipt } from '@countersign/core/api/proposals.ts'
import { cleanName } from '@countersign/core/text/clean-name.ts'
import type { ReceiptLine } from '../../engine/act/views.ts'
import { receiptName, stepMarks } from './offer-state.ts'
import { card, facts, heading, link, row, small, status, text, type Part } from './parts.ts'

const stateNames = {
  verified: 'Verified',
  verifyFailed: 'The read-back differs',
  failed: 'Failed',
  indeterminate: 'Not certain',
  partlyDone: 'Stopped half way',
  settled: 'Settled by a person',
} as const satisfies Partial<Record<ProposalState, string>>

export function receiptsCard(lines: readonly ReceiptLine[], tabUrl: string): Part {
  return card(
    `Latest receipts: ${lines.map(({ receiptNumber, title }) => `${receiptName(receiptNumber)} ${title}`).join('; ')}`,
    [
      heading('Latest receipts'),
      ...lines.map((line) =>
        row(`${receiptName(line.receiptNumber)} · ${stateName(line.state)}`, [
          line.title,
          `Asked for by ${cleanName(line.by)}. ${echoSentences[line.echo]}`,
        ]),
      ),
    ],
    [link('All receipts', `${tabUrl}/receipts`)],
  )
}

/** One receipt with the links of its custody chain. */
export function receiptCard(receipt: Receipt, tabUrl: string): Part {
  const number = receiptName(receipt.receiptNumber)
  return card(
    `Receipt ${number}: ${receipt.title}. ${receipt.sentence} ${receipt.echo.sentence}`,
    [
      heading(`${number} · ${receipt.title}`),
      status(stateName(receipt.state), receipt.state === 'verified' ? 'Good' : 'Attention'),
      text(receipt.sentence),
      facts([
        { title: 'Object', value: `${receipt.preview.subject.name} (${receipt.preview.subject.qualifier})` },
        { title: 'Object id', value: receipt.preview.subject.id },
        ...receipt.links.map((one) => ({
          title: linkNames[one.step],
          value: [one.sentence, one.who].filter((part) => part !== '').join(' · '),
        })),
      ]),
      ...(receipt.steps.length > 1
        ? [
            text('Steps'),
            facts(
              receipt.steps.map((step) => ({
                title: stepMarks[step.state],
                value: [step.about, step.echo?.sentence ?? ''].join(' · ').replace(/ · $/, ''),
              })),
            ),
          ]
        : []),
      small(
        receipt.chainVerified
          ? 'The journal’s chain was recomputed just now and holds.'
          : 'The journal’s chain does not hold. Tell whoever runs this service.',
      ),
      ...(receipt.state === 'partlyDone' ? [small(`For the rest, reply: resume ${number}`)] : []),
      ...(receipt.undo.possible ? [small(`To put it back, reply: undo ${number}`)] : []),
    ],
    [link(`Open receipt ${number}`, `${tabUrl}/receipts/${encodeURIComponent(receipt.proposalId)}`)],
  )
}

const linkNames = {
  proposed: 'Proposed',
  countersigned: 'Countersigned',
  carriedOut: 'Carried out',
  matched: 'Audit log',
  checkedAgain: 'Checked again',
} as const satisfies Record<Receipt['links'][number]['step'], string>

function stateName(state: ProposalState): string {
  const names: Partial<Record<ProposalState, string>> = stateNames
  return names[state] ?? 'Being carried out'
}
