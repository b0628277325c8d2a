import { defineCheck } from '../../check.ts'
import { directoryNumber, passwordRules } from '../../rules/directory-settings.ts'
import { aboutTenant, judgeSetting, notSaid } from '../../rules/tenant-setting.ts'

export const lockoutLasts = defineCheck({
  id: 'lockout-lasts',
  code: 'PW-05',
  area: 'authentication',
  severity: 'low',
  title: 'A locked account stays locked for a minute at least',
  failTitle: 'A locked account opens again within a minute',
  why: 'A lock that opens at once slows nobody who guesses by machine.',
  reasons: {
    notSaid,
    right: 'A lock lasts {value, plural, one {# second} other {# seconds}}.',
    wrong: 'A lock lasts only {value, plural, one {# second} other {# seconds}}.',
  },
  objectReason: aboutTenant,
  remediation: ['In Password protection, set Lockout duration to 60 seconds or more.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/PasswordProtection',
  frameworks: { cis: ['5.2.3.9'], eidsca: ['EIDSCA.PR05'], zeroTrust: ['21849'] },
  licence: 'p1',

  needs: ['groupSettings'],
  judge({ groupSettings }) {
    // Where nobody changed it, the service takes 60.
    const value = directoryNumber(groupSettings, passwordRules, 'LockoutDurationInSeconds', 60)
    return judgeSetting('groupSettings', value === null ? null : value >= 60, { value: value ?? 0 })
  },
})
