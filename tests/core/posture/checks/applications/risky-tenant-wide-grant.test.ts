import { riskyTenantWideGrant } from '../../../../../core/posture/checks/applications/risky-tenant-wide-grant.ts'
import { appRole, enterprise, grant, microsoftGraph } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

describeCheck(
  riskyTenantWideGrant,
  {
    servicePrincipals: [microsoftGraph(), enterprise('s')],
    oauth2PermissionGrants: [grant('s', 'User.Read')],
    appRoleAssignments: [appRole('s', 'ServiceHealth.Read.All')],
  },
  [
    {
      name: 'fails on a risky permission for everybody',
      given: { oauth2PermissionGrants: [grant('s', ' User.Read Directory.ReadWrite.All')] },
      verdict: 'fail',
      objects: ['s/00000003-0000-0000-c000-000000000000/Directory.ReadWrite.All'],
    },
    {
      name: 'lets single people grant it for themselves',
      given: { oauth2PermissionGrants: [grant('s', 'Directory.ReadWrite.All', 'u')] },
      verdict: 'pass',
    },
    {
      name: 'is unknown where a grant is neither for all nor for one',
      given: { oauth2PermissionGrants: [{ ...grant('s', 'User.Read'), consentType: 'Some' }] },
      verdict: 'unknown',
      reason: 'shape',
    },
  ],
)
