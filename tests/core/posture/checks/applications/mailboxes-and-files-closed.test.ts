import { mailboxesAndFilesClosed } from '../../../../../core/posture/checks/applications/mailboxes-and-files-closed.ts'
import { appRole, enterprise, microsoftGraph, microsofts } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

describeCheck(
  mailboxesAndFilesClosed,
  {
    servicePrincipals: [microsoftGraph(), enterprise('s')],
    oauth2PermissionGrants: [],
    appRoleAssignments: [appRole('s', 'User.Read.All')],
  },
  [
    {
      name: 'fails on a permission on every mailbox',
      given: { appRoleAssignments: [appRole('s', 'Mail.ReadWrite'), appRole('s', 'Mail.Send')] },
      verdict: 'fail',
      reason: 'some',
      objects: ['s/00000003-0000-0000-c000-000000000000/Mail.ReadWrite', 's/00000003-0000-0000-c000-000000000000/Mail.Send'],
      says: 'unless Exchange or SharePoint limits it',
    },
    {
      name: "passes over Microsoft's own",
      given: {
        servicePrincipals: [microsoftGraph(), enterprise('s', { appOwnerOrganizationId: microsofts })],
        appRoleAssignments: [appRole('s', 'Mail.ReadWrite')],
      },
      verdict: 'pass',
    },
  ],
)
