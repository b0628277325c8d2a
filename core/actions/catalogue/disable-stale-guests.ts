import { z } from 'zod'
import { userSignInActivity } from '../../posture/facts/user-sign-in-activity.ts'
import { inactiveDays, leftBehind } from '../../posture/rules/inactivity.ts'
import { defineAction, type PlanStep } from '../action.ts'
import { accountReasons, accountSubject, identityResponder, isRequester, readAccount, refuseOwn, setEnabled } from '../plans/account.ts'
import { parseAnswer, refuse } from '../plans/planning.ts'

const most = 20
const fields = ['accountEnabled', 'userType', 'createdDateTime', 'signInActivity', 'onPremisesSyncEnabled']
const guestSchema = userSignInActivity.row.and(z.object({ onPremisesSyncEnabled: z.boolean().nullish() }))

export const disableStaleGuests = defineAction({
  id: 'disable-stale-guests',
  title: 'Block guests who no longer come',
  proposalTitle: 'Block guests who no longer come, {name} among them',
  why: 'A guest keeps access to what was once shared for as long as the account lives, also after leaving their own organisation.',
  input: z
    .object({
      userIds: z
        .array(z.uuid())
        .min(1)
        .max(most)
        .refine((ids) => new Set(ids.map((id) => id.toLowerCase())).size === ids.length, 'Each guest can be named once only.'),
    })
    .strict(),
  impact: 'high',
  starts: 'off',
  licence: 'p1',
  inputs: [{ name: 'userIds', title: 'Guests', is: 'guests' }],
  touches: ['signIn'],
  writeScopes: ['User.EnableDisableAccount.All', 'User.Read.All'],
  proofScopes: ['User.Read.All', 'AuditLog.Read.All'],
  directoryRole: {
    ...identityResponder,
    actions: ['microsoft.directory/users/disable', 'microsoft.directory/users/enable'],
    because: 'The smallest built-in role that may block and unblock sign-in; a unit that holds guests only keeps it from everybody else.',
    scope: 'administrativeUnit',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    ...accountReasons,
    isRequester,
    notGuests: 'Only guests can be blocked here. These are none: {names}.',
    alreadyBlocked: 'Blocked already: {names}.',
    inUse: 'Not left behind, because they signed in or were made within the last {days} days: {names}.',
    synced: 'Synced from Active Directory, which is their master and may undo this: {names}.',
  },
  preStateFields: ['accountEnabled'],
  auditActivities: ['Disable account', 'Enable account', 'Update user'],
  ifStolen: 'Block and unblock the sign-in of everybody in the reach of the role who holds no privileged role, and end their sessions.',
  unconfirmed: 'By how many hours signInActivity lags behind: Microsoft says up to a day.',
  undo: { possible: true, days: 30 },
  reads: ({ userIds }) => userIds.map((id) => readAccount(id, ...fields)),
  plan({ userIds }, answers, context) {
    const guests: z.infer<typeof guestSchema>[] = []
    for (const [index, userId] of userIds.entries()) {
      const read = parseAnswer(guestSchema, answers[index], userId)
      if (read.kind === 'refused') return read
      const own = refuseOwn(read.row, context)
      if (own) return own
      guests.push(read.row)
    }
    const subjects = guests.map(accountSubject)
    const [first] = subjects
    if (!first) return refuse('unreadable')
    const namesOf = (isOne: (guest: (typeof guests)[number]) => boolean) => guests.filter(isOne).map((guest) => accountSubject(guest).name)
    const members = namesOf(({ userType }) => userType !== 'Guest')
    if (members.length > 0) return refuse('notGuests', { names: members.join(', ') })
    const blocked = namesOf(({ accountEnabled }) => !accountEnabled)
    if (blocked.length > 0) return refuse('alreadyBlocked', { names: blocked.join(', ') })
    const used = namesOf((guest) => leftBehind(guest, context.now) === undefined)
    if (used.length > 0) return refuse('inUse', { names: used.join(', '), days: inactiveDays })
    const synced = namesOf(({ onPremisesSyncEnabled }) => onPremisesSyncEnabled === true)
    return {
      kind: 'plan',
      subject: first,
      changes: subjects.map(({ name }) => ({ field: 'signIn', before: `allowed: ${name}`, after: 'blocked' })),
      steps: subjects.map((about, index): PlanStep => {
        const before = { kind: 'equals', field: 'accountEnabled', value: true } as const
        return { ...setEnabled(about.id, false), about, ...(index === 0 ? {} : { before }) }
      }),
      preState: { accountEnabled: Object.fromEntries(guests.map(({ id }) => [id, true])) },
      warnings: synced.length > 0 ? [{ reason: 'synced', values: { names: synced.join(', ') } }] : [],
    }
  },
})
