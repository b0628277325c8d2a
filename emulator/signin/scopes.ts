import { consentedScopes } from '../tenants/world.ts'
import type { Tenant, World } from '../tenants/world.ts'
import { findApi } from './directory.ts'
import type { Api, Client, Person } from './directory.ts'
import { GRAPH_AUDIENCE } from './first-party.ts'
import { refuse } from './refusals.ts'
import type { Refusal } from './refusals.ts'

const OPENID_SCOPES = ['openid', 'profile', 'email', 'offline_access']

/** What a request asks of one resource. */
export interface ResourceScopes {
  readonly api: Api
  /** The resource as the request spelt it, to answer the scopes in the same spelling. */
  readonly identifier: string
  /** Scope values without the resource; `.default` alone when all granted ones are meant. */
  readonly scopes: readonly string[]
}

export interface RequestedScopes {
  readonly ok: true
  readonly openid: ReadonlySet<string>
  readonly resources: readonly ResourceScopes[]
}

/** Reads a scope parameter: each scope is a value of Microsoft Graph, or `resource/value`. */
export function readScopes(world: World, tenant: Tenant, scope: string): RequestedScopes | Refusal {
  const openid = new Set<string>()
  const byApi = new Map<string, { api: Api; identifier: string; scopes: string[] }>()
  for (const item of scope.split(/\s+/).filter(Boolean)) {
    if (OPENID_SCOPES.includes(item)) {
      openid.add(item)
      continue
    }
    const { identifier, value } = splitScope(item)
    const found = findApi(world, tenant, identifier)
    if (!found.ok) return found
    const known = found.api.servicePrincipal.oauth2PermissionScopes.some((entry) => entry.value === value && entry.isEnabled !== false)
    if (value !== '.default' && !known) return refuse(650053, { scope: value, resource: found.api.appId })
    const entry = byApi.get(found.api.appId) ?? { api: found.api, identifier, scopes: [] }
    byApi.set(found.api.appId, entry)
    if (!entry.scopes.includes(value)) entry.scopes.push(value)
  }
  const mixed = [...byApi.values()].find((entry) => entry.scopes.includes('.default') && entry.scopes.length > 1)
  if (mixed) return refuse(70011, { scope: mixed.scopes.join(' ') })
  return { ok: true, openid, resources: [...byApi.values()] }
}

/** `resource/value` taken apart at the last slash; a scope without one is Microsoft Graph's. */
export function splitScope(item: string): { identifier: string; value: string } {
  const slash = item.lastIndexOf('/')
  if (slash < 0) return { identifier: GRAPH_AUDIENCE, value: item }
  return { identifier: item.slice(0, slash).replace(/\/$/, ''), value: item.slice(slash + 1) }
}

/** The scopes that a client may use for a person: granted by consent, or pre-authorised by the resource. */
export function grantedScopes(tenant: Tenant, client: Client, person: Person, api: Api): string[] {
  const granted = new Set(consentedScopes(tenant, client.appId, person.id, api.appId))
  const entry = api.application?.api?.preAuthorizedApplications?.find((application) => application.appId === client.appId)
  for (const scope of api.servicePrincipal.oauth2PermissionScopes) {
    if (scope.value && scope.isEnabled !== false && entry?.delegatedPermissionIds.includes(scope.id)) granted.add(scope.value)
  }
  return [...granted]
}

/** The scopes a token gets, or the refusal that asks for consent. */
export function effectiveScopes(
  tenant: Tenant,
  client: Client,
  person: Person,
  wanted: ResourceScopes,
): { readonly ok: true; readonly scopes: readonly string[] } | Refusal {
  const granted = grantedScopes(tenant, client, person, wanted.api)
  const asksForAll = wanted.scopes.includes('.default')
  const missing = wanted.scopes.filter((scope) => scope !== '.default' && !granted.includes(scope))
  if (missing.length > 0 || (asksForAll && granted.length === 0)) {
    return refuse(65001, {
      appId: client.appId,
      name: client.displayName,
      scopes: (missing.length > 0 ? missing : wanted.scopes).join(' '),
    })
  }
  return { ok: true, scopes: asksForAll ? granted : wanted.scopes }
}
