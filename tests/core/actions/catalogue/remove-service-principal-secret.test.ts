import { removeServicePrincipalSecret } from '@countersign/core/actions/catalogue/remove-service-principal-secret.ts'
import { describeAction } from '../../../build/action-cases.ts'
import { inDaysOfPlan } from '../../../build/action-days.ts'

const servicePrincipalId = '11111111-2222-4333-8444-555555555555'
const keyId = '99999999-2222-4333-8444-555555555555'
const path = `/servicePrincipals/${servicePrincipalId}`
const holder = (endDateTime: string | null, displayName: string | null = 'Payroll Sync') => ({
  id: servicePrincipalId,
  appId: 'app-1',
  displayName,
  passwordCredentials: [{ keyId, displayName: null, hint: null, endDateTime }],
})
const ended = '2026-11-01T00:00:00Z'
const about = { type: 'servicePrincipal', id: servicePrincipalId, name: 'Payroll Sync', qualifier: 'app-1' } as const

describeAction({
  action: removeServicePrincipalSecret,
  input: { servicePrincipalId, keyId },
  reads: [`${path}?$select=id,appId,displayName,passwordCredentials`],
  answers: [holder(ended)],
  plan: {
    subject: about,
    changes: [{ field: 'secret', before: `key ${keyId}, until 2026-11-01`, after: 'removed' }],
    steps: [
      {
        class: 'delete',
        about,
        write: { method: 'POST', path: `${path}/removePassword`, body: { keyId } },
        readBack: {
          read: { path: `${path}?$select=passwordCredentials` },
          expect: { kind: 'lacks', list: 'passwordCredentials', field: 'keyId', value: keyId },
        },
        undo: null,
        echo: {
          activities: ['Remove service principal credentials', 'Update service principal'],
          targetId: servicePrincipalId,
          modified: { name: 'KeyDescription', newValueContains: '' },
        },
      },
    ],
    preState: { passwordCredentials: [{ keyId, endDateTime: ended }] },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: servicePrincipalId } },
    { reason: 'unreadable', answers: [{ id: servicePrincipalId }] },
    { reason: 'noSecret', input: { servicePrincipalId, keyId: servicePrincipalId } },
    { reason: 'stillValid', answers: [holder(inDaysOfPlan(0))] },
    { reason: 'stillValid', answers: [holder(inDaysOfPlan(1))] },
    { reason: 'noEnd', answers: [holder(null)], values: { name: 'Payroll Sync' } },
    { reason: 'noEnd', answers: [holder(null, null)], values: { name: 'app-1' } },
  ],
  badInputs: [{}, { servicePrincipalId }, { servicePrincipalId, keyId: 'old' }, { servicePrincipalId: 'x', keyId }],
  named: (displayName) => [holder(ended, displayName)],
})
