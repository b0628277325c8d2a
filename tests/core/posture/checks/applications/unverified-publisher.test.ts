import { unverifiedPublisher } from '../../../../../core/posture/checks/applications/unverified-publisher.ts'
import { enterprise, grant, microsoftGraph, organization } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

describeCheck(
  unverifiedPublisher,
  {
    organization: [organization()],
    servicePrincipals: [
      microsoftGraph(),
      enterprise('ours'),
      enterprise('s', { appOwnerOrganizationId: 'other', verifiedPublisher: { verifiedPublisherId: '5001234' } }),
    ],
    oauth2PermissionGrants: [grant('s', 'Directory.ReadWrite.All'), grant('ours', 'Directory.ReadWrite.All')],
    appRoleAssignments: [],
  },
  [
    {
      name: 'fails when nobody verified the publisher',
      given: { servicePrincipals: [microsoftGraph(), enterprise('s', { appOwnerOrganizationId: 'other' })] },
      verdict: 'fail',
      objects: ['s'],
      says: 'Directory.ReadWrite.All',
    },
    {
      name: 'fails on an empty publisher',
      given: {
        servicePrincipals: [
          microsoftGraph(),
          enterprise('s', { appOwnerOrganizationId: 'other', verifiedPublisher: { verifiedPublisherId: null } }),
        ],
      },
      verdict: 'fail',
    },
    {
      name: 'passes over one that may do little',
      given: {
        servicePrincipals: [microsoftGraph(), enterprise('s', { appOwnerOrganizationId: 'other' })],
        oauth2PermissionGrants: [grant('s', 'openid profile')],
      },
      verdict: 'pass',
    },
  ],
)
