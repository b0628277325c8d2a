import { blockServicePrincipal } from '@countersign/core/actions/catalogue/block-service-principal.ts'
import { describeAction } from '../../../build/action-cases.ts'

const servicePrincipalId = '11111111-2222-4333-8444-555555555555'
const path = `/servicePrincipals/${servicePrincipalId}`
const holder = {
  id: servicePrincipalId,
  appId: 'app-1',
  displayName: 'Payroll Sync',
  accountEnabled: true,
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
  action: blockServicePrincipal,
  input: { servicePrincipalId },
  reads: [`${path}?$select=id,appId,displayName,accountEnabled,appOwnerOrganizationId`],
  answers: [holder],
  plan: {
    subject: about,
    changes: [{ field: 'signIn', before: 'allowed', after: 'blocked' }],
    steps: [{ class: 'set', about, ...set(false), undo: set(true) }],
    preState: { accountEnabled: true },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: servicePrincipalId } },
    { reason: 'unreadable', answers: [{ ...holder, accountEnabled: null }] },
    { reason: 'alreadySo', answers: [{ ...holder, accountEnabled: false }], values: { name: 'Payroll Sync' } },
    { reason: 'microsofts', answers: [{ ...holder, appOwnerOrganizationId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a' }] },
  ],
  badInputs: [{}, { servicePrincipalId: 'payroll' }, null],
  named: (displayName) => [{ ...holder, displayName }],
})
