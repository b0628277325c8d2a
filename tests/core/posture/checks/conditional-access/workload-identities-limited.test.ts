import { workloadIdentitiesLimited } from '../../../../../core/posture/checks/conditional-access/workload-identities-limited.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { blockingPolicy, coveringPolicy } from '../../../../build/facts.ts'

type Change = NonNullable<Parameters<typeof coveringPolicy>[1]>

const all = { includeServicePrincipals: ['ServicePrincipalsInMyTenant'], excludeServicePrincipals: [] }
const atRisk = { users: null, clientApplications: all, servicePrincipalRiskLevels: ['high'] }
const workloads = (change: Change = {}) => [coveringPolicy('p', { ...change, conditions: { ...atRisk, ...change.conditions } })]
const [plain = coveringPolicy('p')] = workloads()
const filtered = {
  ...plain,
  conditions: { ...plain.conditions, clientApplications: { ...all, servicePrincipalFilter: { mode: 'include', rule: 'x' } } },
}
const sku = (servicePlanId: string, capabilityStatus = 'Enabled') => ({
  id: servicePlanId,
  skuId: servicePlanId,
  capabilityStatus,
  servicePlans: [{ servicePlanId, provisioningStatus: 'Success' }],
})
const premium = sku('84c289f0-efcb-486f-8581-07f44fc9efad')

describeCheck(workloadIdentitiesLimited, { conditionalAccessPolicies: workloads(), subscribedSkus: [premium] }, [
  {
    name: 'passes where places limit them',
    given: {
      conditionalAccessPolicies: workloads({
        conditions: { servicePrincipalRiskLevels: [], locations: { includeLocations: ['All'], excludeLocations: ['l'] } },
      }),
    },
    verdict: 'pass',
  },
  {
    name: 'fails where the policy only reports',
    given: { conditionalAccessPolicies: workloads({ state: 'enabledForReportingButNotEnforced' }) },
    verdict: 'fail',
    reason: 'reportOnly',
    objects: ['p'],
  },
  ...[
    ['is for people', [blockingPolicy('p')]],
    ['names some only', workloads({ conditions: { clientApplications: { ...all, includeServicePrincipals: ['s'] } } })],
    [
      'leaves out a workload that nobody declared',
      workloads({ conditions: { clientApplications: { ...all, excludeServicePrincipals: ['s'] } } }),
    ],
    ['is for workloads of a filter', [filtered]],
    ['asks for risk and places at once', workloads({ conditions: { locations: { includeLocations: ['All'], excludeLocations: ['l'] } } })],
    [
      'leaves every place out',
      workloads({ conditions: { servicePrincipalRiskLevels: [], locations: { includeLocations: ['All'], excludeLocations: ['All'] } } }),
    ],
    ['leaves an application out', workloads({ applications: { excludeApplications: ['a'] } })],
    ['is for medium risk only', workloads({ conditions: { servicePrincipalRiskLevels: ['medium'] } })],
    ['asks for something else', workloads({ controls: ['mfa'] })],
  ].map(([what, conditionalAccessPolicies]) => ({
    name: `fails where the policy ${String(what)}`,
    given: { conditionalAccessPolicies: conditionalAccessPolicies as readonly unknown[] },
    verdict: 'fail' as const,
    reason: 'none',
  })),
  {
    name: 'does not apply without the licence',
    given: { conditionalAccessPolicies: [], subscribedSkus: [sku('other'), sku('84c289f0-efcb-486f-8581-07f44fc9efad', 'Deleted')] },
    verdict: 'notApplicable',
    reason: 'notLicensed',
  },
])
