import { z } from 'zod'
import type { Row } from '../tenants/tenant.ts'
import type { RequestLogEntry } from '../tenants/world.ts'
import { writeAudit } from './audit.ts'
import { holdsAction, mayTouchUser } from './caller.ts'
import type { GraphCaller, GraphRequest, GraphResponse } from './graph-types.ts'
import type { TableMatch } from './permission-table.ts'
import type { GraphPath } from './request-path.ts'
import { answerJson, answerNothing, isRefusal, notFound, notPlayed, refusals, refuse } from './respond.ts'
import type { Answering, Refusal } from './respond.ts'
import { propertiesOf } from './schema.ts'
import { charge } from './throttle.ts'
import type { View } from './view.ts'
import { collection } from '../tenants/tenant.ts'
import { writes } from './writes.ts'
import type { WriteEntry } from './writes.ts'

export type Body = Readonly<Record<string, unknown>>

/** The JSON object of a write; an absent body counts as an empty one. */
export function parseBody(request: GraphRequest): Body | Refusal {
  if (request.bodyText.trim() === '') return {}
  const malformed = refuse(
    400,
    'BadRequest',
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  )
  try {
    const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(request.bodyText))
    return parsed.success ? Object.fromEntries(Object.entries(parsed.data).filter(([name]) => !name.startsWith('@odata.'))) : malformed
  } catch {
    return malformed
  }
}

export interface WriteRequest {
  readonly view: View
  readonly caller: GraphCaller
  readonly request: GraphRequest
  readonly parsed: GraphPath
  readonly match: TableMatch
  readonly body: Body | Refusal
  readonly answering: Answering
  readonly log: RequestLogEntry
}

/** Carries out a state-changing request whose scopes were found sufficient. */
export function answerWrite(request: WriteRequest): GraphResponse | Refusal {
  const { view, caller, body, answering, log } = request
  const path = request.match.template
    .toLowerCase()
    .replaceAll(/\/\{[^{}]*\}/g, '/{id}')
    .replace(/^(\/\w+)\(appid=\{value\}\)/, '$1/{id}')
  const entry = writes.find((candidate) => candidate.method === request.request.method && candidate.path === path)
  if (!entry) return notPlayed(`${request.request.method} ${request.match.template}`)
  const throttled = charge(view.world, view.tenant, caller.appId, entry.bucket, 1)
  if (throttled) return throttled
  if (isRefusal(body)) return body
  const key = targetKey(entry, request.parsed)
  const target = findTarget(view, entry, key)
  if (!target) return notFound(key)
  if (!mayWrite(request, entry, target, body)) return refusals.denied
  const unplayed = Object.keys(body).find((name) => !entry.plays.includes(name))
  if (unplayed !== undefined) return unknownProperty(entry, unplayed)
  const outcome = entry.apply(view, target, body, answering.at)
  if (isRefusal(outcome)) return outcome
  log.effect = true
  writeAudit(view, caller, answering, request.request.headers['user-agent'], outcome.audit)
  if (!outcome.answer) return answerNothing(answering)
  return answerJson(answering, outcome.answer.status, {
    '@odata.context': `${answering.base}/$metadata#${outcome.answer.context}`,
    ...outcome.answer.body,
  })
}

function targetKey(entry: WriteEntry, parsed: GraphPath): string {
  return parsed.segments[entry.path.split('/').indexOf('{id}') - 1] ?? ''
}

/** Writes address the object as it really is, whatever reads still show. */
function findTarget(view: View, entry: WriteEntry, key: string): Row | undefined {
  const rows = collection(view.tenant, entry.targets)
  const [, property = entry.targets === 'users' ? 'userPrincipalName' : 'id', value = key] = /^(\w+)='(.*)'$/.exec(key) ?? []
  return rows.get(key) ?? rows.with(property, value)[0]
}

function mayWrite(request: WriteRequest, entry: WriteEntry, target: Row, body: Body): boolean {
  const { view, caller } = request
  if (entry.self && caller.oid === target.id) return true
  if (!holdsAction(view.tenant, caller, entry.action(body), target.id)) return false
  return entry.targets !== 'users' || mayTouchUser(view.tenant, caller, target.id)
}

const types: Readonly<Record<string, string>> = {
  users: 'user',
  applications: 'application',
  'identity/conditionalAccess/policies': 'conditionalAccessPolicy',
}

function unknownProperty(entry: WriteEntry, name: string): Refusal {
  const type = types[entry.targets]
  if (entry.method === 'PATCH' && type !== undefined && propertiesOf(type).has(name)) return notPlayed(`changing '${name}' of a ${type}`)
  return refuse(400, 'Request_BadRequest', `Invalid property '${name}'.`)
}
