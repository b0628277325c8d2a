import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'

export const adminConsentWorkflow = defineCheck({
  id: 'admin-consent-workflow',
  code: 'APP-39',
  area: 'applications',
  severity: 'medium',
  title: 'People can ask an administrator to let an application in',
  failTitle: 'People cannot ask an administrator to let an application in',
  why: 'Somebody who is refused and cannot ask looks for another way. A request tells the reviewers who wants what, and why.',
  reasons: {
    on: 'The admin consent workflow is on, with {reviewers, plural, one {# reviewer} other {# reviewers}}.',
    off: 'The admin consent workflow is off.',
    nobody: 'The admin consent workflow is on, and nobody is named as a reviewer.',
  },
  objectReason: '',
  remediation: [
    'Switch on “Users can request admin consent to apps they are unable to consent to”.',
    'Name reviewers who look at the requests.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ConsentPoliciesMenuBlade/~/AdminConsentSettings',
  frameworks: { scuba: ['MS.AAD.5.3v1'], eidsca: ['EIDSCA.CR01'], cis: ['5.1.5.2'], zeroTrust: ['21809'] },

  needs: ['adminConsentRequestPolicy'],
  judge({ adminConsentRequestPolicy }) {
    const basis = [factKey('adminConsentRequestPolicy', '')]
    const [policy] = adminConsentRequestPolicy
    // A reviewer that no query finds is nobody.
    const reviewers = policy?.reviewers.filter(({ query }) => (query ?? '').trim() !== '').length ?? 0
    const values = { reviewers }
    if (policy?.isEnabled !== true) return { verdict: 'fail', reason: 'off', values, objects: [], basis }
    if (reviewers === 0) return { verdict: 'fail', reason: 'nobody', values, objects: [], basis }
    return { verdict: 'pass', reason: 'on', values, basis }
  },
})
