import { defineCheck } from '../../check.ts'
import { inactivityOf } from '../../rules/inactivity.ts'
import { isEmergencyAccount, isGuest, personObject } from '../../rules/people.ts'

export const newAccountsFirstSignIn = defineCheck({
  id: 'new-accounts-first-sign-in',
  code: 'US-02',
  area: 'guestsAndUsers',
  severity: 'low',
  licence: 'p1',

  title: 'New accounts are taken into use',
  failTitle: '{count, plural, one {# account was} other {# accounts were}} made and never used',
  why: 'An account that waits for its owner often has a first password that several people know.',
  reasons: {
    used: 'Each enabled account of a member that is older than {days} days has signed in at least once.',
    unused:
      '{count, plural, one {# enabled account is} other {# enabled accounts are}} older than {days} days and {count, plural, one {has} other {have}} never signed in.',
  },
  objectReason: 'Made {days} days ago and never used ({userPrincipalName}).',
  remediation: ['Ask who needs the account.', 'Disable it, or hand it over with a new temporary access pass.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers',

  frameworks: { attack: ['T1078'] },

  each: ['userSignInActivity'],
  needs: [],
  judge({ row }, _facts, { now, settings, parameters }) {
    const { state, ...rest } = inactivityOf(row, now)
    if (state !== 'never' || !row.accountEnabled || isGuest(row.userType) || isEmergencyAccount(row.id, settings)) return []
    // An account whose age nobody knows was made before Graph noted it.
    const days = ('days' in rest ? rest.days : undefined) ?? parameters.newAccountDays + 1
    return days > parameters.newAccountDays ? [{ verdict: 'warn', object: personObject('userSignInActivity', row, { days }) }] : []
  },
  summary: { pass: 'used', fail: 'unused', warn: 'unused', values: ({ parameters }) => ({ days: parameters.newAccountDays }) },
})
