import { highRiskPermission } from '../../../../../core/posture/checks/applications/high-risk-permission.ts'
import { appRole, enterprise, grant, microsoftGraph } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

describeCheck(
  highRiskPermission,
  {
    servicePrincipals: [microsoftGraph(), enterprise('s')],
    oauth2PermissionGrants: [grant('s', 'User.Read')],
    appRoleAssignments: [appRole('s', 'ServiceHealth.Read.All')],
  },
  [
    {
      name: 'fails on a critical one',
      given: { appRoleAssignments: [appRole('s', 'Mail.ReadWrite')] },
      verdict: 'fail',
      objects: ['s/00000003-0000-0000-c000-000000000000/Mail.ReadWrite'],
      says: 'rated critical',
    },
    { name: 'warns on one that is rated high', given: { appRoleAssignments: [appRole('s', 'Mail.Send')] }, verdict: 'warn' },
    {
      name: 'warns on one that deletes in a service, and is rated by nobody',
      given: { appRoleAssignments: [{ ...appRole('s', 'Mail.Send'), appRoleId: '6a118a39-1227-45d4-af0c-ea7b40d210bc' }] },
      verdict: 'warn',
      objects: ['s/00000003-0000-0000-c000-000000000000/Channel.Delete.All'],
    },
    {
      name: 'leaves the control plane to another check',
      given: { appRoleAssignments: [appRole('s', 'RoleManagement.ReadWrite.Directory')] },
      verdict: 'pass',
    },
  ],
)
