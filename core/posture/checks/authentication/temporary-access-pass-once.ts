import { defineCheck } from '../../check.ts'
import type { Verdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { isAllowed, methodOf } from '../../rules/authentication-methods.ts'
import { aboutTenant, all, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const temporaryAccessPassOnce = defineCheck({
  id: 'temporary-access-pass-once',
  code: 'AM-06',
  area: 'authentication',
  severity: 'low',
  title: 'A Temporary Access Pass works once',
  failTitle: 'A Temporary Access Pass may be used again',
  why: 'A pass that works for hours lets whoever overheard it sign in beside the person it was made for.',
  reasons: {
    notSaid,
    right: 'A pass works once.',
    wrong: 'A pass may be used again until it ends.',
    off: 'Passes are switched off: people without a method are helped in less safe ways, such as a password by telephone.',
  },
  objectReason: aboutTenant,
  remediation: ['Open Temporary Access Pass in the authentication methods policy.', 'Allow it, and set Require one-time use to Yes.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/AdminAuthMethods',
  frameworks: { eidsca: ['EIDSCA.AT01', 'EIDSCA.AT02'], zeroTrust: ['21845', '21846'] },

  needs: ['authenticationMethodsPolicy'],
  judge({ authenticationMethodsPolicy }): Verdict {
    const method = methodOf(authenticationMethodsPolicy, 'TemporaryAccessPass')
    const basis = [factKey('authenticationMethodsPolicy', '')]
    if (isAllowed(method) === false) return { verdict: 'warn', reason: 'off', values: {}, objects: [], basis }
    return judgeSetting('authenticationMethodsPolicy', all(isAllowed(method), stands(method?.isUsableOnce, true)))
  },
})
