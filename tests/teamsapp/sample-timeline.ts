import { getTimeline, type TimelineEntry } from '@countersign/core/api/timeline.ts'
import { proposalIds } from './sample-posture.ts'

type Entry = Pick<TimelineEntry, 'at' | 'kind' | 'title' | 'checkId' | 'code' | 'objects' | 'names' | 'by'> &
  Partial<Pick<TimelineEntry, 'receipt' | 'severity'>>
const entries: readonly Entry[] = [
  {
    at: '2026-11-22T05:12:00.000Z',
    kind: 'opened',
    title: 'No application keeps a secret for more than a year',
    checkId: 'app-secret-long-lived',
    code: 'APP-02',
    objects: 1,
    names: ['HR connector'],
    by: 'Jonas Berg (Update application – Certificates and secrets management)',
    severity: 'critical',
  },
  {
    at: '2026-11-22T05:12:00.000Z',
    kind: 'returned',
    title: 'Guests cannot invite other guests',
    checkId: 'guests-invite-guests',
    code: 'USR-03',
    objects: 1,
    names: [],
    by: null,
    severity: 'high',
  },
  {
    at: '2026-11-22T05:12:00.000Z',
    kind: 'closed',
    title: 'No account holds a privileged role that it does not use',
    checkId: 'unused-admin-assignments',
    code: 'PR-11',
    objects: 5,
    names: ['Kasper Lund', 'Ida Holm', 'Old admin'],
    by: 'Maja Lindqvist, by the Aid',
    receipt: { proposalId: proposalIds.old, number: 39 },
    severity: 'medium',
  },
  {
    at: '2026-11-20T14:06:43.000Z',
    kind: 'receipt',
    title: 'Removed guest owner from Payroll Sync',
    checkId: null,
    code: '',
    objects: 1,
    names: [],
    by: 'Maja Lindqvist',
    receipt: { proposalId: proposalIds.done, number: 42 },
  },
  {
    at: '2026-11-19T16:30:00.000Z',
    kind: 'suppressed',
    title: 'Guests who no longer come are disabled',
    checkId: 'guests-in-use',
    code: 'GU-04',
    objects: 2,
    names: ['Mei Tanaka', 'Olu Adeyemi'],
    by: 'Maja Lindqvist',
    severity: 'medium',
  },
]
export const timeline = getTimeline.answer.parse({
  entries: entries.map((entry) => ({ receipt: null, severity: null, area: null, ...entry })),
  next: null,
})
