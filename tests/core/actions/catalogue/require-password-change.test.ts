import { expect, it } from '@jest/globals'
import { requirePasswordChange } from '@countersign/core/actions/catalogue/require-password-change.ts'
import { describeAction, planContext } from '../../../build/action-cases.ts'

const userId = '11111111-2222-4333-8444-555555555555'
const erik = {
  id: userId,
  displayName: 'Erik Holm',
  userPrincipalName: 'erik@contoso.example',
  onPremisesSyncEnabled: null,
  passwordProfile: { password: null, forceChangePasswordNextSignIn: false, forceChangePasswordNextSignInWithMfa: false },
}
const about = { type: 'user', id: userId, name: 'Erik Holm', qualifier: 'erik@contoso.example' } as const
const set = (value: boolean) => ({
  write: { method: 'PATCH' as const, path: `/users/${userId}`, body: { passwordProfile: { forceChangePasswordNextSignIn: value } } },
  readBack: {
    read: { path: `/users/${userId}?$select=passwordProfile` },
    expect: { kind: 'equals' as const, field: 'passwordProfile/forceChangePasswordNextSignIn', value },
  },
  echo: { activities: ['Set force change user password', 'Update PasswordProfile', 'Update user'], targetId: userId },
})

describeAction({
  action: requirePasswordChange,
  input: { userId },
  reads: [`/users/${userId}?$select=id,displayName,userPrincipalName,onPremisesSyncEnabled,passwordProfile`],
  answers: [erik],
  plan: {
    subject: about,
    changes: [{ field: 'password', before: 'kept', after: 'to be changed at the next sign-in' }],
    steps: [{ class: 'set', about, ...set(true), undo: set(false) }],
    preState: { passwordProfile: { forceChangePasswordNextSignIn: false } },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: userId } },
    { reason: 'unreadable', answers: [{ ...erik, passwordProfile: {} }] },
    { reason: 'isAid', context: { aidId: userId } },
    { reason: 'isRequester', context: { requestedBy: userId } },
    { reason: 'fromElsewhere', answers: [{ ...erik, userPrincipalName: 'erik_fabrikam.example#EXT#@contoso.example' }] },
    { reason: 'synced', answers: [{ ...erik, onPremisesSyncEnabled: true }] },
    { reason: 'alreadyRequired', answers: [{ ...erik, passwordProfile: { forceChangePasswordNextSignIn: true } }] },
  ],
  badInputs: [{}, { userId: 'erik' }, { userId, password: 'hunter2' }, null],
  named: (displayName) => [{ ...erik, displayName }],
})

it('require-password-change takes a password profile that nobody has set for one without the demand', () => {
  const prepared = requirePasswordChange.prepare({ userId })
  if (prepared.kind !== 'ready') throw new Error('The input fits.')
  expect(prepared.prepared.plan([{ ...erik, passwordProfile: null }], planContext)).toMatchObject({
    kind: 'plan',
    preState: { passwordProfile: null },
  })
})
