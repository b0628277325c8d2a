import { defineCheck } from '../../check.ts'
import { judgePasswordAge } from '../../rules/password-age.ts'
import { notSaid } from '../../rules/tenant-setting.ts'

export const passwordsNeverExpire = defineCheck({
  id: 'passwords-never-expire',
  code: 'PW-01',
  area: 'authentication',
  severity: 'medium',
  title: 'Passwords do not expire by the calendar',
  failTitle: '{count, plural, one {A domain makes} other {# domains make}} passwords expire by the calendar',
  why: 'People who must change a good password choose a weaker one with a number at its end. Change it when it is known to others, not by date.',
  reasons: {
    notSaid,
    right:
      'No domain makes passwords expire{federated, plural, =0 {} one {; one federated domain follows rules of its own} other {; # federated domains follow rules of their own}}.',
    wrong: '{count, plural, one {This domain makes} other {These # domains make}} passwords expire: {names}.',
    federated: 'Every domain is federated: passwords follow the rules of another system.',
  },
  objectReason: 'Passwords expire after {days, plural, one {# day} other {# days}}.',
  remediation: [
    'Switch on a second factor for everybody and a list of banned passwords first.',
    'In the admin centre under Security and privacy, set passwords to never expire.',
  ],
  portal: 'https://admin.microsoft.com/#/Settings/SecurityPrivacy',
  frameworks: { scuba: ['MS.AAD.6.1v1'], cis: ['1.3.1'], zeroTrust: ['21811'] },

  needs: ['domains'],
  judge: ({ domains }) => judgePasswordAge(domains),
})
