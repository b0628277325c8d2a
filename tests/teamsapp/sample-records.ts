import { digest } from '@countersign/core/digest.ts'
import { clientSettingsSchema, meSchema, type Me } from '@countersign/core/api/me.ts'
import { downloadReceipt, getProposal, getReceipt, listReceipts, type ProposalView, type Receipt } from '@countersign/core/api/proposals.ts'
import { getTrust, type Trust } from '@countersign/core/api/trust.ts'
import { genesisHash, recordHash } from '@countersign/core/actions/journal.ts'
import { proposalIds } from './sample-posture.ts'

/** Made-up people, proposals, receipts and claims; parsed by the contract. */
export const chatUrl = 'https://teams.microsoft.com/l/chat/0/0?users=28:44444444-4444-4444-8444-444444444444'

export const me: Me = meSchema.parse({
  displayName: 'Maja Lindqvist',
  objectId: '2f0d6c1a-9b8e-4d7c-8a6b-5c4d3e2f1a0b',
  roles: ['owner'],
  tenant: { displayName: 'Fabrikam Nordic', domain: 'fabrikamnordic.example' },
  may: { scan: true, propose: true, manageAid: true, viewFindings: true, viewReceipts: true, viewTrust: true, export: true },
  act: 'on',
  aid: { state: 'connected', userPrincipalName: 'countersign.aid@fabrikamnordic.example', detail: null },
  chatUrl,
  csrfToken: 'csrf-for-the-mock',
})

export const clientSettings = clientSettingsSchema.parse({
  readAppId: '22222222-2222-4222-8222-222222222222',
  actAppId: '33333333-3333-4333-8333-333333333333',
  apiResource: 'api://countersign.example/22222222-2222-4222-8222-222222222222',
  authority: 'https://login.microsoftonline.com',
  signInTenant: '11111111-1111-4111-8111-111111111111',
  version: '0.1.0',
  environment: 'emulator',
})

export const proposal: ProposalView = getProposal.answer.parse({
  id: proposalIds.open,
  state: 'offered',
  sentence: 'The card is in your chat with Countersign. Read it there and countersign it, or let it expire.',
  actionId: 'remove-app-owner',
  preview: {
    title: 'Remove Tomás Ruiz as owner of Payroll Sync',
    subject: {
      type: 'application',
      id: '7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af',
      name: 'Payroll Sync',
      qualifier: 'app ID 0c9d8e7f-6a5b-4c3d-8e1f-0a9b8c7d6e5f',
    },
    changes: [{ field: 'Owners', before: 'Ida Holm, Tomás Ruiz', after: 'Ida Holm' }],
    requests: ['DELETE /v1.0/applications/7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af/owners/b2d41f77-3a2b-4c1d-9e8f-7a6b5c4d77e0/$ref'],
    warnings: ['Payroll Sync signed in 14 hours ago. It keeps running: an owner is not needed for that.'],
    blast: ['Payroll Sync keeps one owner, Ida Holm. Without her nobody would look after it.'],
    objects: [],
    approvals: 1,
    undo: 'Adds Tomás Ruiz as owner again, offered for 30 days',
    actor: 'Countersign Aid (countersign.aid@fabrikamnordic.example)',
    impact: 'normal',
    hash: '9f2c41d8c07ae5b11be3779062d0fa0ce85f03a69f2c41d8c07ae5b11be37790',
    expiresAt: '2026-11-23T08:30:00.000Z',
  },
  requestedBy: { objectId: me.objectId, name: me.displayName },
  createdAt: '2026-11-22T08:30:00.000Z',
  receiptNumber: null,
  findingKeys: ['guest-owns-privileged-app:7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af'],
  chatUrl,
  offered: true,
  countersignedBy: [],
  steps: [
    {
      about: 'Payroll Sync (app ID 0c9d8e7f-6a5b-4c3d-8e1f-0a9b8c7d6e5f)',
      request: 'DELETE /v1.0/applications/7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af/owners/b2d41f77-3a2b-4c1d-9e8f-7a6b5c4d77e0/$ref',
      state: 'planned',
      sentence: 'Not sent yet.',
    },
  ],
  undoes: null,
  resumes: null,
  mayResume: false,
})

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

type Claim = Trust['claims'][number]
function claim(
  id: string,
  topic: string,
  topicTitle: string,
  standing: Claim['standing'],
  text: string,
  evidenceNow: string,
  method: string,
  observedAt: string | null,
): unknown {
  const observation = observedAt === null ? null : { observed: evidenceNow, scopes: ['Application.Read.All', 'Policy.Read.All'] }
  return {
    id,
    requirements: ['I-10'],
    topic,
    topicTitle,
    text,
    plane: 'read',
    kind: 'guarantee',
    proof: observedAt === null ? 'statement' : 'live',
    standing,
    evidenceNow,
    method,
    observedAt,
    environment: observedAt === null ? null : 'tenant',
    observation,
    digest: observation === null ? null : digest(observation),
  }
}

export const trust: Trust = getTrust.answer.parse({
  counts: { proven: 5, partly: 1, stale: 1, unknown: 1, failing: 1, stated: 0 },
  claims: [
    claim(
      'nothing-without-signature',
      'access',
      'What it may change',
      'proven',
      'Nothing changes without a person’s signature',
      '41 of 41 changes carry a valid confirmation',
      'Every receipt checked against the journal',
      '2026-11-22T08:26:00.000Z',
    ),
    claim(
      'read-plane-read-only',
      'access',
      'What it may change',
      'proven',
      'The token that reads cannot write',
      'The token holds 11 scopes, none of them writes',
      'Scopes of the last token compared with Microsoft’s permission list',
      '2026-11-22T08:26:00.000Z',
    ),
    claim(
      'every-change-in-audit-log',
      'access',
      'What it may change',
      'partly',
      'Every change shows up in your own audit log',
      '40 of 41 matched; 1 is waiting for Microsoft’s log',
      'Audit rows compared field by field',
      '2026-11-22T08:26:00.000Z',
    ),
    claim(
      'reads-only-what-is-listed',
      'data',
      'What it reads and keeps',
      'proven',
      'Reads only what is listed here',
      '11 permissions granted, the same 11 listed',
      'Service principal compared with the signed list',
      '2026-11-22T08:26:00.000Z',
    ),
    claim(
      'data-stays-in-region',
      'data',
      'What it reads and keeps',
      'proven',
      'Your directory data stay in the EU',
      'Storage and backups: Sweden Central',
      'Location read from the deployment',
      '2026-11-22T07:30:00.000Z',
    ),
    claim(
      'data-deleted-after-leaving',
      'data',
      'What it reads and keeps',
      'stale',
      'Data are deleted 30 days after you leave',
      'Last deletion drill: 41 days ago, due every 30',
      'Deletion drill in a test tenant',
      '2026-10-12T08:00:00.000Z',
    ),
    claim(
      'running-build-is-published',
      'exit',
      'How it is built',
      'proven',
      'The running build is the published source',
      'Commit 8c1f20e, attested 21 Nov',
      'Image digest compared with the build attestation',
      '2026-11-22T08:18:00.000Z',
    ),
    claim('outside-test', 'exit', 'How it is built', 'unknown', 'An outside firm has tested it', '', '', null),
    claim(
      'availability',
      'exit',
      'How it is built',
      'failing',
      'The service answers 99.9 % of the time',
      '99.71 % over 90 days',
      'Probe from two regions, once a minute',
      '2026-11-22T08:29:00.000Z',
    ),
  ],
  profile: { act: 'on', assistant: 'none', isolation: 'dedicated', environment: 'tenant', region: 'EU (Sweden Central)' },
})
