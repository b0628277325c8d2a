import { permissionNotDeclared } from '../../../../../core/posture/checks/applications/permission-not-declared.ts'
import { appRole, enterprise, microsoftGraph, registered, graphAppId, appRoleIds } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

describeCheck(
  permissionNotDeclared,
  {
    applications: [
      registered('a', {
        requiredResourceAccess: [{ resourceAppId: graphAppId, resourceAccess: [{ id: appRoleIds['User.Read.All'], type: 'Role' }] }],
      }),
    ],
    servicePrincipals: [microsoftGraph(), enterprise('a'), enterprise('theirs', { appOwnerOrganizationId: 'other' })],
    oauth2PermissionGrants: [],
    appRoleAssignments: [appRole('a', 'User.Read.All'), appRole('theirs', 'Mail.Send')],
  },
  [
    {
      name: 'warns on what was given past it',
      given: { appRoleAssignments: [appRole('a', 'User.Read.All'), appRole('a', 'Mail.Send')] },
      verdict: 'warn',
      objects: ['a/00000003-0000-0000-c000-000000000000/Mail.Send'],
    },
    {
      name: 'does not take the same id at another resource for it',
      given: {
        applications: [
          registered('a', {
            requiredResourceAccess: [{ resourceAppId: 'other', resourceAccess: [{ id: appRoleIds['User.Read.All'], type: 'Role' }] }],
          }),
        ],
      },
      verdict: 'warn',
    },
  ],
)
