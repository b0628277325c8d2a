import { policiesNameWhatExists } from '../../../../../core/posture/checks/conditional-access/policies-name-what-exists.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { coveringPolicy } from '../../../../build/facts.ts'
import { customRole, group, user } from '../../../../build/people.ts'

const policy = coveringPolicy('p', {
  users: { includeUsers: ['All', 'U'], excludeGroups: ['g'], excludeRoles: ['r'], excludeUsers: ['GuestsOrExternalUsers'] },
  conditions: {
    locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted', 'L', '00000000-0000-0000-0000-000000000000'] },
    clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'], excludeServicePrincipals: ['S'] },
  },
})

describeCheck(
  policiesNameWhatExists,
  {
    conditionalAccessPolicies: [policy, coveringPolicy('q', { applications: { includeApplications: ['a-client-that-nobody-lists'] } })],
    roleDefinitions: [customRole('r', [])],
    groups: [group('g')],
    users: [user('u')],
    namedLocations: [
      { '@odata.type': '#microsoft.graph.countryNamedLocation', id: 'l', displayName: 'Home', isTrusted: null, ipRanges: null },
    ],
    servicePrincipals: [{ id: 's', appId: 'c', displayName: null, passwordCredentials: [] }],
  },
  [
    {
      name: 'fails without the user',
      given: { users: [] },
      verdict: 'fail',
      objects: ['p/user/u'],
      says: 'the user u, which is no longer there',
    },
    { name: 'fails without the group', given: { groups: [] }, verdict: 'fail', objects: ['p/group/g'] },
    { name: 'fails without the role', given: { roleDefinitions: [] }, verdict: 'fail', objects: ['p/role/r'] },
    { name: 'fails without the place', given: { namedLocations: [] }, verdict: 'fail', objects: ['p/location/l'] },
    { name: 'fails without the application', given: { servicePrincipals: [] }, verdict: 'fail', objects: ['p/servicePrincipal/s'] },
  ],
)
