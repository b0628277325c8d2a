import { defineCheck } from '../../check.ts'
import type { Verdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { coversNobodyOrNothing } from '../../rules/conditional-access-empty.ts'

export const securityDefaultsOrPolicies = defineCheck({
  id: 'security-defaults-or-policies',
  code: 'CA-33',
  area: 'conditionalAccess',
  severity: 'critical',
  title: 'Security defaults or Conditional Access protect the tenant',
  failTitle: 'Neither security defaults nor Conditional Access protect the tenant',
  why: 'Without either, a password is all that stands between the internet and every account.',
  reasons: {
    policies: '{count, plural, one {A Conditional Access policy is} other {# Conditional Access policies are}} switched on.',
    defaults: 'Security defaults are on.',
    nothing: 'Security defaults are off, and no Conditional Access policy that covers anybody is switched on.',
  },
  objectReason: 'It is not switched on.',
  remediation: [
    'Without Microsoft Entra ID P1, switch on security defaults.',
    'With it, start from the policy templates of Microsoft: second factor for everybody, block legacy authentication.',
    'Keep two emergency access accounts out of the policies, and declare them as exceptions in the settings.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/TenantOverview.ReactView',
  frameworks: { maester: ['MT.1021'] },

  needs: ['securityDefaults', 'conditionalAccessCoverage'],
  judge({ securityDefaults, conditionalAccessCoverage }): Verdict {
    const enabled = conditionalAccessCoverage.filter((policy) => policy.state === 'enabled' && !coversNobodyOrNothing(policy))
    const basis = [factKey('securityDefaults', ''), factKey('conditionalAccessPolicies', '')]
    if (enabled.length > 0) return { verdict: 'pass', reason: 'policies', values: { count: enabled.length }, basis }
    if (securityDefaults.some(({ isEnabled }) => isEnabled)) return { verdict: 'pass', reason: 'defaults', values: {}, basis }
    return { verdict: 'fail', reason: 'nothing', values: {}, objects: [], basis }
  },
})
