import { defineCheck, fixWith } from '../../check.ts'
import { sameId } from '../../rows/graph-values.ts'
import { leftBehind } from '../../rules/inactivity.ts'
import { isEmergencyAccount, isGuest, personObject } from '../../rules/people.ts'

export const membersInUse = defineCheck({
  id: 'members-in-use',
  code: 'US-01',
  area: 'guestsAndUsers',
  severity: 'medium',
  licence: 'p1',

  title: 'Accounts that nobody uses are disabled',
  failTitle: '{count, plural, one {# account has} other {# accounts have}} not been used for a long time and can still sign in',
  why: 'Nobody notices when an account that its owner has forgotten is broken into.',
  reasons: {
    used: 'Each enabled account of a member has signed in within {days} days, or is younger than that, apart from emergency access accounts and accounts of programs that are declared.',
    unused:
      '{count, plural, one {# enabled account of a member has} other {# enabled accounts of members have}} not signed in for more than {days} days.',
  },
  objectReason:
    '{ever, select, true {Last signed in {days} days ago} other {Never signed in; the account is {days} days old or older}} ({userPrincipalName}).',
  remediation: [
    'Ask the manager or the personnel office whether the person is still there.',
    'Disable the account.',
    'Turn accounts that belong to a program into a managed identity or an application.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers',
  fix: fixWith('disable-user', (object) => ({ userId: object.id })),
  frameworks: { attack: ['T1078'] },

  each: ['userSignInActivity'],
  needs: [],
  judge({ row }, _facts, { now, settings, parameters }) {
    // A program may work without a sign-in that Graph notes here for longer; whoever declared its account answers for it.
    const mayRest = isEmergencyAccount(row.id, settings) || settings.serviceAccounts.some((id) => sameId(id, row.id))
    const left = row.accountEnabled && !isGuest(row.userType) && !mayRest ? leftBehind(row, now, parameters.inactiveDays) : undefined
    if (!left) return []
    return [{ verdict: 'fail', object: personObject('userSignInActivity', row, { ever: String(left.ever), days: left.days }) }]
  },
  summary: { pass: 'used', fail: 'unused', warn: 'unused', values: ({ parameters }) => ({ days: parameters.inactiveDays }) },
})
