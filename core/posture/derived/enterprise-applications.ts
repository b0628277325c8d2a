import { defineDerived } from '../fact.ts'
import { servicePrincipals } from '../facts/service-principals.ts'
import { complete } from '../rules/complete.ts'

export const enterpriseApplications = defineDerived({
  id: 'enterpriseApplications',
  title: 'Enterprise applications: whose they are, and what they offer',
  from: { servicePrincipals },
  derive: (from) =>
    complete('/servicePrincipals', from.servicePrincipals, [
      'keyCredentials',
      'accountEnabled',
      'appOwnerOrganizationId',
      'appRoleAssignmentRequired',
      'servicePrincipalType',
      'verifiedPublisher',
      'replyUrls',
      'appRoles',
      'oauth2PermissionScopes',
    ]),
})
