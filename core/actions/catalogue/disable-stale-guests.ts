import { defineAction, type PlanStep } from '../action.ts'
import { accountReasons, accountSubject, identityResponder, isRequester, readAccount, refuseOwn, setEnabled } from '../plans/account.ts'
import { parseAnswer, refuse } from '../plans/planning.ts'
import { guestFields, guestSchema, guestsInput, namesOf, refuseGuests, staleReasons, type Guest } from '../plans/stale-guests.ts'

export const disableStaleGuests = defineAction({
  id: 'disable-stale-guests',
  title: 'Block guests who no longer come',
  proposalTitle: 'Block guests who no longer come, {name} among them',
  why: 'A guest keeps access to what was once shared for as long as the account lives, also after leaving their own organisation.',
  input: guestsInput,
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
    ...staleReasons,
    isRequester,
  },
  preStateFields: ['accountEnabled'],
  auditActivities: ['Disable account', 'Enable account', 'Update user'],
  ifStolen: 'Block and unblock the sign-in of everybody in the reach of the role who holds no privileged role, and end their sessions.',
  unconfirmed: 'By how many hours signInActivity lags behind: Microsoft says up to a day.',
  undo: { possible: true, days: 30 },
  reads: ({ userIds }) => userIds.map((id) => readAccount(id, ...guestFields)),
  plan({ userIds }, answers, context) {
    const guests: Guest[] = []
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
    const refused = refuseGuests(guests, context.now)
    if (refused) return refused
    const synced = namesOf(guests, ({ onPremisesSyncEnabled }) => onPremisesSyncEnabled === true)
    return {
      kind: 'plan',
      subject: first,
      changes: subjects.map(({ name }) => ({ field: 'signIn', before: `allowed: ${name}`, after: 'blocked' })),
      steps: subjects.map((about, index): PlanStep => {
        const before = { kind: 'equals', field: 'accountEnabled', value: true } as const
        return { ...setEnabled(about.id, false), about, ...(index === 0 ? {} : { before }) }
      }),
      preState: { accountEnabled: Object.fromEntries(guests.map(({ id }) => [id, true])) },
      warnings: synced !== '' ? [{ reason: 'synced', values: { names: synced } }] : [],
    }
  },
})
