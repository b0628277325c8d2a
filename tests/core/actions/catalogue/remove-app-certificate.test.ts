import { removeAppCertificate } from '@countersign/core/actions/catalogue/remove-app-certificate.ts'
import { describeAction } from '../../../build/action-cases.ts'
import { inDaysOfPlan } from '../../../build/action-days.ts'

const applicationId = '11111111-2222-4333-8444-555555555555'
const certificate = (digit: string, endDateTime: string | null) => ({
  keyId: `${digit.repeat(8)}-2222-4333-8444-555555555555`,
  displayName: `CN=payroll ${digit}`,
  customKeyIdentifier: 'AAEC',
  type: 'AsymmetricX509Cert',
  usage: 'Verify',
  startDateTime: '2025-01-01T00:00:00Z',
  endDateTime,
})
const expired = certificate('1', '2026-11-01T00:00:00Z')
const working = certificate('2', '2027-06-01T00:00:00Z')
const application = (...keyCredentials: (typeof expired)[]) => ({
  id: applicationId,
  appId: 'app-1',
  displayName: 'Payroll Sync',
  // Graph adds the public key where one application is asked for it; it is not sent back.
  keyCredentials: keyCredentials.map((each) => ({ ...each, key: 'AAAA' })),
})
const about = { type: 'application', id: applicationId, name: 'Payroll Sync', qualifier: 'app-1' } as const
const input = { applicationId, keyId: expired.keyId }

describeAction({
  action: removeAppCertificate,
  input,
  reads: [`/applications/${applicationId}?$select=id,appId,displayName,keyCredentials`],
  answers: [application(expired, working)],
  plan: {
    subject: about,
    changes: [{ field: 'certificate', before: 'CN=payroll 1, until 2026-11-01', after: 'removed' }],
    steps: [
      {
        class: 'delete',
        about,
        write: { method: 'PATCH', path: `/applications/${applicationId}`, body: { keyCredentials: [working] } },
        readBack: {
          read: { path: `/applications/${applicationId}?$select=keyCredentials` },
          expect: {
            kind: 'all',
            of: [
              { kind: 'lacks', list: 'keyCredentials', field: 'keyId', value: expired.keyId },
              { kind: 'has', list: 'keyCredentials', field: 'keyId', value: working.keyId },
            ],
          },
        },
        undo: null,
        echo: {
          activities: ['Update application – Certificates and secrets management'],
          targetId: applicationId,
          modified: { name: 'KeyDescription', newValueContains: '' },
        },
      },
    ],
    preState: { keyCredentials: [expired, working] },
    warnings: [{ reason: 'others', values: { count: 1 } }],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: applicationId } },
    { reason: 'unreadable', answers: [{ id: applicationId }] },
    { reason: 'noCertificate', answers: [application(working)] },
    { reason: 'stillValid', input: { applicationId, keyId: working.keyId } },
    { reason: 'stillValid', answers: [application({ ...expired, endDateTime: inDaysOfPlan(0) })] },
    { reason: 'noEnd', answers: [application({ ...expired, endDateTime: null })] },
  ],
  warnings: [{ reason: 'others' }],
  badInputs: [{}, { applicationId }, { applicationId, keyId: 'x' }],
  named: (displayName) => [{ ...application(expired, working), displayName }],
})
