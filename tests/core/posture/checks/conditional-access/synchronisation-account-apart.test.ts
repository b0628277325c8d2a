import { synchronisationAccountApart } from '../../../../../core/posture/checks/conditional-access/synchronisation-account-apart.ts'
import { organization } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { blockingPolicy, coveringPolicy, holding } from '../../../../build/facts.ts'

const role = 'd29b2b05-8046-44ba-8758-1e26182fcf32'
const synced = { ...organization(), onPremisesSyncEnabled: true }
const asking = (users: object) => coveringPolicy('p', { controls: ['mfa'], users })

describeCheck(
  synchronisationAccountApart,
  {
    organization: [synced],
    roleAssignments: [holding('sync', 'user', role)],
    conditionalAccessPolicies: [asking({ excludeRoles: [role] }), blockingPolicy('legacy')],
  },
  [
    {
      name: 'warns where a policy for everybody asks for a prompt',
      given: { conditionalAccessPolicies: [asking({})] },
      verdict: 'warn',
      reason: 'asked',
      objects: ['p'],
    },
    {
      name: 'passes where the account itself is left out',
      given: { conditionalAccessPolicies: [asking({ excludeUsers: ['SYNC'] })] },
      verdict: 'pass',
    },
    {
      name: 'passes where the account may come from one place only',
      given: {
        conditionalAccessPolicies: [
          asking({}),
          coveringPolicy('lock', {
            users: { includeUsers: [], includeRoles: [role] },
            conditions: { locations: { includeLocations: ['All'], excludeLocations: ['server'] } },
          }),
        ],
      },
      verdict: 'pass',
      reason: 'locked',
    },
    {
      name: 'warns where the account is blocked from one place only',
      given: {
        conditionalAccessPolicies: [
          asking({}),
          coveringPolicy('lock', {
            users: { includeUsers: [], includeRoles: [role] },
            conditions: { locations: { includeLocations: ['elsewhere'], excludeLocations: [] } },
          }),
        ],
      },
      verdict: 'warn',
      objects: ['p'],
    },
    { name: 'does not apply in the cloud', given: { organization: [organization()] }, verdict: 'notApplicable', reason: 'cloudOnly' },
    {
      name: 'does not apply where an application synchronises',
      given: { roleAssignments: [holding('connect', 'servicePrincipal', role)], conditionalAccessPolicies: [asking({})] },
      verdict: 'notApplicable',
      reason: 'noAccount',
    },
    {
      name: 'does not apply without the account',
      given: { roleAssignments: [holding('u')] },
      verdict: 'notApplicable',
      reason: 'noAccount',
    },
  ],
)
