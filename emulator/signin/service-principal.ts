import { z } from 'zod'
import { blankServicePrincipal } from '../tenants/blank-rows.ts'
import { guidFor } from '../tenants/random.ts'
import { collection, findRegistration, put } from '../tenants/world.ts'
import type { Row, Tenant } from '../tenants/world.ts'

const items = z.array(z.unknown())
const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? [])
const uris = z.object({ redirectUris: texts }).nullish()

/** The parts of an application row that its service principal shows too. */
const shownApplication = z.object({
  appId: z.string(),
  displayName: z.string(),
  identifierUris: texts,
  signInAudience: z.string().nullish(),
  api: z.object({ oauth2PermissionScopes: items.optional() }).optional(),
  appRoles: items.optional(),
  web: uris,
  spa: uris,
  publicClient: uris,
})

/**
 * Creates a tenant's service principal of an application registered in `home`, or brings the existing one in line with it.
 * The account stays as enabled as an administrator left it.
 */
export function servicePrincipalFor(tenant: Tenant, home: Tenant, applicationId: string): Row {
  const row = collection(home, 'applications').get(applicationId)
  if (!row) throw new Error(`The application ${applicationId} must be registered in ${home.name} before it has a service principal.`)
  return putServicePrincipal(tenant, row, home.id)
}

/** The same from an application that need not be stored, for one that another organisation owns. */
export function putServicePrincipal(tenant: Tenant, applicationRow: unknown, ownerTenantId: string): Row {
  const application = shownApplication.parse(applicationRow)
  const existing = findRegistration(tenant, application.appId)?.servicePrincipal
  const base = existing ?? { ...blankServicePrincipal, id: guidFor(`${tenant.id}/service principal/${application.appId}`) }
  const { web, spa, publicClient } = application
  return put(tenant, 'servicePrincipals', {
    ...base,
    appId: application.appId,
    appDisplayName: application.displayName,
    displayName: application.displayName,
    appOwnerOrganizationId: ownerTenantId,
    // What the application does not state stays as it is: Microsoft's own come with scopes that nobody here restates.
    ...(application.appRoles ? { appRoles: application.appRoles } : {}),
    ...(application.api?.oauth2PermissionScopes ? { oauth2PermissionScopes: application.api.oauth2PermissionScopes } : {}),
    replyUrls: [web, spa, publicClient].flatMap((platform) => platform?.redirectUris ?? []),
    servicePrincipalNames: [...new Set([application.appId, ...application.identifierUris])],
    signInAudience: application.signInAudience ?? 'AzureADMyOrg',
  })
}
