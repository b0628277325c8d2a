import type { Tenant } from '../tenants/world.ts'
import { findApi } from './directory.ts'
import type { Api, Client, Person } from './directory.ts'
import type { ShownPermission } from './pages.ts'
import type { Refusal } from './refusals.ts'
import { grantedScopes, readScopes } from './scopes.ts'
import type { RequestedScopes } from './scopes.ts'
import type { PendingRequest, SignInState } from './state.ts'

/** Permissions of one resource that a consent page is about. */
export interface WantedPermissions {
  readonly api: Api
  readonly scopes: readonly string[]
  /** App role ids: application permissions, which only an administrator grants. */
  readonly roleIds: readonly string[]
}

export type WantedOutcome =
  { readonly ok: true; readonly requested: RequestedScopes; readonly wanted: readonly WantedPermissions[] } | Refusal

/** Everything that a request asks for; `.default` stands for what the application declares. */
export function wantedPermissions(state: SignInState, tenant: Tenant, client: Client, pending: PendingRequest): WantedOutcome {
  const requested = readScopes(state.world, tenant, pending.scope)
  if (!requested.ok) return requested
  const wanted: WantedPermissions[] = []
  for (const { api, scopes } of requested.resources) {
    if (!scopes.includes('.default')) wanted.push({ api, scopes, roleIds: [] })
  }
  const named = requested.resources.filter((resource) => resource.scopes.includes('.default')).map((resource) => resource.api.appId)
  if (named.length === 0) return { ok: true, requested, wanted }

  for (const declared of client.application?.requiredResourceAccess ?? []) {
    // An administrator accepts all that the application declares; a person only what is asked for now.
    if (pending.purpose === 'authorize' && !named.includes(declared.resourceAppId)) continue
    const found = findApi(state.world, tenant, declared.resourceAppId)
    if (!found.ok) return found
    const ids = new Map(declared.resourceAccess.map((access) => [access.id, access.type]))
    const scopes = found.api.servicePrincipal.oauth2PermissionScopes
      .filter((scope) => ids.get(scope.id) === 'Scope')
      .flatMap((scope) => scope.value ?? [])
    const roleIds =
      pending.purpose === 'adminConsent'
        ? declared.resourceAccess.filter((access) => access.type === 'Role').map((access) => access.id)
        : []
    wanted.push({ api: found.api, scopes, roleIds })
  }
  return { ok: true, requested, wanted }
}

/** What of it the person has not been granted yet. `.default` is content with any grant. */
export function missingPermissions(
  tenant: Tenant,
  client: Client,
  person: Person,
  requested: RequestedScopes,
  wanted: readonly WantedPermissions[],
): WantedPermissions[] {
  const asksForAll = new Set(
    requested.resources.filter((resource) => resource.scopes.includes('.default')).map((resource) => resource.api.appId),
  )
  return wanted.flatMap((permissions) => {
    const granted = grantedScopes(tenant, client, person, permissions.api)
    if (asksForAll.has(permissions.api.appId) && granted.length > 0) return []
    const scopes = permissions.scopes.filter((scope) => !granted.includes(scope))
    return scopes.length > 0 ? [{ ...permissions, scopes }] : []
  })
}

/** Whether a person may accept all of it for themselves, as far as the permissions go. */
export function needNoAdministrator(wanted: readonly WantedPermissions[]): boolean {
  return wanted.every(({ api, scopes, roleIds }) => {
    const types = new Map(api.servicePrincipal.oauth2PermissionScopes.map((scope) => [scope.value, scope.type]))
    return roleIds.length === 0 && scopes.every((scope) => types.get(scope) === 'User')
  })
}

/** Permissions as a page lists them. */
export function showPermissions(wanted: readonly WantedPermissions[]): ShownPermission[] {
  return wanted.flatMap(({ api, scopes, roleIds }) => {
    const { oauth2PermissionScopes, appRoles } = api.servicePrincipal
    const delegated = scopes.map((value): ShownPermission => {
      const scope = oauth2PermissionScopes.find((entry) => entry.value === value)
      return { resource: api.displayName, value, label: scope?.adminConsentDisplayName ?? value, kind: 'delegated' }
    })
    const application = roleIds.map((id): ShownPermission => {
      const role = appRoles.find((entry) => entry.id === id)
      return { resource: api.displayName, value: role?.value ?? id, label: role?.displayName ?? role?.value ?? id, kind: 'application' }
    })
    return [...delegated, ...application]
  })
}
