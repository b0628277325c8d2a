import { unblockServicePrincipal } from '@countersign/core/actions/catalogue/unblock-service-principal.ts'
import { describeAction } from '../../../build/action-cases.ts'

const servicePrincipalId = '11111111-2222-4333-8444-555555555555'
const path = `/servicePrincipals/${servicePrincipalId}`
const holder = {
  id: servicePrincipalId,
  appId: 'app-1',
  displayName: 'Payroll Sync',
  accountEnabled: false,
  appOwnerOrganizationId: 'aaaaaaaa-0000-4000-8000-000000000000',
}
const about = { type: 'servicePrincipal', id: servicePrincipalId, name: 'Payroll Sync', qualifier: 'app-1' } as const
const set = (accountEnabled: boolean) => ({
  write: { method: 'PATCH' as const, path, body: { accountEnabled } },
  readBack: {
    read: { path: `${path}?$select=accountEnabled` },
    expect: { kind: 'equals' as const, field: 'accountEnabled', value: accountEnabled },
  },
  echo: {
    activities: ['Update service principal'],
    targetId: servicePrincipalId,
    modified: { name: 'AccountEnabled', newValueContains: String(accountEnabled) },
  },
})

describeAction({
  action: unblockServicePrincipal,
  input: { servicePrincipalId },
  reads: [`${path}?$select=id,appId,displayName,accountEnabled,appOwnerOrganizationId`],
  answers: [holder],
  plan: {
    subject: about,
    changes: [{ field: 'signIn', before: 'blocked', after: 'allowed' }],
    steps: [{ class: 'set', about, ...set(true), undo: set(false) }],
    preState: { accountEnabled: false },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: servicePrincipalId } },
    { reason: 'unreadable', answers: [{ ...holder, accountEnabled: null }] },
    { reason: 'alreadySo', answers: [{ ...holder, accountEnabled: true }], values: { name: 'Payroll Sync' } },
  ],
  badInputs: [{}, { servicePrincipalId: 'payroll' }, null],
  named: (displayName) => [{ ...holder, displayName }],
})
