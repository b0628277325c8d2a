import { downloadReceipt, getReceipt, listReceipts, type Receipt } from '@countersign/core/api/proposals.ts'
import { genesisHash, recordHash } from '@countersign/core/actions/journal.ts'
import { proposalIds } from './sample-posture.ts'
import { proposal } from './sample-records.ts'

function link(step: string, who: string, as: string, at: string, hash: string, sentence: string, request: string | null = null): unknown {
  return { step, state: 'done', who, as, at, hash, sentence, request }
}

export const receipt: Receipt = getReceipt.answer.parse({
  proposalId: proposalIds.done,
  receiptNumber: 42,
  title: 'Removed guest owner from Payroll Sync',
  state: 'verified',
  sentence: 'Done, checked in the tenant and found in its audit log.',
  at: '2026-11-20T14:06:43.000Z',
  links: [
    link(
      'proposed',
      'Maja Lindqvist',
      'from finding APP-14, in the tab',
      '2026-11-20T14:02:11.000Z',
      '9f2c41d8',
      'Remove guest owner Tomás Ruiz from Payroll Sync. Nothing else changes.',
    ),
    link(
      'countersigned',
      'Maja Lindqvist',
      'Administrator, in the chat',
      '2026-11-20T14:06:40.000Z',
      'c07ae5b1',
      'Pressed “Countersign” on the card that showed exactly this request.',
    ),
    link(
      'carriedOut',
      'Countersign Aid',
      'the Aid’s own Entra user',
      '2026-11-20T14:06:43.000Z',
      '1be37790',
      'Graph answered 204. Read back: the owner is gone.',
      'DELETE /v1.0/applications/7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af/owners/b2d41f77-3a2b-4c1d-9e8f-7a6b5c4d77e0/$ref → 204',
    ),
    link('matched', 'Entra audit log', 'read 94 s after the change', '2026-11-20T14:08:17.000Z', '62d0fa0c', '7 of 7 fields are the same.'),
    link(
      'checkedAgain',
      'Countersign scan',
      'check APP-14',
      '2026-11-20T14:11:02.000Z',
      'e85f03a6',
      'The check passes now. Score 68 → 72.',
    ),
  ],
  echo: {
    state: 'found',
    sentence: 'Written by Microsoft, not by us. We only read it back and compare.',
    expectedBy: null,
    fields: [
      { field: 'Activity', value: 'Remove owner from application', same: true, compared: 'Same as step 3' },
      { field: 'Result', value: 'success', same: true, compared: 'Same as step 3' },
      { field: 'Time', value: '2026-11-20 14:06:43 UTC', same: true, compared: '0 s apart' },
      { field: 'Started by', value: 'countersign.aid@fabrikamnordic.example', same: true, compared: 'Same as step 3' },
      { field: 'Target', value: 'Payroll Sync (7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af)', same: true, compared: 'Same as step 3' },
      { field: 'Removed', value: 'Tomás Ruiz (b2d41f77…77e0)', same: true, compared: 'Same as step 1' },
      { field: 'Row', value: 'Directory_5a0d22e1-7f6b-4e0e-9a4c-1d02c4b7f3aa', same: true, compared: 'Kept in step 4' },
    ],
    rowId: 'Directory_5a0d22e1-7f6b-4e0e-9a4c-1d02c4b7f3aa',
    portalUrl: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuditLogList.ReactView',
  },
  preview: { ...proposal.preview, warnings: [] },
  undo: { possible: true, until: '2026-12-20T14:06:43.000Z', because: null },
  findingKeys: proposal.findingKeys,
  steps: proposal.steps.map((step) => ({
    ...step,
    state: 'done',
    sentence: 'Carried out and read back.',
    echo: { state: 'found', sentence: 'Found in the tenant’s own audit log.', rowId: 'Directory_5a0d22e1-7f6b-4e0e-9a4c-1d02c4b7f3aa' },
  })),
  chainVerified: true,
})

/** The same change while the audit row is still on its way. */
export const waitingReceipt: Receipt = getReceipt.answer.parse({
  ...receipt,
  proposalId: proposalIds.waiting,
  receiptNumber: 41,
  title: 'Removed Mail.Read from Survey Bot',
  links: receipt.links.map((step) =>
    step.step === 'matched' || step.step === 'checkedAgain'
      ? {
          ...step,
          state: 'waiting',
          at: null,
          hash: '',
          who: '',
          as: '',
          sentence: step.step === 'matched' ? 'Microsoft usually writes the row within 15 minutes.' : 'The next scan looks again.',
        }
      : step,
  ),
  echo: {
    ...receipt.echo,
    state: 'pending',
    sentence: 'Not there yet. We look again every few minutes, for 24 hours.',
    expectedBy: '2026-11-22T09:00:00.000Z',
    fields: [],
    rowId: null,
    portalUrl: null,
  },
})

/** A chain whose second seal no longer fits: the line stops there. */
export const brokenReceipt: Receipt = getReceipt.answer.parse({
  ...receipt,
  proposalId: proposalIds.old,
  receiptNumber: 39,
  chainVerified: false,
  links: receipt.links.map((step, index) =>
    index === 1
      ? { ...step, state: 'broken', sentence: 'The seal of step 2 does not fit: the record was changed after it was written.' }
      : index > 1
        ? { ...step, state: 'notNeeded', hash: '' }
        : step,
  ),
  echo: {
    ...receipt.echo,
    fields: receipt.echo.fields.map((field, index) =>
      index === 1 ? { ...field, value: 'failure', same: false, compared: 'step 3 says success' } : field,
    ),
  },
})

export const receipts = listReceipts.answer.parse({
  receipts: [receipt, waitingReceipt, brokenReceipt].map((one, index) => ({
    proposalId: one.proposalId,
    receiptNumber: one.receiptNumber,
    title: one.title,
    by: index === 1 ? 'Jonas Berg' : 'Maja Lindqvist',
    at: one.at,
    state: one.state,
    echo: one.echo.state,
  })),
})

const record = {
  seq: 1,
  at: '2026-11-20T14:02:11.000Z',
  kind: 'proposed' as const,
  subjectId: proposalIds.done,
  body: { proposal: 'made up' },
  prevHash: genesisHash,
}
export const receiptFile = downloadReceipt.answer.parse({
  format: 'countersign-receipt/1',
  tenantId: '11111111-1111-4111-8111-111111111111',
  proposalId: proposalIds.done,
  receiptNumber: 42,
  records: [{ ...record, hash: recordHash(record) }],
  head: {
    seq: 1,
    hash: recordHash(record),
    signedAt: '2026-11-20T14:12:00.000Z',
    signature: 'bWFkZSB1cA',
    publicKey: '-----BEGIN PUBLIC KEY-----\nbWFkZSB1cA==\n-----END PUBLIC KEY-----\n',
  },
})
