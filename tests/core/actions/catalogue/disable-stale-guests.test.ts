import { expect, it } from '@jest/globals'
import { disableStaleGuests } from '@countersign/core/actions/catalogue/disable-stale-guests.ts'
import { describeAction, planContext } from '../../../build/action-cases.ts'

const id = (end: number) => `11111111-2222-4333-8444-${String(end).padStart(12, '0')}`
const guest = (end: number, more: object = {}) => ({
  id: id(end),
  displayName: `Guest ${end}`,
  userPrincipalName: `guest${end}_fabrikam.example#EXT#@contoso.example`,
  accountEnabled: true,
  userType: 'Guest',
  createdDateTime: '2025-01-01T00:00:00Z',
  signInActivity: { lastSuccessfulSignInDateTime: '2026-06-01T00:00:00Z', lastSignInDateTime: '2026-11-20T00:00:00Z' },
  onPremisesSyncEnabled: null,
  ...more,
})
const about = (end: number) =>
  ({ type: 'user', id: id(end), name: `Guest ${end}`, qualifier: `guest${end}_fabrikam.example#EXT#@contoso.example` }) as const
const set = (end: number, accountEnabled: boolean) => ({
  write: { method: 'PATCH' as const, path: `/users/${id(end)}`, body: { accountEnabled } },
  readBack: {
    read: { path: `/users/${id(end)}?$select=accountEnabled` },
    expect: { kind: 'equals' as const, field: 'accountEnabled', value: accountEnabled },
  },
  echo: {
    activities: [accountEnabled ? 'Enable account' : 'Disable account', 'Update user'],
    targetId: id(end),
    modified: { name: 'AccountEnabled', newValueContains: String(accountEnabled) },
  },
})
const fields = 'id,displayName,userPrincipalName,accountEnabled,userType,createdDateTime,signInActivity,onPremisesSyncEnabled'
const recent = { signInActivity: { lastSuccessfulSignInDateTime: '2026-11-01T00:00:00Z' } }

describeAction({
  action: disableStaleGuests,
  input: { userIds: [id(1), id(2)] },
  reads: [`/users/${id(1)}?$select=${fields}`, `/users/${id(2)}?$select=${fields}`],
  answers: [guest(1), guest(2, { signInActivity: null })],
  plan: {
    subject: about(1),
    changes: [
      { field: 'signIn', before: 'allowed: Guest 1', after: 'blocked' },
      { field: 'signIn', before: 'allowed: Guest 2', after: 'blocked' },
    ],
    steps: [
      { class: 'set', about: about(1), ...set(1, false), undo: set(1, true) },
      {
        class: 'set',
        about: about(2),
        ...set(2, false),
        before: { kind: 'equals', field: 'accountEnabled', value: true },
        undo: set(2, true),
      },
    ],
    preState: { accountEnabled: { [id(1)]: true, [id(2)]: true } },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [guest(1), undefined], values: { id: id(2) } },
    { reason: 'unreadable', answers: [guest(1), { id: id(2) }] },
    { reason: 'isAid', context: { aidId: id(2) } },
    { reason: 'isRequester', context: { requestedBy: id(2) } },
    { reason: 'notGuests', answers: [guest(1), guest(2, { userType: 'Member' })], values: { names: 'Guest 2' } },
    { reason: 'notGuests', answers: [guest(1), guest(2, { userType: null })] },
    { reason: 'alreadyBlocked', answers: [guest(1, { accountEnabled: false }), guest(2)], values: { names: 'Guest 1' } },
    { reason: 'inUse', answers: [guest(1), guest(2, recent)], values: { names: 'Guest 2', days: 90 } },
    { reason: 'inUse', answers: [guest(1, recent), guest(2, recent)], values: { names: 'Guest 1, Guest 2', days: 90 } },
    // Exactly 90 days ago is not yet longer than that.
    { reason: 'inUse', answers: [guest(1), guest(2, { signInActivity: { lastSuccessfulSignInDateTime: '2026-08-24T12:00:00Z' } })] },
    { reason: 'inUse', answers: [guest(1), guest(2, { signInActivity: null, createdDateTime: '2026-11-01T00:00:00Z' })] },
  ],
  warnings: [{ reason: 'synced', answers: [guest(1), guest(2, { onPremisesSyncEnabled: true })] }],
  badInputs: [
    {},
    { userIds: [] },
    { userIds: ['ana'] },
    { userIds: [id(1), id(1)] },
    { userIds: [planContext.aidId, planContext.aidId.toUpperCase()] },
    { userIds: Array.from({ length: 21 }, (_, index) => id(index)) },
    null,
  ],
  named: (displayName) => [guest(1, { displayName }), guest(2, { displayName })],
})

it('disable-stale-guests takes twenty guests', () => {
  const userIds = Array.from({ length: 20 }, (_, index) => id(index))
  const prepared = disableStaleGuests.prepare({ userIds })
  if (prepared.kind !== 'ready') throw new Error('The input fits.')
  const plan = prepared.prepared.plan(
    userIds.map((_, index) => guest(index)),
    planContext,
  )
  expect(plan.kind === 'plan' && plan.steps.map(({ about: { id: each } }) => each)).toEqual(userIds)
})
