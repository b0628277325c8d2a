import { defineCheck, fixWith } from '../../check.ts'
import { leftBehind } from '../../rules/inactivity.ts'
import { isGuest, personObject } from '../../rules/people.ts'

export const guestsInUse = defineCheck({
  id: 'guests-in-use',
  code: 'GU-04',
  area: 'guestsAndUsers',
  severity: 'medium',
  licence: 'p1',

  title: 'Guests who no longer come are disabled',
  failTitle: '{count, plural, one {# guest has} other {# guests have}} not come for a long time and can still sign in',
  why: 'A guest keeps access to what was once shared for as long as the account lives, also after leaving their own organisation.',
  reasons: {
    used: 'Each enabled guest has signed in within {days} days, or is younger than that.',
    unused: '{count, plural, one {# enabled guest has} other {# enabled guests have}} not signed in for more than {days} days.',
  },
  objectReason:
    '{ever, select, true {Last signed in {days} days ago} other {Never signed in; the account is {days} days old or older}} ({userPrincipalName}).',
  remediation: [
    'Ask whoever invited the guest whether the work goes on.',
    'Disable the account, and delete it after a month in which nobody missed it.',
    'Make an access review of guests, so that this happens by itself.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers',
  fix: fixWith('disable-user', (object) => ({ userId: object.id }), {
    action: 'disable-stale-guests',
    // As many as the action's plan takes.
    most: 20,
    input: (guests) => ({ userIds: guests.map(({ id }) => id) }),
  }),
  frameworks: { zeroTrust: ['21858'], attack: ['T1078.004'] },

  each: ['userSignInActivity'],
  needs: [],
  judge({ row }, _facts, { now, parameters }) {
    const left = row.accountEnabled && isGuest(row.userType) ? leftBehind(row, now, parameters.inactiveDays) : undefined
    if (!left) return []
    return [{ verdict: 'fail', object: personObject('userSignInActivity', row, { ever: String(left.ever), days: left.days }) }]
  },
  summary: { pass: 'used', fail: 'unused', warn: 'unused', values: ({ parameters }) => ({ days: parameters.inactiveDays }) },
})
