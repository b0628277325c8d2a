import { enableUser } from '@countersign/core/actions/catalogue/enable-user.ts'
import { describeAction, planContext } from '../../../build/action-cases.ts'

const userId = '11111111-2222-4333-8444-555555555555'
const erik = {
  id: userId,
  displayName: 'Erik Holm',
  userPrincipalName: 'erik@contoso.example',
  accountEnabled: false,
  onPremisesSyncEnabled: null,
}
const about = { type: 'user', id: userId, name: 'Erik Holm', qualifier: 'erik@contoso.example' } as const
const set = (accountEnabled: boolean) => ({
  write: { method: 'PATCH' as const, path: `/users/${userId}`, body: { accountEnabled } },
  readBack: {
    read: { path: `/users/${userId}?$select=accountEnabled` },
    expect: { kind: 'equals' as const, field: 'accountEnabled', value: accountEnabled },
  },
  echo: {
    activities: [accountEnabled ? 'Enable account' : 'Disable account', 'Update user'],
    targetId: userId,
    modified: { name: 'AccountEnabled', newValueContains: String(accountEnabled) },
  },
})

describeAction({
  action: enableUser,
  input: { userId },
  reads: [`/users/${userId}?$select=id,displayName,userPrincipalName,accountEnabled,onPremisesSyncEnabled`],
  answers: [erik],
  plan: {
    subject: about,
    changes: [{ field: 'signIn', before: 'blocked', after: 'allowed' }],
    steps: [{ class: 'set', about, ...set(true), undo: set(false) }],
    preState: { accountEnabled: false },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: userId } },
    { reason: 'unreadable', answers: [{ ...erik, accountEnabled: null }] },
    { reason: 'unreadable', answers: [{ id: userId }] },
    { reason: 'isAid', context: { aidId: userId } },
    { reason: 'isRequester', context: { requestedBy: userId } },
    { reason: 'alreadyAllowed', answers: [{ ...erik, accountEnabled: true }], values: { name: 'Erik Holm' } },
    { reason: 'alreadyAllowed', answers: [{ ...erik, accountEnabled: true, displayName: null }], values: { name: about.qualifier } },
  ],
  warnings: [{ reason: 'synced', answers: [{ ...erik, onPremisesSyncEnabled: true }] }],
  badInputs: [{}, { userId: 'erik' }, { userId: planContext.aidId.slice(1) }, null],
  named: (displayName) => [{ ...erik, displayName }],
})
