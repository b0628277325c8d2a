import { microsoftGraphAppId } from '../tenants/reference.ts'
import { collection, text } from '../tenants/tenant.ts'
import type { Row, Tenant } from '../tenants/tenant.ts'
import { holdsAction, owns } from './caller.ts'
import type { WriteCall } from './write-entry.ts'

type OwnedKind = 'application' | 'servicePrincipal'

/**
 * Whether the caller may do something to an application or a service principal: through a role, or as an owner
 * (https://learn.microsoft.com/entra/fundamentals/users-default-permissions). An application that holds only the permission
 * for what it owns is bound to that.
 */
export function mayOver(
  kind: OwnedKind,
  call: Pick<WriteCall, 'view' | 'caller'>,
  id: string,
  action: string | readonly string[],
): boolean {
  const { caller, view } = call
  if (owns(view.tenant, caller, `${kind}Owners`, id)) return true
  if (caller.isAppOnly && !caller.scopes.some((scope) => wideScopes.has(scope))) return false
  return holdsAction(view.tenant, caller, action, id)
}

const wideScopes = new Set(['Application.ReadWrite.All', 'Directory.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'])

/** Microsoft Graph and its predecessor: whoever grants their application permissions decides over the whole tenant. */
const graphAppIds = new Set([microsoftGraphAppId, '00000002-0000-0000-c000-000000000000'])

export function isMicrosoftGraph(resource: Row): boolean {
  return graphAppIds.has(text(resource, 'appId') ?? '')
}

/** An object by id, as it really is, in one of several collections. */
export function findIn(tenant: Tenant, paths: readonly string[], id: string): Row | undefined {
  for (const path of paths) {
    const row = collection(tenant, path).get(id)
    if (row) return row
  }
  return undefined
}
