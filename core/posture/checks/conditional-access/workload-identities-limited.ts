import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { enforceFix, namesOf, policiesPortal, policyObject, policyObjectReason } from '../../rules/conditional-access-coverage.ts'
import { mayHaveWorkloadIdentities } from '../../rules/plan-licence.ts'
import { limitsWorkloads } from '../../rules/workload-policies.ts'

export const workloadIdentitiesLimited = defineCheck({
  id: 'workload-identities-limited',
  code: 'CA-34',
  area: 'conditionalAccess',
  severity: 'medium',
  title: 'Applications that sign in by themselves are limited by risk or place',
  failTitle: 'Applications that sign in by themselves may come from anywhere',
  why: 'An application has no second factor. Whoever steals its secret signs in from any place at any time, unless a policy for workload identities stops them.',
  reasons: {
    limited:
      '{count, plural, one {The policy {names} blocks} other {The policies {names} block}} workload identities at risk or from unknown places.',
    reportOnly: 'The policy {names} would do it, but it only reports. Nothing is enforced until it is switched on.',
    none: 'No policy that is switched on blocks workload identities at risk or from unknown places.',
    notLicensed: 'It needs Microsoft Entra Workload ID Premium, which the tenant does not have.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for workload identities: all service principals of your tenant, all resources, Block access.',
    'Limit it by service principal risk (high), or by all locations except those from which your applications sign in.',
    'Start it as report-only, read the service principal sign-ins for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { zeroTrust: ['21883', '21884'], attack: ['T1078.004'] },

  needs: ['conditionalAccessCoverage', 'subscribedSkus'],
  judge({ conditionalAccessCoverage, subscribedSkus }, { settings }) {
    const basis = [factKey('conditionalAccessPolicies', '')]
    const fitting = conditionalAccessCoverage.filter((policy) => limitsWorkloads(policy, settings))
    const on = fitting.filter(({ state }) => state === 'enabled')
    if (on.length > 0) return { verdict: 'pass', reason: 'limited', values: { count: on.length, names: namesOf(on) }, basis }
    if (!mayHaveWorkloadIdentities(subscribedSkus)) return { verdict: 'notApplicable', reason: 'notLicensed', values: {} }
    const reporting = fitting.filter(({ state }) => state === 'reportOnly')
    const objects = reporting.map((policy) => policyObject({ policy, obstacle: 'reportOnly', detail: '' }))
    const reason = reporting.length > 0 ? 'reportOnly' : 'none'
    return { verdict: 'fail', reason, values: { names: namesOf(reporting) }, objects, basis }
  },
})
