import { policyGroupsProtected } from '../../../../../core/posture/checks/conditional-access/policy-groups-protected.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { coveringPolicy } from '../../../../build/facts.ts'
import { group } from '../../../../build/people.ts'

const safe = [group('g', { isAssignableToRole: true }), group('h', { isManagementRestricted: true })]

describeCheck(
  policyGroupsProtected,
  {
    conditionalAccessPolicies: [coveringPolicy('p', { users: { excludeGroups: ['G'], includeGroups: ['h'] } })],
    roleDefinitions: [],
    groups: [...safe, group('unnamed')],
    users: [],
  },
  [
    {
      name: 'fails for a group that many may change',
      given: { groups: [group('g'), group('h', { isManagementRestricted: false })] },
      verdict: 'fail',
      reason: 'open',
      objects: ['g', 'h'],
      says: 'Left out of Policy p',
    },
    {
      name: 'passes where no policy names a group',
      given: { conditionalAccessPolicies: [coveringPolicy('p')] },
      verdict: 'pass',
      reason: 'noGroups',
    },
    { name: 'leaves a deleted group to another check', given: { groups: safe.slice(1) }, verdict: 'pass' },
  ],
)
