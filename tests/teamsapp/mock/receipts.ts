import { stoppedReceipt } from '../sample-actions.ts'
import { trust } from '../sample-records.ts'
import { brokenReceipt, receipt, receiptFile, receipts, waitingReceipt } from '../sample-receipts.ts'
import { MockFile, type Answers } from './answer.ts'

/** Receipts, the journal for auditors, and the claims. */
export interface ReceiptsState {
  receipts: typeof receipts
  trust: typeof trust
}

export function freshReceipts(): ReceiptsState {
  return { receipts, trust }
}

export const receiptsAnswers: Answers<ReceiptsState> = {
  'list-receipts': ({ state }) => state.receipts,
  'get-receipt': ({ id }) => [waitingReceipt, brokenReceipt, stoppedReceipt].find(({ proposalId }) => proposalId === id) ?? receipt,
  'download-receipt': () => receiptFile,
  'export-journal': ({ search }) =>
    new MockFile(search.get('format') === 'csv' ? 'text/csv' : 'application/x-ndjson', `journal ?${search.toString()}`),
  'get-trust': ({ state }) => state.trust,
  'refresh-evidence': ({ state }) => state.trust,
}
