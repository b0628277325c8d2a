import { disableUser } from '@countersign/core/actions/catalogue/disable-user.ts'
import { describeAction, planContext } from '../../../build/action-cases.ts'

const userId = '11111111-2222-4333-8444-555555555555'
const erik = {
  id: userId,
  displayName: 'Erik Holm',
  userPrincipalName: 'erik@contoso.example',
  accountEnabled: true,
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
  action: disableUser,
  input: { userId },
  reads: [`/users/${userId}?$select=id,displayName,userPrincipalName,accountEnabled,onPremisesSyncEnabled`],
  answers: [erik],
  plan: {
    subject: about,
    changes: [{ field: 'signIn', before: 'allowed', after: 'blocked' }],
    steps: [{ class: 'set', about, ...set(false), undo: set(true) }],
    preState: { accountEnabled: true },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: userId } },
    { reason: 'unreadable', answers: [{ ...erik, accountEnabled: null }] },
    { reason: 'unreadable', answers: [{ id: userId }] },
    { reason: 'isAid', context: { aidId: userId } },
    { reason: 'isRequester', context: { requestedBy: userId } },
    { reason: 'alreadyBlocked', answers: [{ ...erik, accountEnabled: false }], values: { name: 'Erik Holm' } },
    { reason: 'alreadyBlocked', answers: [{ ...erik, accountEnabled: false, displayName: null }], values: { name: about.qualifier } },
  ],
  warnings: [{ reason: 'synced', answers: [{ ...erik, onPremisesSyncEnabled: true }] }],
  badInputs: [{}, { userId: 'erik' }, { userId: planContext.aidId.slice(1) }, null],
  named: (displayName) => [{ ...erik, displayName }],
})
