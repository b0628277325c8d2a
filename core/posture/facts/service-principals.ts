import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'
import { keyCredentials } from '../rows/key-credential.ts'
import { passwordCredentials } from '../rows/password-credential.ts'

const text = z.string().max(200)

/** As in the fact applications: nothing is assumed for an optional member. https://learn.microsoft.com/graph/api/resources/serviceprincipal */
export const servicePrincipals = defineFact({
  id: 'servicePrincipals',
  title: 'Enterprise applications, their credentials and the permissions that they offer',
  source: {
    path: '/servicePrincipals',
    select: [
      'id',
      'appId',
      'displayName',
      'passwordCredentials',
      'keyCredentials',
      'accountEnabled',
      'appOwnerOrganizationId',
      'appRoleAssignmentRequired',
      'servicePrincipalType',
      'preferredSingleSignOnMode',
      'verifiedPublisher',
      'replyUrls',
      'appRoles',
      'oauth2PermissionScopes',
    ],
    pageSize: 999,
    bucket: 'identity',
  },
  scopes: ['Application.Read.All'],
  row: z.object({
    id: graphId,
    appId: graphId,
    displayName: graphName,
    passwordCredentials,
    keyCredentials: keyCredentials.optional(),
    accountEnabled: z.boolean().nullable().optional(),
    /** Null for managed identities and for what the tenant itself did not get from an application. */
    appOwnerOrganizationId: graphId.nullable().optional(),
    appRoleAssignmentRequired: z.boolean().optional(),
    servicePrincipalType: text.nullable().optional(),
    preferredSingleSignOnMode: text.nullable().optional(),
    verifiedPublisher: z.object({ verifiedPublisherId: text.nullable() }).nullable().optional(),
    replyUrls: z.array(z.string().max(4000)).optional(),
    appRoles: z.array(z.object({ id: graphId, value: text.nullable(), allowedMemberTypes: z.array(text) })).optional(),
    oauth2PermissionScopes: z.array(z.object({ id: graphId, value: text.nullable() })).optional(),
  }),
  key: (row) => row.id,
  // Grows with applications, not with people: some thousands even in large tenants.
  held: 'whole',
  delta: true,
})
