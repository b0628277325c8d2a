import { z } from 'zod'
import { collection, findRegistration, findTenantUser, plantedRows } from '../tenants/world.ts'
import type { Row, Tenant, World } from '../tenants/world.ts'
import { FIRST_PARTY_CLIENTS, GRAPH_APP_ID, GRAPH_AUDIENCE } from './first-party.ts'
import { refuse } from './refusals.ts'
import type { Refusal } from './refusals.ts'
import type { RedirectKind } from './state.ts'

const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? [])
const redirects = z
  .object({ redirectUris: texts })
  .nullish()
  .transform((value) => value?.redirectUris ?? [])

const personRow = z.object({
  id: z.string(),
  userPrincipalName: z.string(),
  displayName: z.string().nullish(),
  mail: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
})

/** The parts of an application that sign-in reads. */
export const applicationRow = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: z.string().nullish(),
  signInAudience: z.string().nullish(),
  identifierUris: texts,
  isFallbackPublicClient: z.boolean().nullish(),
  web: redirects,
  spa: redirects,
  publicClient: redirects,
  api: z
    .object({
      requestedAccessTokenVersion: z.number().nullish(),
      preAuthorizedApplications: z.array(z.object({ appId: z.string(), delegatedPermissionIds: texts })).nullish(),
    })
    .nullish(),
  requiredResourceAccess: z
    .array(z.object({ resourceAppId: z.string(), resourceAccess: z.array(z.object({ id: z.string(), type: z.string() })) }))
    .nullish()
    .transform((value) => value ?? []),
})
export type Application = z.infer<typeof applicationRow>

const permission = z.object({
  id: z.string(),
  value: z.string().nullish(),
  type: z.string().nullish(),
  isEnabled: z.boolean().nullish(),
  adminConsentDisplayName: z.string().nullish(),
  displayName: z.string().nullish(),
})
const permissions = z
  .array(permission)
  .nullish()
  .transform((value) => value ?? [])

const servicePrincipalRow = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
  appRoleAssignmentRequired: z.boolean().nullish(),
  servicePrincipalNames: texts,
  oauth2PermissionScopes: permissions,
  appRoles: permissions,
})
export type ServicePrincipal = z.infer<typeof servicePrincipalRow>

export interface Person {
  readonly id: string
  readonly userPrincipalName: string
  readonly displayName: string
  readonly mail: string | undefined
  readonly isEnabled: boolean
}

export interface Client {
  readonly appId: string
  readonly displayName: string
  /** Undefined for a multi-tenant application or a Microsoft client that has no service principal here yet. */
  readonly servicePrincipal: ServicePrincipal | undefined
  /** From the home tenant; undefined for Microsoft's own clients. */
  readonly application: Application | undefined
  readonly isFirstParty: boolean
}

/** A resource that tokens are issued for. */
export interface Api {
  readonly appId: string
  readonly displayName: string
  readonly servicePrincipal: ServicePrincipal
  readonly application: Application | undefined
}

/** The tenant of a path segment: its id, or a domain of its. */
export function tenantOfSegment(world: World, segment: string): Tenant | undefined {
  const wanted = segment.toLowerCase()
  const direct = world.tenants.get(wanted)
  if (direct) return direct
  return [...world.tenants.values()].find((tenant) => tenant.domain === wanted || collection(tenant, 'domains').has(wanted))
}

/** The home tenant of a user principal name, by its domain. */
export function tenantOfName(world: World, userPrincipalName: string): Tenant | undefined {
  const domain = userPrincipalName.split('@')[1]
  return domain === undefined ? undefined : tenantOfSegment(world, domain)
}

export function findPerson(tenant: Tenant, upnOrId: string): Person | undefined {
  const row = findTenantUser(tenant, upnOrId)
  return row ? toPerson(row) : undefined
}

/** The people who may sign in, by display name; of a generated tenant those whom it knows by name, though everybody may sign in. */
export function enabledPeople(tenant: Tenant): Person[] {
  return plantedRows(collection(tenant, 'users'))
    .map(toPerson)
    .filter((person) => person.isEnabled)
    .sort((a, b) => a.displayName.localeCompare(b.displayName))
}

/** The application of an appId in whichever tenant registered it. */
export function findApplication(world: World, appId: string): { tenant: Tenant; application: Application } | undefined {
  for (const tenant of world.tenants.values()) {
    const [row] = collection(tenant, 'applications').with('appId', appId)
    if (row) return { tenant, application: applicationRow.parse(row) }
  }
  return undefined
}

/** A client as a tenant sees it; refused when the tenant does not know it or switched it off. */
export function findClient(world: World, tenant: Tenant, appId: string): { readonly ok: true; readonly client: Client } | Refusal {
  const registration = findRegistration(tenant, appId)
  const home = findApplication(world, appId)
  const isFirstParty = FIRST_PARTY_CLIENTS.has(appId)
  const isOpenToTenant = home !== undefined && (home.tenant === tenant || home.application.signInAudience !== 'AzureADMyOrg')
  if (!registration && !isFirstParty && !isOpenToTenant) return refuse(700016, { appId, tenant: tenant.displayName })

  const servicePrincipal = registration ? toServicePrincipal(registration.servicePrincipal) : undefined
  if (servicePrincipal?.accountEnabled === false) return refuse(7000112, { appId })
  const displayName = home?.application.displayName ?? servicePrincipal?.displayName ?? FIRST_PARTY_CLIENTS.get(appId) ?? appId
  return { ok: true, client: { appId, displayName, servicePrincipal, application: home?.application, isFirstParty } }
}

/** A resource by appId, application id URI or service principal name. */
export function findApi(world: World, tenant: Tenant, identifier: string): { readonly ok: true; readonly api: Api } | Refusal {
  const name = identifier.replace(/\/$/, '')
  const row = resourceRow(tenant, name)
  if (!row) return refuse(500011, { resource: identifier, tenant: tenant.displayName })
  const servicePrincipal = toServicePrincipal(row)
  if (servicePrincipal.accountEnabled === false) return refuse(50001, { resource: identifier })
  const displayName = servicePrincipal.displayName ?? servicePrincipal.appId
  return {
    ok: true,
    api: {
      appId: servicePrincipal.appId,
      displayName,
      servicePrincipal,
      application: findApplication(world, servicePrincipal.appId)?.application,
    },
  }
}

/** Whether a client has a redirect URI and, if so, of which kind. */
export function redirectKind(client: Client, redirectUri: string): RedirectKind | undefined {
  const kinds = [
    ['web', client.application?.web],
    ['spa', client.application?.spa],
    ['public', client.application?.publicClient],
  ] as const
  return kinds.find(([, registered]) => registered?.some((uri) => sameRedirect(uri, redirectUri)))?.[0]
}

/**
 * Exact, but for the port of plain-http loopback URIs, which Entra ignores:
 * https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions
 */
function sameRedirect(registered: string, requested: string): boolean {
  if (registered === requested) return true
  if (!URL.canParse(registered) || !URL.canParse(requested)) return false
  const [left, right] = [new URL(registered), new URL(requested)]
  if (left.protocol !== 'http:' || !['localhost', '127.0.0.1'].includes(left.hostname)) return false
  left.port = ''
  right.port = ''
  return left.href === right.href
}

function resourceRow(tenant: Tenant, name: string): Row | undefined {
  const wanted = name === GRAPH_AUDIENCE ? GRAPH_APP_ID : name
  const principals = collection(tenant, 'servicePrincipals')
  return (
    principals.with('appId', wanted)[0] ??
    plantedRows(principals).find((row) => {
      const names = row['servicePrincipalNames']
      return Array.isArray(names) && names.includes(wanted)
    })
  )
}

function toPerson(row: Row): Person {
  const user = personRow.parse(row)
  return {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    displayName: user.displayName ?? user.userPrincipalName,
    mail: user.mail ?? undefined,
    isEnabled: user.accountEnabled === true,
  }
}

function toServicePrincipal(row: Row): ServicePrincipal {
  return servicePrincipalRow.parse(row)
}
