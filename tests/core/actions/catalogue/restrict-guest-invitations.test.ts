import { restrictGuestInvitations } from '@countersign/core/actions/catalogue/restrict-guest-invitations.ts'
import { describeAction } from '../../../build/action-cases.ts'

const path = '/policies/authorizationPolicy'
const policy = (allowInvitesFrom: string) => ({ id: 'authorizationPolicy', allowInvitesFrom })
const about = {
  type: 'tenant',
  id: 'authorizationPolicy',
  name: 'the tenant’s authorization policy',
  qualifier: 'authorizationPolicy',
} as const
const set = (value: string) => ({
  write: { method: 'PATCH' as const, path, body: { allowInvitesFrom: value } },
  readBack: { read: { path }, expect: { kind: 'equals' as const, field: 'allowInvitesFrom', value } },
  echo: {
    activities: ['Update authorization policy'],
    targetId: 'authorizationPolicy',
    modified: { name: 'AllowInvitesFrom', newValueContains: value },
  },
})
const toNone = { allow: 'none' }

describeAction({
  action: restrictGuestInvitations,
  input: { allow: 'adminsAndGuestInviters' },
  reads: [path],
  answers: [policy('everyone')],
  plan: {
    subject: about,
    changes: [{ field: 'guestInvitations', before: 'everybody, guests too', after: 'administrators and guest inviters' }],
    steps: [{ class: 'set', about, ...set('adminsAndGuestInviters'), undo: set('everyone') }],
    preState: { allowInvitesFrom: 'everyone' },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined] },
    { reason: 'unreadable', answers: [{ allowInvitesFrom: null }] },
    { reason: 'asStrict', answers: [policy('adminsAndGuestInviters')], values: { now: 'administrators and guest inviters' } },
    { reason: 'asStrict', answers: [policy('none')], values: { now: 'nobody' } },
    { reason: 'asStrict', input: toNone, answers: [policy('none')] },
    { reason: 'unknownValue', answers: [policy('unknownFutureValue')], values: { now: 'unknownFutureValue' } },
  ],
  badInputs: [{}, { allow: 'everyone' }, { allow: 'adminsGuestInvitersAndAllMembers' }, { allow: null }],
  named: null,
})
