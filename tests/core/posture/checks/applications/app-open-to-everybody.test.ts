import { appOpenToEverybody } from '../../../../../core/posture/checks/applications/app-open-to-everybody.ts'
import { enterprise, organization } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

describeCheck(
  appOpenToEverybody,
  {
    organization: [organization()],
    servicePrincipals: [
      enterprise('s', { replyUrls: ['https://s.contoso.com'] }),
      enterprise('quiet', { appRoleAssignmentRequired: false }),
      enterprise('theirs', { appOwnerOrganizationId: 'other', appRoleAssignmentRequired: false, replyUrls: ['https://x'] }),
    ],
  },
  [
    {
      name: 'warns when nobody needs to be assigned',
      given: { servicePrincipals: [enterprise('s', { appRoleAssignmentRequired: false, replyUrls: ['https://s.contoso.com'] })] },
      verdict: 'warn',
      objects: ['s'],
    },
    {
      name: 'warns on single sign-on without an address too',
      given: { servicePrincipals: [enterprise('s', { appRoleAssignmentRequired: false, preferredSingleSignOnMode: 'saml' })] },
      verdict: 'warn',
    },
  ],
)
