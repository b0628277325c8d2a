import { getOverview, viewPostureSchema, type Overview, type ViewPosture } from '@countersign/core/api/posture.ts'

/** Made-up data of one tenant as the service would answer it; parsed by the contract, so that it cannot drift from it. */
export const sampleNow = '2026-11-22T08:30:00.000Z'
const scanEnd = '2026-11-22T05:12:00.000Z'
export const proposalIds = {
  done: '5a0d22e1-7f6b-4e0e-9a4c-1d02c4b7f3aa',
  waiting: '0b6f0a52-61a4-4b0d-8a53-6f5f3a1f7c11',
  open: 'c2a1b6de-3f0e-4b65-9a06-6de9f0a4c7e2',
  old: '9f3a8c40-2b1d-4c3e-8f5a-7b6c5d4e3f21',
} as const
export const scanId = '7a3e0c6f-51d2-4b8e-9c0a-2f1e3d4c5b6a'

const week = 7 * 24 * 3600 * 1000
const trend = [61, 61, 62, 60, 63, 64, 64, 62, 66, 68, 67, 68, 72].map((value, index) => ({
  at: new Date(Date.parse(scanEnd) - (12 - index) * week).toISOString(),
  value,
}))

function area(
  name: Overview['areas'][number]['area'],
  title: string,
  score: number | null,
  change: number | null,
  failing: readonly [number, number, number, number],
  passed: number,
  notRead: number,
  open: number,
): Overview['areas'][number] {
  const [critical, high, medium, low] = failing
  return { area: name, title, score, change, open, checks: { failing: { critical, high, medium, low, info: 0 }, passed, notRead } }
}

export const overview: Overview = getOverview.answer.parse({
  tenant: { displayName: 'Fabrikam Nordic', domain: 'fabrikamnordic.example' },
  lastScan: {
    id: scanId,
    state: 'finished',
    startedAt: '2026-11-22T05:04:00.000Z',
    finishedAt: scanEnd,
    startedBy: 'Maja Lindqvist',
    progress: { done: 218, of: 218, now: '' },
    problem: null,
  },
  runningScan: null,
  score: {
    value: 72,
    change: 4,
    since: '2026-11-15T05:12:00.000Z',
    trend,
    target: { value: 80, byName: 'Maja Lindqvist', at: '2026-10-02T08:00:00.000Z' },
  },
  checks: { read: 212, of: 218 },
  areas: [
    area('applications', 'Applications', 58, -3, [2, 5, 9, 4], 28, 2, 20),
    area('privilegedRoles', 'Privileged roles', 66, 0, [1, 4, 2, 1], 22, 0, 8),
    area('conditionalAccess', 'Conditional access', 71, 6, [0, 3, 5, 2], 26, 0, 10),
    area('devicesAndSync', 'Devices and sync', 76, null, [0, 1, 3, 2], 11, 4, 6),
    area('guestsAndUsers', 'Guests and users', 79, 2, [0, 2, 4, 6], 25, 0, 12),
    area('authentication', 'Authentication', 84, 9, [0, 1, 3, 3], 32, 0, 7),
  ],
  risks: [
    risk(
      'guest-owns-privileged-app',
      'APP-14',
      'critical',
      'A guest owns an app that can grant itself any role',
      'Payroll Sync holds RoleManagement.ReadWrite.Directory and its owner is outside the tenant.',
      '1 app',
      4.1,
      'applications',
      'Applications',
      true,
    ),
    risk(
      'emergency-accounts-share-phone',
      'AUT-09',
      'critical',
      'Two emergency accounts share one phone number',
      'Whoever holds +45 ··· 41 can pass the second factor for both.',
      '2 accounts',
      3.2,
      'authentication',
      'Authentication',
      false,
    ),
    risk(
      'app-secret-long-lived',
      'APP-02',
      'critical',
      'A client secret for the HR connector expires in 2037',
      'Anyone who copied it keeps access for 11 years.',
      '1 app',
      2.6,
      'applications',
      'Applications',
      true,
    ),
    risk(
      'admins-unmanaged-devices',
      'CA-07',
      'high',
      'Administrators can sign in from unmanaged devices',
      'No conditional access policy asks for a compliant device on the 9 admin roles.',
      '14 people',
      2.2,
      'conditionalAccess',
      'Conditional access',
      false,
    ),
    risk(
      'guests-invite-guests',
      'USR-03',
      'high',
      'Guests can invite other guests',
      'The tenant setting allows it; 38 of 412 guests came in that way.',
      '412 guests',
      1.4,
      'guestsAndUsers',
      'Guests and users',
      true,
    ),
  ],
  openFindings: 63,
  sinceLastScan: [
    change('new', 'app-secret-long-lived', 'HR connector got a secret that lasts 11 years', 'Applications', null),
    change('new', 'policy-excludes-group', 'Policy “Block legacy” now excludes a group of 6', 'Conditional access', null),
    change('returned', 'guests-invite-guests', 'Guest invitation setting is open again', 'Guests and users', null),
    change('fixed', 'number-matching', 'Number matching is on for everyone', 'Authentication', 41),
    change('fixed', 'unused-admin-assignments', '5 unused admin assignments removed', 'Privileged roles', 39),
  ],
  notRead: [
    {
      fact: 'deviceCompliancePolicies',
      title: 'Device compliance policies',
      checks: 4,
      reason: 'licence',
      sentence: 'The tenant has no Intune licence.',
      mend: 'none',
    },
    {
      fact: 'appSignInActivity',
      title: 'App sign-in activity',
      checks: 2,
      reason: 'scope',
      sentence: 'Graph answered 403: AuditLog.Read.All was not granted.',
      mend: 'grantPermission',
    },
  ],
  receipts: [
    {
      proposalId: proposalIds.done,
      receiptNumber: 42,
      title: 'Removed guest owner from Payroll Sync',
      by: 'Maja Lindqvist',
      at: '2026-11-20T14:06:43.000Z',
      state: 'verified',
      echo: 'found',
    },
    {
      proposalId: proposalIds.waiting,
      receiptNumber: 41,
      title: 'Removed Mail.Read from Survey Bot',
      by: 'Jonas Berg',
      at: '2026-11-19T09:31:10.000Z',
      state: 'verified',
      echo: 'pending',
    },
    {
      proposalId: proposalIds.old,
      receiptNumber: 39,
      title: 'Removed 5 unused admin assignments',
      by: 'Maja Lindqvist',
      at: '2026-11-17T16:52:00.000Z',
      state: 'verified',
      echo: 'found',
    },
  ],
  countersigned: 41,
})

function risk(
  checkId: string,
  code: string,
  severity: 'critical' | 'high',
  title: string,
  because: string,
  affects: string,
  adds: number,
  areaName: string,
  areaTitle: string,
  fixable: boolean,
): unknown {
  const fix = fixable
    ? { findingKey: `${checkId}:7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af`, name: 'Payroll Sync', objects: 1, proposalId: null }
    : null
  return { checkId, code, severity, title, because, affects, adds, area: areaName, areaTitle, fixable, fix }
}

function change(
  kind: 'new' | 'returned' | 'fixed',
  checkId: string,
  title: string,
  areaTitle: string,
  receiptNumber: number | null,
): unknown {
  return { kind, findingKey: `${checkId}:`, checkId, title, areaTitle, receiptNumber }
}

export const firstRun: Overview = getOverview.answer.parse({
  ...overview,
  lastScan: null,
  score: null,
  checks: { read: 0, of: 0 },
  areas: [],
  risks: [],
  openFindings: 0,
  sinceLastScan: [],
  notRead: [],
  receipts: [],
  countersigned: 0,
})

/** A tenant where everything was read and nothing is open. */
export const clean: Overview = getOverview.answer.parse({
  ...overview,
  score: { ...overview.score, value: 100, change: 0 },
  checks: { read: 218, of: 218 },
  areas: overview.areas.map((one) => ({
    ...one,
    score: 100,
    change: 0,
    open: 0,
    checks: { failing: { critical: 0, high: 0, medium: 0, low: 0, info: 0 }, passed: 36, notRead: 0 },
  })),
  risks: [],
  openFindings: 0,
  sinceLastScan: [],
  notRead: [],
})

export const view: ViewPosture = viewPostureSchema.parse({
  ...overview,
  tenant: { displayName: overview.tenant.displayName },
  scannedAt: scanEnd,
})
