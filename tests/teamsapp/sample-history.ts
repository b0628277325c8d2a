import { type Scan } from '@countersign/core/api/posture.ts'
import { scanId } from './sample-posture.ts'
import type { Changes } from '@countersign/core/api/changes.ts'
import type { ScanLineView, Trend } from '@countersign/core/api/history.ts'
import type { SponsorView } from '@countersign/core/api/sponsor.ts'

const areas = [
  { area: 'applications', title: 'Applications and consent' },
  { area: 'privilegedRoles', title: 'Privileged roles' },
] as const

function scanLine(index: number, over: Partial<ScanLineView> = {}): ScanLineView {
  const day = String(20 - index).padStart(2, '0')
  return {
    id: `0c0c0c0c-0000-4000-8000-0000000000${String(10 + index)}`,
    kind: 'scan',
    state: 'finished',
    scheduled: false,
    startedBy: 'Ada Berg',
    startedAt: `2026-11-${day}T06:00:00Z`,
    finishedAt: `2026-11-${day}T06:02:00Z`,
    factsAsOf: `2026-11-${day}T06:01:00Z`,
    score: 61.4 - index,
    kept: true,
    sentence: 'Scan by Ada Berg',
    ...over,
  }
}

export const scanLines: readonly ScanLineView[] = [
  scanLine(0),
  scanLine(1, { kind: 'judge', sentence: 'The facts of the scan before, judged again as of this day' }),
  scanLine(2, { scheduled: true, sentence: 'Scheduled scan in the name of Ada Berg' }),
  scanLine(3, { kept: false, sentence: 'Scan by Bo Lind; only its score is kept' }),
]

export const trend: Trend = {
  points: [3, 2, 1, 0].map((index) => ({
    scanId: scanLine(index).id,
    at: scanLine(index).startedAt,
    kind: 'scan',
    score: 61.4 - index,
    areas: {
      applications: 40 + index,
      conditionalAccess: null,
      authentication: null,
      privilegedRoles: 70 - index * 2,
      guestsAndUsers: null,
      devicesAndSync: null,
    },
  })),
  areas: [...areas],
}

export const changes: Changes = {
  before: scanLine(2),
  after: scanLine(0),
  sentence: '1 new, 1 fixed, 1 worse; 1 check cannot be compared.',
  score: { before: 59.4, after: 61.4, change: 2 },
  areas: [
    { ...areas[0], before: 42, after: 40, change: -2 },
    { ...areas[1], before: 66, after: 70, change: null },
  ],
  counts: { new: 1, returned: 0, worse: 1, better: 0, fixed: 1, notComparable: 1 },
  checks: [
    {
      checkId: 'app-secret-expires-soon',
      code: 'APP-02',
      title: 'Secrets of applications expire soon',
      severity: 'high',
      area: 'applications',
      areaTitle: areas[0].title,
      before: 'warn',
      after: 'fail',
      notComparable: null,
      objects: [
        {
          findingKey: 'app-secret-expires-soon:a1/k1',
          kind: 'worse',
          type: 'application',
          objectId: 'a1a1a1a1-0000-4000-8000-000000000001',
          part: 'k1',
          name: 'Payroll Sync with a rather long display name',
          before: { verdict: 'warn', severity: 'medium', because: 'A secret expires in 12 days.' },
          after: { verdict: 'fail', severity: 'high', because: 'A secret expires in 5 days.' },
          facts: [],
          moreFacts: 0,
          changedBy: { state: 'none', sentence: 'Nobody changed it: time went by.', rows: [] },
        },
        {
          findingKey: 'app-secret-expires-soon:a2/k2',
          kind: 'new',
          type: 'application',
          objectId: 'a1a1a1a1-0000-4000-8000-000000000002',
          part: 'k2',
          name: 'Badge printing',
          before: null,
          after: { verdict: 'fail', severity: 'high', because: 'A secret expires in 3 days.' },
          facts: [
            {
              fact: 'applications',
              title: 'App registrations',
              key: 'a1a1a1a1-0000-4000-8000-000000000002',
              kind: 'changed',
              properties: [{ name: 'passwordCredentials', before: null, after: '[{"keyId":"k2","endDateTime":"2026-11-23T00:00:00Z"}]' }],
              more: 1,
            },
          ],
          moreFacts: 2,
          changedBy: { state: 'found', sentence: 'Changed by Bo Lind on 19 November (Update application).', rows: [] },
        },
      ],
      moreObjects: 3,
    },
    {
      checkId: 'guest-in-privileged-role',
      code: 'PR-13',
      title: 'Guests hold privileged roles',
      severity: 'critical',
      area: 'privilegedRoles',
      areaTitle: areas[1].title,
      before: 'fail',
      after: 'pass',
      notComparable: null,
      objects: [
        {
          findingKey: 'guest-in-privileged-role:',
          kind: 'fixed',
          type: 'tenant',
          objectId: '',
          part: '',
          name: '',
          before: { verdict: 'fail', severity: 'critical', because: 'A guest holds the role User Administrator.' },
          after: null,
          facts: [],
          moreFacts: 0,
          changedBy: { state: 'notReadable', sentence: 'Who changed it is not known: the audit log needs a premium licence.', rows: [] },
        },
      ],
      moreObjects: 0,
    },
    {
      checkId: 'users-multifactor-capable',
      code: 'AM-11',
      title: 'People can use multifactor authentication',
      severity: 'high',
      area: 'privilegedRoles',
      areaTitle: areas[1].title,
      before: 'unknown',
      after: 'pass',
      notComparable: 'The earlier scan could not read registered sign-in methods.',
      objects: [],
      moreObjects: 0,
    },
  ],
}

export const noSponsor: SponsorView = {
  sponsor: null,
  nextRunAt: null,
  isYou: false,
  mayWithdraw: false,
  sentence: 'No scan runs by the clock: nobody lends their sign-in for it.',
  ended: [
    {
      displayName: 'Bo Lind',
      hour: 4,
      since: '2026-10-01T08:00:00Z',
      provedAt: '2026-11-01T04:00:00Z',
      lastRunAt: '2026-11-01T04:00:00Z',
      endedAt: '2026-11-02T04:00:00Z',
      endReason: 'the consent was removed',
    },
  ],
}

export const sponsored: SponsorView = {
  ...noSponsor,
  sponsor: {
    displayName: 'Ada Berg',
    hour: 4,
    since: '2026-11-20T08:00:00Z',
    provedAt: '2026-11-20T08:00:00Z',
    lastRunAt: null,
    endedAt: null,
    endReason: null,
  },
  nextRunAt: '2026-11-21T04:00:00Z',
  isYou: true,
  mayWithdraw: true,
  sentence: 'Every day at 04:00 UTC a scan runs in the name of Ada Berg, also while nobody is there.',
}

export function runningScan(done: number): Scan {
  return {
    id: scanId,
    state: 'collecting',
    startedAt: '2026-11-22T08:24:00.000Z',
    finishedAt: null,
    startedBy: 'Maja Lindqvist',
    progress: { done, of: 218, now: 'Conditional Access policies' },
    problem: null,
  }
}
