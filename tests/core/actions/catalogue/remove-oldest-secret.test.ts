import { removeOldestSecret } from '@countersign/core/actions/catalogue/remove-oldest-secret.ts'
import { describeAction, planContext } from '../../../build/action-cases.ts'
import { inDaysOfPlan } from '../../../build/action-days.ts'

const applicationId = '11111111-2222-4333-8444-555555555555'
const secretOf = (digit: string, end: string | null, start: string | null = '2025-01-01T00:00:00Z') => ({
  keyId: `${digit.repeat(8)}-2222-4333-8444-555555555555`,
  displayName: `secret ${digit}`,
  hint: 'Ab1',
  startDateTime: start,
  endDateTime: end,
})
const oldest = secretOf('1', '2026-11-01T00:00:00Z')
const staying = secretOf('2', '2027-06-01T00:00:00Z')
const applicationWith = (...passwordCredentials: unknown[]) =>
  JSON.parse(JSON.stringify({ id: applicationId, appId: 'app-1', displayName: 'Payroll Sync', passwordCredentials }))
const about = { type: 'application', id: applicationId, name: 'Payroll Sync', qualifier: 'app-1' } as const

describeAction({
  action: removeOldestSecret,
  input: { applicationId },
  reads: [`/applications/${applicationId}?$select=id,appId,displayName,passwordCredentials`],
  answers: [applicationWith(staying, oldest)],
  plan: {
    subject: about,
    changes: [
      { field: 'secret', before: 'secret 1, Ab1…, until 2026-11-01', after: 'removed' },
      { field: 'secret', before: 'secret 2, Ab1…, until 2027-06-01', after: 'stays' },
    ],
    steps: [
      {
        class: 'delete',
        about,
        write: { method: 'POST', path: `/applications/${applicationId}/removePassword`, body: { keyId: oldest.keyId } },
        readBack: {
          read: { path: `/applications/${applicationId}?$select=passwordCredentials` },
          expect: { kind: 'lacks', list: 'passwordCredentials', field: 'keyId', value: oldest.keyId },
        },
        undo: null,
        echo: {
          activities: ['Update application – Certificates and secrets management'],
          targetId: applicationId,
          modified: { name: 'KeyDescription', newValueContains: '' },
        },
      },
    ],
    preState: {
      passwordCredentials: [
        { keyId: oldest.keyId, endDateTime: oldest.endDateTime },
        { keyId: staying.keyId, endDateTime: staying.endDateTime },
      ],
    },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: applicationId } },
    { reason: 'unreadable', answers: [{ id: applicationId }] },
    { reason: 'tooFew', answers: [applicationWith()], values: { name: 'Payroll Sync', count: 0 } },
    { reason: 'tooFew', answers: [applicationWith(oldest)] },
    { reason: 'noEnd', answers: [applicationWith(oldest, secretOf('3', null))] },
    { reason: 'noEnd', answers: [applicationWith(oldest, secretOf('3', 'soon'))] },
    { reason: 'noOther', answers: [applicationWith(oldest, secretOf('3', '2026-11-10T00:00:00Z'))] },
    { reason: 'noOther', answers: [applicationWith(oldest, secretOf('3', inDaysOfPlan(6.99)))] },
  ],
  warnings: [
    { reason: 'stillWorks', answers: [applicationWith(secretOf('1', inDaysOfPlan(1)), staying)] },
    { reason: 'stillWorks', answers: [applicationWith(secretOf('1', staying.endDateTime, '2024-01-01T00:00:00Z'), staying)] },
  ],
  badInputs: [{}, { applicationId: 'payroll' }, { applicationId: planContext.aidId.slice(1) }],
  named: (displayName) => [{ ...applicationWith(staying, oldest), displayName }],
})
