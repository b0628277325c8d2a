import { addAppOwner } from '@countersign/core/actions/catalogue/add-app-owner.ts'
import { describeAction, planContext } from '../../../build/action-cases.ts'

const applicationId = '11111111-2222-4333-8444-555555555555'
const ownerId = '22222222-2222-4333-8444-555555555555'
const otherId = '33333333-2222-4333-8444-555555555555'
const application = { id: applicationId, appId: 'app-1', displayName: 'Payroll Sync' }
const person = {
  id: ownerId,
  displayName: 'Ada Berg',
  userPrincipalName: 'ada@contoso.example',
  accountEnabled: true,
  userType: 'Member',
}
const owners = { value: [{ id: otherId }] }
const about = { type: 'application', id: applicationId, name: 'Payroll Sync', qualifier: 'app-1' } as const
const read = { path: `/applications/${applicationId}/owners?$select=id` }
const values = { name: 'Payroll Sync', owner: 'Ada Berg' }

describeAction({
  action: addAppOwner,
  input: { applicationId, ownerId },
  reads: [
    `/applications/${applicationId}?$select=id,appId,displayName`,
    read.path,
    `/users/${ownerId}?$select=id,displayName,userPrincipalName,accountEnabled,userType`,
  ],
  answers: [application, owners, person],
  plan: {
    subject: about,
    changes: [{ field: 'owner', before: '1', after: '2, with Ada Berg (ada@contoso.example)' }],
    steps: [
      {
        class: 'create',
        about,
        write: {
          method: 'POST',
          path: `/applications/${applicationId}/owners/$ref`,
          body: { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${ownerId}` },
        },
        readBack: { read, expect: { kind: 'has', list: 'value', field: 'id', value: ownerId } },
        undo: {
          write: { method: 'DELETE', path: `/applications/${applicationId}/owners/${ownerId}/$ref`, body: null },
          readBack: { read, expect: { kind: 'lacks', list: 'value', field: 'id', value: ownerId } },
          echo: {
            activities: ['Remove owner from application'],
            targetId: ownerId,
            modified: { name: 'Application.ObjectID', newValueContains: '', oldValueContains: applicationId },
          },
        },
        echo: {
          activities: ['Add owner to application'],
          targetId: ownerId,
          modified: { name: 'Application.ObjectID', newValueContains: applicationId },
        },
      },
    ],
    preState: { owners: [otherId] },
    warnings: [{ reason: 'mayActAsIt', values }],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined, undefined, person], values: { id: applicationId } },
    { reason: 'notFound', answers: [application, owners, undefined], values: { id: ownerId } },
    { reason: 'unreadable', answers: [application, {}, person] },
    { reason: 'unreadable', answers: [application, owners, { ...person, accountEnabled: null }] },
    { reason: 'alreadyOwner', answers: [application, { value: [{ id: ownerId }] }, person], values },
    { reason: 'blocked', answers: [application, owners, { ...person, accountEnabled: false }], values: { person: 'Ada Berg' } },
    { reason: 'notMember', answers: [application, owners, { ...person, userType: 'Guest' }] },
    { reason: 'isAid', context: { aidId: ownerId } },
  ],
  warnings: [{ reason: 'mayActAsIt', answers: [application, { value: [] }, { ...person, userType: null }] }],
  badInputs: [{}, { applicationId }, { applicationId, ownerId: 'ada' }, { applicationId, ownerId: planContext.aidId.slice(1) }],
  named: (displayName) => [{ ...application, displayName }, owners, { ...person, displayName }],
})
