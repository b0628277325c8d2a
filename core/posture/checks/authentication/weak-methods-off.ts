import { defineCheck } from '../../check.ts'
import { isAllowed, methodOf } from '../../rules/authentication-methods.ts'
import { aboutTenant, all, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

const weak = ['Sms', 'Voice', 'Email'] as const

export const weakMethodsOff = defineCheck({
  id: 'weak-methods-off',
  code: 'AM-02',
  area: 'authentication',
  severity: 'high',
  title: 'Text messages, calls and e-mail codes are switched off',
  failTitle: 'Text messages, calls or e-mail codes are allowed',
  why: 'A code that is sent or read out can be caught on the way: by a stolen SIM card, a forwarded mailbox or a friendly voice.',
  reasons: {
    notSaid,
    right: 'All three are switched off.',
    wrong: 'These methods are allowed: {methods}.',
  },
  objectReason: aboutTenant,
  remediation: [
    'See in the report on registered methods who has nothing better, and help them to a passkey or the Authenticator.',
    'Switch off SMS, Voice call and Email OTP in the authentication methods policy.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/AdminAuthMethods',
  frameworks: {
    scuba: ['MS.AAD.3.5v2'],
    cis: ['5.2.3.5', '5.2.3.7'],
    eidsca: ['EIDSCA.AS04', 'EIDSCA.AV01'],
    zeroTrust: ['21804'],
    attack: ['T1621'],
  },

  needs: ['authenticationMethodsPolicy'],
  judge({ authenticationMethodsPolicy }) {
    const states = weak.map((id) => ({ id, allowed: isAllowed(methodOf(authenticationMethodsPolicy, id)) }))
    const methods = states.filter(({ allowed }) => allowed === true).map(({ id }) => id)
    const isOff = all(...states.map(({ allowed }) => stands(allowed, false)))
    return judgeSetting('authenticationMethodsPolicy', isOff, { methods: methods.join(', ') })
  },
})
