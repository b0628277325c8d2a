import { removeAppSecret } from '@countersign/core/actions/catalogue/remove-app-secret.ts'
import type { Json } from '@countersign/core/digest.ts'
import { describeAction } from '../../../build/action-cases.ts'

const applicationId = '11111111-2222-4333-8444-555555555555'
const keyId = '99999999-2222-4333-8444-555555555555'
const appId = 'cccccccc-2222-4333-8444-555555555555'
const end = '2026-11-01T00:00:00Z'

function application(endDateTime: string | null, key = keyId, displayName: string | null = 'Payroll Sync'): Json {
  return { id: applicationId, appId, displayName, passwordCredentials: [{ keyId: key, displayName: 'old', hint: 'Ab1', endDateTime }] }
}
const about = { type: 'application', id: applicationId, name: 'Payroll Sync', qualifier: appId } as const

describeAction({
  action: removeAppSecret,
  input: { applicationId, keyId },
  reads: [`/applications/${applicationId}?$select=id,appId,displayName,passwordCredentials`],
  answers: [application(end)],
  plan: {
    subject: about,
    changes: [{ field: 'secret', before: 'old, Ab1…, expired 2026-11-01', after: 'removed' }],
    steps: [
      {
        class: 'delete',
        about,
        write: { method: 'POST', path: `/applications/${applicationId}/removePassword`, body: { keyId } },
        readBack: {
          read: { path: `/applications/${applicationId}?$select=passwordCredentials` },
          expect: { kind: 'lacks', list: 'passwordCredentials', field: 'keyId', value: keyId },
        },
        undo: null,
        echo: {
          activities: ['Update application – Certificates and secrets management'],
          targetId: applicationId,
          modified: { name: 'KeyDescription', newValueContains: '' },
        },
      },
    ],
    preState: { keyId, endDateTime: end },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: applicationId } },
    { reason: 'noSecret', answers: [application(end, appId)] },
    { reason: 'stillValid', answers: [application('2026-11-22T12:00:00Z')] },
    { reason: 'stillValid', answers: [application('2036-01-01T00:00:00Z')] },
    { reason: 'noEnd', answers: [application(null)] },
    { reason: 'unreadable', answers: [{ id: applicationId }] },
  ],
  badInputs: [{}, { applicationId, keyId: 'old' }, { applicationId }, null],
  named: (displayName) => [application(end, keyId, displayName)],
})
