import { handleGraph } from '../graph/handle.ts'
import type { GraphCaller, GraphResponse } from '../graph/graph-types.ts'
import { createWorld, findRegistration, findTenant, findUser } from '../tenants/world.ts'
import type { Tenant, World } from '../tenants/world.ts'

/** The scopes that reading every played path takes. */
export const readScopes = [
  'Policy.Read.All',
  'Application.Read.All',
  'Directory.Read.All',
  'RoleManagement.Read.Directory',
  'User.Read.All',
  'AuditLog.Read.All',
  'Domain.Read.All',
  'AppRoleAssignment.ReadWrite.All',
  'Policy.Read.PermissionGrant',
  'ConsentRequest.Read.All',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  'RoleManagementPolicy.Read.AzureADGroup',
  'AccessReview.Read.All',
  'IdentityRiskyUser.Read.All',
  'IdentityRiskyServicePrincipal.Read.All',
  'SecurityEvents.Read.All',
  'DelegatedAdminRelationship.Read.All',
  'OnPremDirectorySynchronization.Read.All',
  'Domain-InternalFederation.Read.All',
  'UserAuthenticationMethod.Read.All',
  'UserAuthMethod-Passkey.Read.All',
]

/** A world whose clock a test moves by hand. */
export function worldAt(startMs = Date.parse('2026-11-22T12:00:00Z')): { world: World; tenant: Tenant; tick: (ms: number) => void } {
  let now = startMs
  const world = createWorld({ seed: 1, now: () => now })
  return {
    world,
    tenant: tenantNamed(world, 'contoso-demo'),
    tick: (ms) => {
      now += ms
    },
  }
}

export function tenantNamed(world: World, name: string): Tenant {
  const tenant = findTenant(world, name)
  if (!tenant) throw new Error(`There is no tenant named "${name}".`)
  return tenant
}

export function userId(world: World, upn: string): string {
  const found = findUser(world, upn)
  if (!found) throw new Error(`There is no user "${upn}".`)
  return found.user.id
}

/** A caller as sign-in would have verified it. */
export function callerOf(world: World, upn: string, scopes: readonly string[]): GraphCaller {
  const found = findUser(world, upn)
  if (!found) throw new Error(`There is no user "${upn}".`)
  return {
    ok: true,
    tenantId: found.tenant.id,
    appId: 'a0000000-0000-4000-8000-000000000001',
    oid: found.user.id,
    scopes,
    isAppOnly: false,
  }
}

/** An application acting for itself. */
export function applicationCaller(tenant: Tenant, appId: string, roles: readonly string[]): GraphCaller {
  const registration = findRegistration(tenant, appId)
  return { ok: true, tenantId: tenant.id, appId, oid: registration?.servicePrincipal.id ?? '', scopes: roles, isAppOnly: true }
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The parsed JSON body, or an empty object. */
  readonly json: Record<string, unknown>
  readonly value: readonly Record<string, unknown>[]
  readonly code: string
  readonly cut: boolean
}

export async function send(
  world: World,
  caller: GraphCaller,
  method: string,
  url: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await handleGraph(world, () => Promise.resolve(caller), {
    method,
    url: url.startsWith('/') ? `/v1.0${url}` : url.replace('https://graph.test', ''),
    bodyText: options.body === undefined ? '' : JSON.stringify(options.body),
    headers: { authorization: 'Bearer test', host: 'graph.test', ...options.headers },
  })
  return understood(response)
}

function understood(response: GraphResponse): Answer {
  const isJson = response.headers['content-type']?.startsWith('application/json') === true && response.body !== ''
  const json: Record<string, unknown> = isJson ? JSON.parse(response.body) : {}
  const value = Array.isArray(json['value']) ? json['value'] : []
  const error = json['error']
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  return { status: response.status, headers: response.headers, text: response.body, json, value, code, cut: response.cut === true }
}

/** Follows next links to the end. */
export async function readAll(
  world: World,
  caller: GraphCaller,
  url: string,
  headers: Record<string, string> = {},
): Promise<{ rows: Record<string, unknown>[]; pages: number }> {
  const rows: Record<string, unknown>[] = []
  let pages = 0
  for (let next: string | undefined = url; next !== undefined;) {
    const answer: Answer = await send(world, caller, 'GET', next, { headers })
    if (answer.status !== 200) throw new Error(`${next} answered ${answer.status}: ${answer.text}`)
    rows.push(...answer.value)
    pages += 1
    next = typeof answer.json['@odata.nextLink'] === 'string' ? answer.json['@odata.nextLink'] : undefined
  }
  return { rows, pages }
}
