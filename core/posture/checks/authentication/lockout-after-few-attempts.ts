import { defineCheck } from '../../check.ts'
import { directoryNumber, passwordRules } from '../../rules/directory-settings.ts'
import { aboutTenant, judgeSetting, notSaid } from '../../rules/tenant-setting.ts'

export const lockoutAfterFewAttempts = defineCheck({
  id: 'lockout-after-few-attempts',
  code: 'PW-04',
  area: 'authentication',
  severity: 'low',
  title: 'Accounts lock after ten wrong passwords at most',
  failTitle: 'Accounts lock only after more than ten wrong passwords',
  why: 'Each further attempt is another guess. An attacker with a list of common passwords needs patience only where nothing ever locks.',
  reasons: {
    notSaid,
    right: 'An account locks after {value, plural, one {# wrong password} other {# wrong passwords}}.',
    wrong: 'An account locks only after {value, plural, one {# wrong password} other {# wrong passwords}}.',
  },
  objectReason: aboutTenant,
  remediation: ['In Password protection, set Lockout threshold to 10 or less.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/PasswordProtection',
  frameworks: { cis: ['5.2.3.8'], eidsca: ['EIDSCA.PR06'], zeroTrust: ['21850'] },
  licence: 'p1',

  needs: ['groupSettings'],
  judge({ groupSettings }) {
    // Where nobody changed it, the service takes 10.
    const value = directoryNumber(groupSettings, passwordRules, 'LockoutThreshold', 10)
    return judgeSetting('groupSettings', value === null ? null : value >= 1 && value <= 10, { value: value ?? 0 })
  },
})
