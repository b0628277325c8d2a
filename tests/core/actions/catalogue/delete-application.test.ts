import { deleteApplication } from '@countersign/core/actions/catalogue/delete-application.ts'
import { describeAction } from '../../../build/action-cases.ts'
import { inDaysOfPlan } from '../../../build/action-days.ts'

const applicationId = '11111111-2222-4333-8444-555555555555'
const [first, second] = ['88888888-2222-4333-8444-555555555555', '99999999-2222-4333-8444-555555555555'] as const
const ended = { keyId: first, endDateTime: '2026-11-01T00:00:00Z' }
const application = {
  id: applicationId,
  appId: 'app-1',
  displayName: 'Payroll Sync',
  passwordCredentials: [ended],
  keyCredentials: [{ ...ended, keyId: second }],
}
const about = { type: 'application', id: applicationId, name: 'Payroll Sync', qualifier: 'app-1' } as const
const read = { path: `/applications/${applicationId}?$select=id` }

describeAction({
  action: deleteApplication,
  input: { applicationId },
  reads: [`/applications/${applicationId}?$select=id,appId,displayName,passwordCredentials,keyCredentials`],
  answers: [application],
  plan: {
    subject: about,
    changes: [{ field: 'application', before: 'registered', after: 'deleted, can be restored for 30 days' }],
    steps: [
      {
        class: 'delete',
        about,
        write: { method: 'DELETE', path: `/applications/${applicationId}`, body: null },
        readBack: { read, expect: { kind: 'gone' } },
        undo: {
          write: { method: 'POST', path: `/directory/deletedItems/${applicationId}/restore`, body: {} },
          readBack: { read, expect: { kind: 'equals', field: 'id', value: applicationId } },
          echo: { activities: ['Restore application'], targetId: applicationId },
        },
        echo: { activities: ['Delete application'], targetId: applicationId },
      },
    ],
    preState: { passwordCredentials: [first], keyCredentials: [second] },
    warnings: [{ reason: 'enterpriseToo', values: {} }],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: applicationId } },
    { reason: 'unreadable', answers: [{ ...application, passwordCredentials: null }] },
  ],
  warnings: [
    { reason: 'enterpriseToo' },
    { reason: 'stillOpens', answers: [{ ...application, passwordCredentials: [{ keyId: first, endDateTime: inDaysOfPlan(0) }] }] },
    { reason: 'stillOpens', answers: [{ ...application, keyCredentials: [{ keyId: second, endDateTime: null }] }] },
  ],
  badInputs: [{}, { applicationId: 'payroll' }, []],
  named: (displayName) => [{ ...application, displayName }],
})
