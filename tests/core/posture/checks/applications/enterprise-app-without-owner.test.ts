import { enterpriseAppWithoutOwner } from '../../../../../core/posture/checks/applications/enterprise-app-without-owner.ts'
import { enterprise, microsofts, organization, ownedBy } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

const others = enterprise('other', { appOwnerOrganizationId: 'other', appRoleAssignmentRequired: false })

describeCheck(
  enterpriseAppWithoutOwner,
  {
    organization: [organization()],
    servicePrincipals: [enterprise('s'), others, enterprise('m', { appOwnerOrganizationId: microsofts })],
    servicePrincipalOwners: [ownedBy('s', 'u1'), ownedBy('other'), ownedBy('m')],
  },
  [
    {
      name: 'warns about one of ours',
      given: { servicePrincipalOwners: [ownedBy('s'), ownedBy('other'), ownedBy('m')] },
      verdict: 'warn',
      objects: ['s'],
      says: 'It is our own',
    },
    {
      name: 'warns about one of others to which people are assigned',
      given: { servicePrincipals: [{ ...others, appRoleAssignmentRequired: true }] },
      verdict: 'warn',
      objects: ['other'],
      says: 'Only people who are assigned to it',
    },
    {
      name: 'passes over a managed identity',
      given: {
        servicePrincipals: [enterprise('s', { appOwnerOrganizationId: null, servicePrincipalType: 'ManagedIdentity' })],
        servicePrincipalOwners: [ownedBy('s')],
      },
      verdict: 'pass',
    },
  ],
)
