import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { collection, text } from '../tenants/tenant.ts'
import type { Fault, RequestLogEntry, World } from '../tenants/world.ts'
import { isBatch, answerBatch } from './batch.ts'
import { resync } from './delta.ts'
import { held, takeFault } from './faults.ts'
import type { GraphCaller, GraphRequest, GraphResponse, VerifyGraphToken } from './graph-types.ts'
import { loadPermissionTable, matchPath, scopesSuffice } from './permission-table.ts'
import { reachingPermissions } from './permission-overrides.ts'
import type { TableMatch } from './permission-table.ts'
import { answerRead } from './read.ts'
import { routeRead } from './read-route.ts'
import { parsePath, tableSpellings } from './request-path.ts'
import type { GraphPath } from './request-path.ts'
import { openLogEntry } from './request-log.ts'
import { answerError, isRefusal, notPlayed, refusals, refuse } from './respond.ts'
import type { Answering, Refusal } from './respond.ts'
import { tooManyRequests } from './throttle.ts'
import { forgetOldVersions } from './view.ts'
import { answerWrite, parseBody } from './write.ts'

const table = loadPermissionTable()

/** Answers one Graph request as the tenant of its token would. */
export async function handleGraph(world: World, verify: VerifyGraphToken, request: GraphRequest): Promise<GraphResponse> {
  const arrived = performance.now()
  const answering = answeringFor(world, request)
  const caller = await verify(request.headers['authorization'])
  const log = openLogEntry(world, {
    method: request.method,
    path: request.url,
    clientRequestId: request.headers['client-request-id'] ?? null,
    body: request.method === 'GET' ? null : request.bodyText,
    tenantId: caller.ok ? caller.tenantId : null,
    appId: caller.ok ? caller.appId : null,
    oid: caller.ok ? caller.oid : null,
  })
  const response = caller.ok
    ? await answerCaller(world, caller, request, answering, log)
    : answerError(
        answering,
        refuse(
          401,
          caller.code,
          caller.message,
          caller.wwwAuthenticate === undefined ? {} : { 'www-authenticate': caller.wwwAuthenticate },
        ),
      )
  log.status = statusOf(response)
  log.bytes = Buffer.byteLength(response.body)
  // What making the answer here takes is part of what it costs, not more of it.
  const { latencyMs, perRowMs } = world.settings
  const waitMs = latencyMs + perRowMs * (response.rows ?? 0) - (performance.now() - arrived)
  if (waitMs > 0) await wait(waitMs)
  return response
}

/** What the log says: 0 where the client never got a whole answer. */
function statusOf(response: GraphResponse): number {
  return response.cut || response.cutBody ? 0 : response.status
}

function answeringFor(world: World, request: GraphRequest): Answering {
  const requestId = randomUUID()
  return {
    requestId,
    clientRequestId: request.headers['client-request-id'] ?? requestId,
    at: world.clock.now(),
    base: `https://${request.headers['host'] ?? 'graph.microsoft.com'}/v1.0`,
  }
}

async function answerCaller(
  world: World,
  caller: GraphCaller,
  request: GraphRequest,
  answering: Answering,
  log: RequestLogEntry,
): Promise<GraphResponse> {
  forgetOldVersions(world)
  const parsed = parsePath(request.url)
  if (!parsed) return answerError(answering, refuse(400, 'BadRequest', 'The request URI is malformed.'))
  const isWrite = request.method !== 'GET'
  const fault = takeFault(world, () => {
    const route = routeRead(parsed.segments)
    return {
      method: request.method,
      path: request.url,
      appId: caller.appId,
      hasPageToken: parsed.options.has('$skiptoken'),
      hasDeltaToken: route?.kind === 'delta' && (parsed.options.has('$deltatoken') || parsed.options.has('$skiptoken')),
      isWrite,
      collection: route?.entry.path,
    }
  })
  if (fault?.kind === 'delay') await held(world, fault)
  if (fault?.kind === 'cut') return cut(answering)
  const faulty = fault && faultRefusal(fault, { path: parsed.path, answering })
  if (faulty) return answerError(answering, faulty)
  const response = await answerSound(world, caller, request, parsed, answering, log, fault?.kind === 'emptyPage')
  if (fault?.kind === 'cutAfterEffect') return cut(answering)
  if (fault?.kind === 'cutBody') return { ...response, cutBody: true }
  return fault?.kind === 'slow' ? { ...response, trickleMs: fault.delayMs ?? 0 } : response
}

/** Answers without faults, but for those that items of a batch meet. */
async function answerSound(
  world: World,
  caller: GraphCaller,
  request: GraphRequest,
  parsed: GraphPath,
  answering: Answering,
  log: RequestLogEntry,
  emptyPage: boolean,
): Promise<GraphResponse> {
  if (isBatch(request.method, parsed)) {
    return answerBatch(request, answering, async (inner) => {
      const innerAnswering = answeringFor(world, inner)
      const entry = openLogEntry(world, {
        method: inner.method,
        path: inner.url,
        clientRequestId: inner.headers['client-request-id'] ?? null,
        body: inner.method === 'GET' ? null : inner.bodyText,
        tenantId: caller.tenantId,
        appId: caller.appId,
        oid: caller.oid,
      })
      const response = await answerCaller(world, caller, inner, innerAnswering, entry)
      entry.status = statusOf(response)
      entry.bytes = Buffer.byteLength(response.body)
      return response
    })
  }
  const answer = await answerTenant(world, caller, request, parsed, answering, log, emptyPage)
  return isRefusal(answer) ? answerError(answering, answer) : answer
}

async function answerTenant(
  world: World,
  caller: GraphCaller,
  request: GraphRequest,
  parsed: GraphPath,
  answering: Answering,
  log: RequestLogEntry,
  emptyPage: boolean,
): Promise<GraphResponse | Refusal> {
  const tenant = world.tenants.get(caller.tenantId)
  if (!tenant) return refuse(401, 'InvalidAuthenticationToken', 'The token was issued for a tenant that is not here.')
  if (parsed.version !== 'v1.0')
    return parsed.version === 'beta' ? notPlayed('the beta endpoint') : refuse(400, 'BadRequest', `Invalid version: ${parsed.version}.`)
  const match = matchAny(request.method, parsed)
  const body = parseBody(request)
  // Whoever may not call it learns nothing else: scopes are judged before anything is looked at.
  const ownNames = [caller.oid, text(collection(tenant, 'users').get(caller.oid), 'userPrincipalName')?.toLowerCase() ?? '']
  const permissions = reachingPermissions(caller.scopes, parsed.segments, ownNames)
  if (match && !scopesSuffice(match, request.method, permissions, caller.isAppOnly, isRefusal(body) ? [] : Object.keys(body)).ok)
    return refusals.denied
  const view = { world, tenant }
  if (request.method === 'GET') {
    const route = routeRead(parsed.segments)
    if (!match) return refuse(400, 'BadRequest', `Resource not found for the segment '${parsed.segments.at(-1) ?? ''}'.`)
    if (!route) return notPlayed(`GET ${match.template}`)
    return answerRead({
      view,
      caller,
      route,
      path: parsed.path,
      options: parsed.options,
      eventual: request.headers['consistencylevel']?.toLowerCase() === 'eventual',
      emptyPage,
      answering,
    })
  }
  if (!match) return refuse(400, 'BadRequest', `Resource not found for the segment '${parsed.segments.at(-1) ?? ''}'.`)
  return answerWrite({ view, caller, request, parsed, match, body, answering, log })
}

function matchAny(method: string, parsed: GraphPath): TableMatch | undefined {
  for (const spelling of tableSpellings(parsed)) {
    const match = matchPath(table, method, spelling)
    if (match) return match
  }
  return undefined
}

function cut(answering: Answering): GraphResponse {
  return { ...answerError(answering, refuse(503, 'UnknownError', '')), cut: true }
}

/** The refusal that a fault asks for; undefined for faults of another kind. */
function faultRefusal(fault: Fault, request: { path: string; answering: Answering }): Refusal | undefined {
  switch (fault.kind) {
    case 'throttle':
      return tooManyRequests(fault.retryAfter ?? undefined)
    case 'status':
      return faultStatus(fault.status ?? 503, fault.retryAfter ?? undefined)
    case 'expiredPageToken':
      return refusals.expiredPage
    case 'resync':
      return resync(request, 'resyncRequired', fault.status)
    case 'refuse':
      return fault.refusal === 'premium' || fault.refusal === 'p2' ? refusals[fault.refusal] : refusals.denied
    default:
      return undefined
  }
}

/** The service's own failures carry no message. */
function faultStatus(status: number, retryAfter: string | undefined): Refusal {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter }
  if (status === 401) return refuse(401, 'InvalidAuthenticationToken', 'Access token has expired or is not yet valid.', headers)
  if (status === 403) return { ...refusals.denied, headers }
  return status === 429 ? tooManyRequests(retryAfter) : refuse(status, 'UnknownError', '', headers)
}
