import type { Severity } from '@countersign/core/posture/check.ts'
import { receiptName } from './offer-state.ts'
import { severityNames } from './severity-names.ts'
import { card, heading, link, small, text, type Part } from './parts.ts'

/** A finding for a conversation with others: what the check is about, no object and no count of the tenant. */
export function sharedFindingCard(
  {
    checkId,
    code,
    severity,
    title,
  }: { readonly checkId: string; readonly code: string; readonly severity: Severity; readonly title: string },
  tabUrl: string,
): Part {
  return card(
    `${code}: ${title}`,
    [heading(title), small(`${severityNames[severity]} · ${code}`), text('What it is about here is shown to those who may see findings.')],
    [link('Open the finding', `${tabUrl}/findings/${encodeURIComponent(checkId)}`)],
  )
}

/** A receipt for a conversation with others: its number, and where it can be read by those who may. */
export function sharedReceiptCard(
  { proposalId, receiptNumber }: { readonly proposalId: string; readonly receiptNumber: number },
  tabUrl: string,
): Part {
  const number = receiptName(receiptNumber)
  return card(
    `Receipt ${number}`,
    [
      heading(`Receipt ${number}`),
      text('What was changed, who countersigned it and what the audit log says is shown to those who may see receipts.'),
    ],
    [link(`Open receipt ${number}`, `${tabUrl}/receipts/${encodeURIComponent(proposalId)}`)],
  )
}
