import { appSecretInTier0Role } from '../../../../../core/posture/checks/applications/app-secret-in-tier-0-role.ts'
import { certificate, enterprise, registered } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { inDays, secret, holding } from '../../../../build/facts.ts'
import { schedule } from '../../../../build/people.ts'

describeCheck(
  appSecretInTier0Role,
  {
    applications: [registered('s')],
    servicePrincipals: [enterprise('s', { keyCredentials: [certificate('k', inDays(9))] })],
    roleAssignments: [holding('s', 'servicePrincipal')],
    roleDefinitions: [],
    roleEligibility: [],
    roleAssignmentSchedules: [],
    roleGroupMembers: [],
    pimGroupEligibility: [],
  },
  [
    {
      name: 'fails on a secret of its app registration',
      given: { applications: [registered('s', { passwordCredentials: [secret('k', inDays(9))] })] },
      verdict: 'fail',
      objects: ['s'],
      says: 'Global Administrator',
    },
    {
      name: 'fails on a secret of its own',
      given: { servicePrincipals: [enterprise('s', { passwordCredentials: [secret('k', inDays(9))] })] },
      verdict: 'fail',
      objects: ['s'],
    },
    {
      name: 'takes a role that ends in twenty years for one that is held for good',
      given: {
        applications: [registered('s', { passwordCredentials: [secret('k', inDays(9))] })],
        roleAssignmentSchedules: [schedule('s', { endDateTime: inDays(7300) })],
      },
      verdict: 'fail',
    },
    {
      name: 'passes when the role ends soon',
      given: {
        applications: [registered('s', { passwordCredentials: [secret('k', inDays(9))] })],
        roleAssignmentSchedules: [schedule('s', { endDateTime: inDays(20) })],
      },
      verdict: 'pass',
    },
    {
      name: 'passes when the secret has ended',
      given: { applications: [registered('s', { passwordCredentials: [secret('k', inDays(-1))] })] },
      verdict: 'pass',
    },
  ],
)
