import { digest } from '@countersign/core/digest.ts'
import { clientSettingsSchema, meSchema, type Me } from '@countersign/core/api/me.ts'
import { getProposal, type ProposalView } from '@countersign/core/api/proposals.ts'
import { getTrust, type Trust } from '@countersign/core/api/trust.ts'
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
