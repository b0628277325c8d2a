import { controlPlanePermission } from '../../../../../core/posture/checks/applications/control-plane-permission.ts'
import { appRole, enterprise, grant, microsoftGraph, microsofts } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

describeCheck(
  controlPlanePermission,
  {
    servicePrincipals: [microsoftGraph(), enterprise('s')],
    oauth2PermissionGrants: [grant('s', 'User.Read')],
    appRoleAssignments: [appRole('s', 'ServiceHealth.Read.All')],
  },
  [
    {
      name: 'fails on a permission that reaches everything',
      given: { appRoleAssignments: [appRole('s', 'RoleManagement.ReadWrite.Directory')] },
      verdict: 'fail',
      objects: ['s/00000003-0000-0000-c000-000000000000/RoleManagement.ReadWrite.Directory'],
    },
    {
      name: 'leaves delegated permissions to another check',
      given: { oauth2PermissionGrants: [grant('s', 'RoleManagement.ReadWrite.Directory')] },
      verdict: 'pass',
    },
    {
      name: 'does not count what a person or a group was assigned',
      given: { appRoleAssignments: [{ ...appRole('s', 'RoleManagement.ReadWrite.Directory'), principalType: 'User' }] },
      verdict: 'pass',
    },
    {
      name: "leaves out Microsoft's own",
      given: {
        servicePrincipals: [microsoftGraph(), enterprise('s', { appOwnerOrganizationId: microsofts })],
        appRoleAssignments: [appRole('s', 'RoleManagement.ReadWrite.Directory')],
      },
      verdict: 'pass',
    },
  ],
)
