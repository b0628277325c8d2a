import { administrationPortalsBlocked } from '../../../../../core/posture/checks/conditional-access/administration-portals-blocked.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { coveringPolicy } from '../../../../build/facts.ts'

type Change = NonNullable<Parameters<typeof coveringPolicy>[1]>

const portals = { includeApplications: ['MicrosoftAdminPortals'] }
const policies = (change: Change = {}) => ({
  conditionalAccessPolicies: [coveringPolicy('p', { ...change, applications: portals, users: { excludeRoles: ['r'], ...change.users } })],
})

describeCheck(administrationPortalsBlocked, policies(), [
  {
    name: 'fails where it only reports',
    given: policies({ state: 'enabledForReportingButNotEnforced' }),
    verdict: 'fail',
    reason: 'reportOnly',
  },
  {
    name: 'fails where it leaves out people who may be no administrators',
    given: policies({ users: { excludeGroups: ['g'] } }),
    verdict: 'fail',
    reason: 'nearMiss',
    objects: ['p'],
  },
  { name: 'fails where it is for some people', given: policies({ users: { includeUsers: ['u'] } }), verdict: 'fail', reason: 'someUsers' },
  { name: 'fails where it asks in place of blocking', given: policies({ controls: ['mfa'] }), verdict: 'fail', reason: 'none' },
  { name: 'fails without a policy', given: { conditionalAccessPolicies: [] }, verdict: 'fail', reason: 'none' },
])
