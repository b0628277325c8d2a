import { buildTenants } from './build-tenants.ts'
import { collection, text } from './tenant.ts'
import type { Row, Tenant } from './tenant.ts'

export { collection, plantedRows, put, text } from './tenant.ts'
export type { Row, Tenant } from './tenant.ts'

/** One Graph request that arrived, whether or not it was answered. */
export interface RequestLogEntry {
  /** Counts up from 1 and is never reused. */
  readonly seq: number
  /** Milliseconds since the epoch, by the world's clock. */
  readonly at: number
  readonly tenantId: string | null
  readonly appId: string | null
  readonly oid: string | null
  readonly method: string
  /** Path with its query. */
  readonly path: string
  /** 0 when the connection was cut before an answer. */
  status: number
  /** Length of the answer's body as JSON, in bytes. */
  bytes: number
  readonly clientRequestId: string | null
  /** The text of a write's body; null for reads. */
  readonly body: string | null
  /** Whether the request changed something in the tenant. */
  effect: boolean
}

/**
 * `delay` holds an answer for `delayMs`, or until the fault is taken away. `expiredPageToken` hits later pages only, `resync` delta queries with a token, `cutAfterEffect` writes. `slow` spreads the body over
 * `delayMs`; `cutBody` ends the connection in the middle of it.
 */
export const faultKinds = [
  'status',
  'delay',
  'throttle',
  'cut',
  'cutAfterEffect',
  'expiredPageToken',
  'emptyPage',
  'resync',
  'slow',
  'cutBody',
  'refuse',
] as const
export type FaultKind = (typeof faultKinds)[number]

export interface Fault {
  readonly match: {
    readonly method?: string | undefined
    readonly pathPrefix?: string | undefined
    readonly appId?: string | undefined
    /** A collection as graph/collections-*.ts names it, for example `users` or `servicePrincipals/{id}/owners`. */
    readonly collection?: string | undefined
  }
  /** How many more requests it hits; absent means every one. Counted down as it is used. */
  times?: number | undefined
  readonly kind: FaultKind
  readonly status?: number | undefined
  /** What the kind `refuse` says is missing. */
  readonly refusal?: 'scope' | 'role' | 'premium' | 'p2' | undefined
  /** Written as given into the Retry-After header (may be fractional); null or absent leaves the header out. */
  readonly retryAfter?: string | null | undefined
  readonly delayMs?: number | undefined
}

export interface GraphSettings {
  /** How long after a write its audit rows can be read; null means never. */
  auditDelayMs: number | null
  /** How long reads still show an object as it was before a write. */
  readLagMs: number
  /** Whether the resource-unit and request buckets are enforced. */
  throttling: boolean
  /** How long a page token lives. */
  pageTokenMs: number
  /** How long a delta token lives. */
  deltaTokenMs: number
  /** Whether pages of delta queries repeat objects and replay older changes, as the service may. */
  deltaReplays: boolean
  /** How long every answer waits. */
  latencyMs: number
  /** How much longer an answer waits for each object on its page; a batch waits for its longest page. */
  perRowMs: number
}

/** What an object was before a recent write (undefined: it did not exist). */
export interface RecentWrite {
  readonly until: number
  readonly before: Row | undefined
}

export interface World {
  /** By tenant id. */
  readonly tenants: Map<string, Tenant>
  readonly clock: { now(): number }
  /** User object id → milliseconds; refresh and on-behalf-of with anything issued earlier fail with 50173. */
  readonly revokedSince: Map<string, number>
  readonly requestLog: RequestLogEntry[]
  /** Replaced in place by the control port; the first match wins. */
  readonly faults: Fault[]
  readonly settings: GraphSettings
  /** Audit row id → the moment it becomes readable (Infinity: never). Rows that are absent here are readable. */
  readonly auditVisibleAt: Map<string, number>
  /** `tenantId/collection/id` → the object before a write that reads do not see yet. */
  readonly recentWrites: Map<string, RecentWrite>
}

export interface WorldOptions {
  readonly seed: number
  readonly now?: (() => number) | undefined
  /** Names of the tenants to build; by default all but the generated one, which is there only when it is named. */
  readonly tenants?: readonly string[] | undefined
  /** How many users the tenant *large* has; its other collections are in proportion up to 100,000 users. */
  readonly largeUsers?: number | undefined
}

/** Builds the tenants from the seed, with every date relative to the clock's reading at this moment. */
export function createWorld(options: WorldOptions): World {
  const now = options.now ?? Date.now
  const tenants = buildTenants({ ...options, startMs: now() })
  for (const tenant of tenants) tenant.journal.start(now)
  return {
    tenants: new Map(tenants.map((tenant) => [tenant.id, tenant])),
    clock: { now },
    revokedSince: new Map(),
    requestLog: [],
    faults: [],
    settings: {
      auditDelayMs: 3000,
      readLagMs: 0,
      throttling: false,
      pageTokenMs: 3_600_000,
      deltaTokenMs: 7 * 86_400_000,
      deltaReplays: false,
      latencyMs: 0,
      perRowMs: 0,
    },
    auditVisibleAt: new Map(),
    recentWrites: new Map(),
  }
}

/** The tenant with this control-port name. */
export function findTenant(world: World, name: string): Tenant | undefined {
  return [...world.tenants.values()].find((tenant) => tenant.name === name)
}

/** Finds a user by object id or, ignoring case, by user principal name, in whichever tenant holds it. */
export function findUser(world: World, upnOrId: string): { tenant: Tenant; user: Row } | undefined {
  for (const tenant of world.tenants.values()) {
    const user = findTenantUser(tenant, upnOrId)
    if (user) return { tenant, user }
  }
  return undefined
}

/** Finds a user of one tenant by object id or, ignoring case, by user principal name. */
export function findTenantUser(tenant: Tenant, upnOrId: string): Row | undefined {
  const users = collection(tenant, 'users')
  const direct = users.get(upnOrId.toLowerCase())
  if (direct) return direct
  return users.with('userPrincipalName', upnOrId)[0]
}

/** The application (where it is registered in this tenant) and service principal of an appId. */
export function findRegistration(tenant: Tenant, appId: string): { application?: Row; servicePrincipal: Row } | undefined {
  const servicePrincipal = byAppId(tenant, 'servicePrincipals', appId)
  if (!servicePrincipal) return undefined
  const application = byAppId(tenant, 'applications', appId)
  return application ? { application, servicePrincipal } : { servicePrincipal }
}

/** The delegated scopes a client may use for this user on a resource: tenant-wide grants and that user's own. */
export function consentedScopes(tenant: Tenant, clientAppId: string, userId: string, resourceAppId: string): string[] {
  const client = byAppId(tenant, 'servicePrincipals', clientAppId)
  const resource = byAppId(tenant, 'servicePrincipals', resourceAppId)
  if (!client || !resource) return []
  const scopes = new Set<string>()
  for (const grant of collection(tenant, 'oauth2PermissionGrants').with('clientId', client.id)) {
    if (grant['resourceId'] !== resource.id) continue
    if (grant['consentType'] !== 'AllPrincipals' && grant['principalId'] !== userId) continue
    for (const scope of (text(grant, 'scope') ?? '').split(' ')) if (scope) scopes.add(scope)
  }
  return [...scopes]
}

/** The values of the app roles assigned to a user (directly or through a group) on a resource, for the `roles` claim. */
export function userAppRoles(tenant: Tenant, userId: string, resourceAppId: string): string[] {
  const resource = byAppId(tenant, 'servicePrincipals', resourceAppId)
  if (!resource) return []
  const roleValues = new Map(appRoles(resource).map((role) => [role.id, role.value]))
  const principals = new Set([userId, ...directGroups(tenant, userId)])
  const roles = new Set<string>()
  for (const assignment of collection(tenant, 'appRoleAssignments').with('resourceId', resource.id)) {
    if (!principals.has(text(assignment, 'principalId') ?? '')) continue
    const value = roleValues.get(text(assignment, 'appRoleId') ?? '')
    if (value) roles.add(value)
  }
  return [...roles]
}

function byAppId(tenant: Tenant, path: string, appId: string): Row | undefined {
  return collection(tenant, path).with('appId', appId)[0]
}

/** App roles flow through direct membership only: Entra does not cascade them to nested groups. */
function directGroups(tenant: Tenant, userId: string): string[] {
  return collection(tenant, 'groupMembers')
    .with('memberId', userId)
    .map((membership) => text(membership, 'groupId') ?? '')
}

function appRoles(servicePrincipal: Row): { id: string; value: string }[] {
  const roles = servicePrincipal['appRoles']
  if (!Array.isArray(roles)) return []
  const found: { id: string; value: string }[] = []
  for (const role of roles) {
    if (typeof role?.id === 'string' && typeof role?.value === 'string') found.push({ id: role.id, value: role.value })
  }
  return found
}
