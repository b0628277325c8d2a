import { defineCheck } from '../../check.ts'
import type { Verdict } from '../../check.ts'
import { isAllowed, methodOf } from '../../rules/authentication-methods.ts'
import type { Feature } from '../../rules/authentication-methods.ts'
import { judgePolicies } from '../../rules/conditional-access-coverage.ts'
import { phishingResistantForEverybody } from '../../rules/strong-sign-in.ts'
import { aboutTenant, all, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const authenticatorShowsContext = defineCheck({
  id: 'authenticator-shows-context',
  code: 'AM-03',
  area: 'authentication',
  severity: 'medium',
  title: 'The Authenticator shows where a request comes from',
  failTitle: 'The Authenticator does not show everybody where a request comes from',
  why: 'A person who sees the application and the place in a request notices one that they did not make. Without them, tired people tap Approve.',
  reasons: {
    notSaid,
    right: 'Application and place of a request are shown to everybody.',
    wrong: 'Application or place is not shown to everybody.',
    codes: 'The codes of the app are allowed beside its requests; a code shows nothing, and can be passed on.',
    off: 'The Authenticator is switched off.',
    resistant: 'Conditional Access asks everybody for a method that resists phishing, so no request is ever approved by a tap.',
  },
  objectReason: aboutTenant,
  remediation: [
    'In the settings of Microsoft Authenticator, set Show application name and Show geographic location to Enabled for all users.',
    'Switch off the use of Microsoft Authenticator OTP.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/AdminAuthMethods',
  frameworks: {
    scuba: ['MS.AAD.3.3v2'],
    cis: ['5.2.3.1'],
    eidsca: ['EIDSCA.AM06', 'EIDSCA.AM07', 'EIDSCA.AM09', 'EIDSCA.AM10'],
    zeroTrust: ['21802'],
    attack: ['T1621'],
  },

  needs: ['authenticationMethodsPolicy', 'conditionalAccessCoverage'],
  judge({ authenticationMethodsPolicy, conditionalAccessCoverage }, context): Verdict {
    if (judgePolicies(conditionalAccessCoverage, context, phishingResistantForEverybody).verdict === 'pass')
      return { verdict: 'notApplicable', reason: 'resistant', values: {} }
    const method = methodOf(authenticationMethodsPolicy, 'MicrosoftAuthenticator')
    if (isAllowed(method) === false) return { verdict: 'notApplicable', reason: 'off', values: {} }
    const { displayAppInformationRequiredState: app, displayLocationInformationRequiredState: place } = method?.featureSettings ?? {}
    const isShown = all(isForEverybody(app), isForEverybody(place))
    const areCodesFine = context.parameters.authenticatorCodesAllowed || stands(method?.isSoftwareOathEnabled, false)
    const verdict = judgeSetting('authenticationMethodsPolicy', all(isShown, areCodesFine))
    return verdict.verdict === 'fail' && isShown === true ? { ...verdict, reason: 'codes' } : verdict
  },
})

function isForEverybody(feature: Feature | null | undefined): boolean | null {
  if (!feature?.state) return null
  // Zeros stand for nobody.
  const leavesOut = feature.excludeTarget !== null && feature.excludeTarget.id !== '00000000-0000-0000-0000-000000000000'
  return feature.state === 'enabled' && feature.includeTarget?.id === 'all_users' && !leavesOut
}
