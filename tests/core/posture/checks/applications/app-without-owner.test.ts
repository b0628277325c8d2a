import { appWithoutOwner } from '../../../../../core/posture/checks/applications/app-without-owner.ts'
import { appRole, enterprise, microsoftGraph, ownedBy, registered } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

describeCheck(
  appWithoutOwner,
  {
    applications: [registered('a')],
    applicationOwners: [ownedBy('a', 'u')],
    servicePrincipals: [microsoftGraph(), enterprise('a')],
    oauth2PermissionGrants: [],
    appRoleAssignments: [appRole('a', 'RoleManagement.ReadWrite.Directory')],
  },
  [
    {
      name: 'fails without an owner where it can take over the tenant',
      given: { applicationOwners: [ownedBy('a')] },
      verdict: 'fail',
      objects: ['a'],
      says: 'control of the tenant',
    },
    {
      name: 'warns without an owner elsewhere',
      given: { applicationOwners: [ownedBy('a')], appRoleAssignments: [] },
      verdict: 'warn',
      objects: ['a'],
    },
    {
      name: 'does not judge one that is newer than the list of owners',
      given: { applications: [registered('a'), registered('b')] },
      verdict: 'pass',
    },
  ],
)
