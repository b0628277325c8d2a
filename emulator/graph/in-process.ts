import { randomUUID } from 'node:crypto'
import { findTenant, findUser, createWorld } from '../tenants/world.ts'
import type { Tenant, World } from '../tenants/world.ts'
import type { GraphCaller, GraphRefusal, GraphResponse } from './graph-types.ts'
import { handleGraph } from './handle.ts'
import { isReadPermission, loadPermissionTable, permissionNames } from './permission-table.ts'

export interface InProcessOptions {
  readonly seed?: number
  readonly tenants?: readonly string[]
  /** How many users the tenant *large* has, where it is among the tenants. */
  readonly largeUsers?: number
  /** What tokens carry; by default every permission that only reads. */
  readonly scopes?: readonly string[]
  readonly now?: () => number
}

export interface InProcessGraph {
  readonly world: World
  tenant(name: string): Tenant
  /** Answers a request for any `https://host/v1.0/…` address as the listener would, without a socket. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  /** A bearer token of a person (by default ada@…) that `fetch` understands; it carries these scopes or those of the options. */
  token(tenantName: string, userPrincipalName?: string, held?: readonly string[]): string
}

const CLIENT = 'a0000000-0000-4000-8000-000000000001'
let readPermissions: readonly string[] | undefined

/** Graph in this process, for tests that ask thousands of times. */
export function inProcessGraph(options: InProcessOptions = {}): InProcessGraph {
  const { seed = 1, tenants, largeUsers, now } = options
  const world = createWorld({ seed, now, tenants, largeUsers })
  const scopes = options.scopes ?? (readPermissions ??= permissionNames(loadPermissionTable()).filter(isReadPermission))
  const callers = new Map<string, GraphCaller>()

  function tenant(name: string): Tenant {
    const found = findTenant(world, name)
    if (!found) throw new Error(`There is no tenant "${name}". Name it in the option tenants.`)
    return found
  }
  function verify(authorization: string | undefined): Promise<GraphCaller | GraphRefusal> {
    const caller = callers.get(authorization?.replace(/^Bearer /i, '') ?? '')
    return Promise.resolve(caller ?? { ok: false, code: 'InvalidAuthenticationToken', message: 'Access token is empty.' })
  }
  return {
    world,
    tenant,
    async fetch(input, init) {
      const request = new Request(input, init)
      const { pathname, search, host } = new URL(request.url)
      const answer = handleGraph(world, verify, {
        method: request.method,
        url: pathname + search,
        headers: { host, ...Object.fromEntries(request.headers) },
        bodyText: await request.text(),
      })
      return respond(await orAborted(answer, request.signal), request.signal)
    },
    token(tenantName, userPrincipalName = `ada@${tenant(tenantName).domain}`, held = scopes) {
      const found = findUser(world, userPrincipalName)
      if (!found) throw new Error(`There is no user "${userPrincipalName}".`)
      const token = randomUUID()
      callers.set(token, { ok: true, tenantId: tenant(tenantName).id, appId: CLIENT, oid: found.user.id, scopes: held, isAppOnly: false })
      return token
    },
  }
}

function orAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

function respond(response: GraphResponse, signal: AbortSignal): Response {
  if (response.cut) throw new TypeError('fetch failed', { cause: new Error('other side closed') })
  const { status, headers } = response
  if (status === 204 || status === 304) return new Response(null, { status, headers })
  const isPlain = !response.cutBody && response.trickleMs === undefined
  return new Response(isPlain ? response.body : piecewise(response, signal), { status, headers })
}

/** A body that comes in pieces and, where it is cut, ends with an error in the middle. */
function piecewise(response: GraphResponse, signal: AbortSignal): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(response.body)
  const pieces = 20
  const step = Math.max(1, Math.ceil(bytes.length / pieces))
  const end = response.cutBody ? Math.floor(bytes.length / 2) : bytes.length
  let sent = 0
  return new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, (response.trickleMs ?? 0) / pieces))
      if (signal.aborted) controller.error(signal.reason)
      else if (sent < end) controller.enqueue(bytes.slice(sent, Math.min(end, (sent += step))))
      else if (response.cutBody) controller.error(new TypeError('terminated', { cause: new Error('other side closed') }))
      else controller.close()
    },
  })
}
