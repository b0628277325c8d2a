import { mailboxesAndFilesClosed } from '../../../../../core/posture/checks/applications/mailboxes-and-files-closed.ts'
import { appRole, enterprise, microsoftGraph, microsofts } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

const role = 'd13f72ca-a275-4b96-b789-48ebcc4da984'
const ofSharePoint = { ...appRole('s', 'User.Read.All'), resourceId: 'sharepoint', parentId: 'sharepoint', appRoleId: role }

function sharePoint(value: string, change: Parameters<typeof enterprise>[1] = {}) {
  const appRoles = [{ id: role, value, allowedMemberTypes: ['Application'] }]
  return enterprise('sharepoint', {
    appId: '00000003-0000-0ff1-ce00-000000000000',
    appOwnerOrganizationId: microsofts,
    appRoles,
    ...change,
  })
}

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
      name: 'fails on every site, read or written, whose files it then has',
      given: { servicePrincipals: [sharePoint('Sites.Read.All'), enterprise('s')], appRoleAssignments: [ofSharePoint] },
      verdict: 'fail',
      objects: ['s/00000003-0000-0ff1-ce00-000000000000/Sites.Read.All'],
    },
    {
      name: 'passes over what another interface calls by such a name',
      given: {
        servicePrincipals: [sharePoint('Sites.Read.All', { appId: 'building-sites', appOwnerOrganizationId: 'other' }), enterprise('s')],
        appRoleAssignments: [ofSharePoint],
      },
      verdict: 'pass',
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
