import { disabledAppKeepsPermissions } from '../../../../../core/posture/checks/applications/disabled-app-keeps-permissions.ts'
import { appRole, enterprise, grant, microsoftGraph } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

describeCheck(
  disabledAppKeepsPermissions,
  {
    servicePrincipals: [microsoftGraph(), enterprise('s'), enterprise('off', { accountEnabled: false })],
    oauth2PermissionGrants: [grant('s', 'User.Read')],
    appRoleAssignments: [],
  },
  [
    {
      name: 'warns on an application permission',
      given: { appRoleAssignments: [appRole('off', 'User.Read.All')] },
      verdict: 'warn',
      objects: ['off'],
      says: 'User.Read.All',
    },
    {
      name: 'warns on a grant of one person',
      given: { oauth2PermissionGrants: [grant('off', 'Mail.Read User.Read', 'u')] },
      verdict: 'warn',
      objects: ['off'],
      says: '2 permissions',
    },
    {
      name: 'takes one for disabled that is not said to be enabled',
      given: { servicePrincipals: [microsoftGraph(), enterprise('s', { accountEnabled: null })] },
      verdict: 'warn',
    },
  ],
)
