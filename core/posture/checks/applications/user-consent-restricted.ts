import { defineCheck, fixWith } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { consentPage } from '../../rules/application-objects.ts'
import { riskyLows } from '../../rules/classifications.ts'
import { selfConsentPolicies } from '../../rules/self-consent.ts'
import { judgeSetting, notSaid } from '../../rules/tenant-setting.ts'

export const userConsentRestricted = defineCheck({
  id: 'user-consent-restricted',
  code: 'APP-37',
  area: 'applications',
  severity: 'high',
  title: 'People cannot let any application in by themselves',
  failTitle: 'People can let applications in by themselves',
  why: 'Consent phishing asks for a click instead of a password, and the click outlives a password change. Where people cannot consent, the click leads nowhere.',
  reasons: {
    notSaid,
    off: 'People cannot consent to applications; administrators decide.',
    lowOnly:
      'People can consent only to permissions that are called low in impact, for verified publishers, and no risky one is called so.',
    lowNotAllowed:
      'People can consent to permissions that are called low in impact. The baseline wants administrators to decide on every application.',
    riskyLow:
      'People can consent to permissions that are called low in impact, and {risky, plural, one {# of them is not known to be low} other {# of them are not known to be low}}.',
    open: 'People can consent by the policy {policy}.',
    custom: 'People can consent by the policy {policy}, which was made here. Look at what it lets in.',
  },
  objectReason: '',
  remediation: [
    'Switch the admin consent workflow on, so that people can ask.',
    'Then set user consent to “Do not allow user consent”, or to verified publishers and selected permissions.',
  ],
  portal: consentPage,
  // The one setting that every framework accepts, whatever policy people consent by now.
  fix: fixWith('restrict-user-consent', ({ type }) => (type === 'tenant' ? { allow: 'none' } : undefined)),
  frameworks: { scuba: ['MS.AAD.5.2v1'], eidsca: ['EIDSCA.AP08'], cis: ['5.1.5.1'], zeroTrust: ['21776'], attack: ['T1528'] },

  needs: ['authorizationPolicy', 'delegatedPermissionClassifications', 'servicePrincipals'],
  judge({ authorizationPolicy, delegatedPermissionClassifications, servicePrincipals }, { parameters }) {
    const basis = [factKey('authorizationPolicy', ''), factKey('delegatedPermissionClassifications', '')]
    if (authorizationPolicy.length === 0) return judgeSetting('authorizationPolicy', null)
    const policies = selfConsentPolicies(authorizationPolicy)
    const others = policies.filter((id) => id !== 'microsoft-user-default-low')
    const open = others.find((id) => id.startsWith('microsoft-'))
    const risky = riskyLows(delegatedPermissionClassifications, servicePrincipals).length
    const values = { policy: open ?? others[0] ?? '', risky }
    if (open !== undefined) return { verdict: 'fail', reason: 'open', values, objects: [], basis }
    if (policies.length > others.length && risky > 0) return { verdict: 'fail', reason: 'riskyLow', values, objects: [], basis }
    if (others.length > 0) return { verdict: 'warn', reason: 'custom', values, objects: [], basis }
    if (policies.length === 0) return { verdict: 'pass', reason: 'off', values, basis }
    if (!parameters.lowImpactConsentAllowed) return { verdict: 'warn', reason: 'lowNotAllowed', values, objects: [], basis }
    return { verdict: 'pass', reason: 'lowOnly', values, basis }
  },
})
