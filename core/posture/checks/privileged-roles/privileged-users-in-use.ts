import { defineCheck } from '../../check.ts'
import { leftBehind } from '../../rules/inactivity.ts'
import { isEmergencyAccount, personObject } from '../../rules/people.ts'
import { principalOf, privilegedHolds, roleNames } from '../../rules/privileged.ts'

export const privilegedUsersInUse = defineCheck({
  id: 'privileged-users-in-use',
  code: 'PR-14',
  area: 'privilegedRoles',
  severity: 'high',
  licence: 'p1',
  title: 'Accounts with privileged roles are in use',
  failTitle: '{count, plural, one {# account with a privileged role has} other {# accounts with privileged roles have}} been left behind',
  why: 'Nobody notices when an account that its owner has forgotten is broken into, and with a privileged role it is worth the trouble.',
  reasons: {
    used: 'Each enabled account with a privileged role has signed in within {days} days, apart from emergency access accounts that are declared.',
    unused:
      '{count, plural, one {# enabled account with a privileged role has} other {# enabled accounts with privileged roles have}} not signed in for more than {days} days.',
  },
  objectReason: '{ever, select, true {Last signed in {days} days ago} other {Never signed in}}, and holds {roles}.',
  remediation: [
    'Ask the owner of the account whether the role is still needed.',
    'Take the role away, or disable the account.',
    'Declare emergency access accounts in the settings of Countersign; they are meant to rest.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/RolesManagementMenuBlade/~/AllRoles',
  frameworks: { maester: ['MT.1029'], zeroTrust: ['21854'], attack: ['T1078.004'] },

  each: ['userSignInActivity'],
  needs: ['privilegedPrincipals'],
  judge({ row }, { privilegedPrincipals }, { now, settings, parameters }) {
    const principal = principalOf(privilegedPrincipals, row.id)
    const holds = principal ? privilegedHolds(principal, settings) : []
    if (holds.length === 0 || !row.accountEnabled || isEmergencyAccount(row.id, settings)) return []
    const left = leftBehind(row, now, parameters.inactiveDays)
    if (!left) return []
    const values = { ever: String(left.ever), days: left.days, roles: roleNames(holds) }
    return [{ verdict: 'fail', object: personObject('userSignInActivity', row, values) }]
  },
  summary: { pass: 'used', fail: 'unused', warn: 'unused', values: ({ parameters }) => ({ days: parameters.inactiveDays }) },
})
