import { getFinding, listFindings, type FindingPage } from '@countersign/core/api/findings.ts'
import type { z } from 'zod'
import { overview, proposalIds } from './sample-posture.ts'

type Summary = z.infer<typeof listFindings.answer>['findings'][number]
const others: readonly [string, string, Summary['severity'], Summary['area'], string, number, number, Summary['state']][] = [
  [
    'policy-excludes-group',
    'CA-03',
    'high',
    'conditionalAccess',
    'A policy that blocks legacy sign-in leaves out 6 people',
    1,
    1.1,
    'open',
  ],
  ['global-administrators-count', 'PR-01', 'medium', 'privilegedRoles', 'The tenant has 9 Global Administrators', 9, 0.9, 'open'],
  ['app-secret-expired', 'APP-01', 'low', 'applications', '3 applications keep an expired secret', 3, 0.4, 'open'],
  ['number-matching', 'AUT-02', 'medium', 'authentication', 'Number matching was off for 12 people', 0, 0, 'closed'],
  ['stale-guests', 'USR-07', 'info', 'guestsAndUsers', '61 guests have not signed in for a year', 61, 0, 'open'],
]

export const findings = listFindings.answer.parse({
  findings: [
    ...overview.risks.map((row, index) => ({
      checkId: row.checkId,
      code: row.code,
      title: row.title,
      severity: row.severity,
      area: row.area,
      areaTitle: row.areaTitle,
      state: row.checkId === 'guests-invite-guests' ? 'returned' : 'open',
      open: index === 3 ? 14 : index + 1,
      unlisted: 0,
      adds: row.adds,
      firstSeen: '2026-11-03T05:10:00.000Z',
    })),
    ...others.map(([checkId, code, severity, areaName, title, open, adds, state]) => ({
      checkId,
      code,
      title,
      severity,
      area: areaName,
      areaTitle: overview.areas.find(({ area: name }) => name === areaName)?.title ?? '',
      state,
      open,
      unlisted: 0,
      adds,
      firstSeen: '2026-10-11T05:10:00.000Z',
    })),
  ],
})

export const finding: FindingPage = getFinding.answer.parse({
  ...findings.findings[0],
  verdict: 'fail',
  why: 'An owner can add a secret to an application, sign in as the application and use whatever it holds. No one else has to agree.',
  reason:
    'Tomás Ruiz is a guest and owns Payroll Sync, which holds RoleManagement.ReadWrite.Directory: he can make himself Global Administrator.',
  remediation: [
    'Remove Tomás Ruiz as owner of Payroll Sync; Ida Holm stays as owner.',
    'Narrow RoleManagement.ReadWrite.Directory to RoleManagement.Read.Directory, which is enough for what the application did in 90 days.',
    'Replace the secret: it was made while the guest was an owner.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade',
  frameworks: { attack: ['T1098.001'], cis: ['5.1.5'] },
  licence: null,
  whoCanFix: 'Cloud Application Administrator, or an owner',
  affected: [
    {
      findingKey: 'guest-owns-privileged-app:7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af',
      state: 'open',
      type: 'application',
      objectId: '7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af',
      part: '',
      name: 'Payroll Sync',
      because: 'Tomás Ruiz (guest) owns it and it holds RoleManagement.ReadWrite.Directory',
      firstSeen: '2026-11-03T05:10:00.000Z',
      notReadSince: null,
      fix: { actionId: 'remove-app-owner', title: 'Remove the guest owner' },
      proposalId: null,
      basis: ['applications/7c1e2f30'],
    },
    {
      findingKey: 'guest-owns-privileged-app:1d2e3f40-5a6b-4c7d-8e9f-1a2b3c4d5e6f',
      state: 'open',
      type: 'application',
      objectId: '1d2e3f40-5a6b-4c7d-8e9f-1a2b3c4d5e6f',
      part: '',
      name: 'Survey Bot',
      because: 'Anna Sørensen (guest) owns it and it holds Directory.ReadWrite.All',
      firstSeen: '2026-11-08T05:10:00.000Z',
      notReadSince: null,
      fix: { actionId: 'remove-app-owner', title: 'Remove the guest owner' },
      proposalId: proposalIds.open,
      basis: ['applications/1d2e3f40'],
    },
  ],
  related: [
    {
      checkId: 'app-secret-long-lived',
      code: 'APP-02',
      title: 'A client secret for the HR connector expires in 2037',
      severity: 'critical',
      because: 'sameObject',
      shared: 1,
    },
    {
      checkId: 'app-secret-expired',
      code: 'APP-01',
      title: '3 applications keep an expired secret',
      severity: 'low',
      because: 'sameCause',
      shared: 0,
    },
  ],
  history: [
    { at: '2026-11-22T05:12:00.000Z', what: 'Still open', receiptNumber: null },
    { at: '2026-11-15T05:12:00.000Z', what: 'Rose to critical: a permission was consented by Jonas Berg', receiptNumber: null },
    { at: '2026-11-03T05:10:00.000Z', what: 'First seen', receiptNumber: null },
  ],
  answers: [
    {
      fact: 'applications',
      request: 'GET /v1.0/applications?$expand=owners',
      asOf: '2026-11-22T05:09:12.000Z',
      rows: 2,
      digest: '41d89f2ce5b1c07a41d89f2ce5b1c07a41d89f2ce5b1c07a41d89f2ce5b1c07a',
      excerpt:
        '{"id":"7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af","displayName":"Payroll Sync","owners":[{"id":"b2d4…77e0","userType":"Guest"}]}',
    },
  ],
})
