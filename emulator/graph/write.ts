import { z } from 'zod'
import { collection } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import type { RequestLogEntry } from '../tenants/world.ts'
import { writeAudit } from './audit.ts'
import type { GraphCaller, GraphRequest, GraphResponse } from './graph-types.ts'
import type { TableMatch } from './permission-table.ts'
import type { GraphPath } from './request-path.ts'
import { answerJson, answerNothing, isRefusal, notFound, notPlayed, refusals, refuse } from './respond.ts'
import type { Answering, Refusal } from './respond.ts'
import { propertiesOf } from './schema.ts'
import { charge } from './throttle.ts'
import type { View } from './view.ts'
import type { Body, WriteEntry } from './write-entry.ts'
import { writes } from './writes.ts'

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
    return parsed.success
      ? Object.fromEntries(Object.entries(parsed.data).filter(([name]) => !name.startsWith('@odata.') || name === '@odata.id'))
      : malformed
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
  const entry = entryFor(request)
  if (!entry) return notPlayed(`${request.request.method} ${request.match.template}`)
  const throttled = charge(view.world, view.tenant, caller.appId, entry.bucket, 1)
  if (throttled) return throttled
  if (isRefusal(body)) return body
  const keys = keysOf(entry, request.parsed)
  const target = entry.targets === undefined ? { id: '' } : findTarget(view, entry.targets, keys[0])
  if (!target) return notFound(keys[0] ?? '')
  const call = { view, caller, body, at: answering.at, base: answering.base, keys, target }
  if (!entry.may(call)) return refusals.denied
  const unlicensed = licenceRefusal(view, entry)
  if (unlicensed) return unlicensed
  const unplayed = Object.keys(body).find((name) => !entry.plays.includes(name))
  if (unplayed !== undefined) return unknownProperty(entry, unplayed)
  const outcome = entry.apply(call)
  if (isRefusal(outcome)) return outcome
  log.effect = true
  writeAudit(view, caller, answering, request.request.headers['user-agent'], outcome.audit)
  if (!outcome.answer) return answerNothing(answering)
  return answerJson(answering, outcome.answer.status, {
    '@odata.context': `${answering.base}/$metadata#${outcome.answer.context}`,
    ...outcome.answer.body,
  })
}

/** A relation is changed at `/$ref`; without it the same path would mean the related object itself. */
function entryFor({ request, match, parsed }: WriteRequest): WriteEntry | undefined {
  const template = match.template
    .toLowerCase()
    .replaceAll(/\/\{[^{}]*\}/g, '/{id}')
    .replace(/^(\/\w+)\(appid=\{value\}\)/, '$1/{id}')
    .replace(/\/\$ref$/, '')
  const path = parsed.segments.at(-1)?.toLowerCase() === '$ref' ? `${template}/$ref` : template
  return writes.find((candidate) => candidate.method === request.method && candidate.path === path)
}

function keysOf(entry: WriteEntry, parsed: GraphPath): string[] {
  return entry.path
    .split('/')
    .slice(1)
    .flatMap((part, index) => (part === '{id}' ? (parsed.segments[index] ?? '') : []))
}

/** Writes address the object as it really is, whatever reads still show. */
function findTarget(view: View, targets: string, key: string | undefined): Row | undefined {
  const rows = collection(view.tenant, targets)
  if (key === undefined) return rows.values().next().value
  const [, property = targets === 'users' ? 'userPrincipalName' : 'id', value = key] = /^(\w+)='(.*)'$/.exec(key) ?? []
  return rows.get(key) ?? rows.with(property, value)[0]
}

function licenceRefusal({ tenant }: View, entry: WriteEntry): Refusal | undefined {
  const { licence } = tenant.flags
  if (entry.licence === 'premium' && licence === 'free') return entry.unlicensed ?? refusals.premium
  if (entry.licence === 'p2' && licence !== 'p2') return entry.unlicensed ?? refusals.p2
  return undefined
}

function unknownProperty({ bodyType }: WriteEntry, name: string): Refusal {
  if (bodyType !== undefined && propertiesOf(bodyType).has(name)) return notPlayed(`'${name}' in the body for a ${bodyType}`)
  return refuse(400, 'Request_BadRequest', `Invalid property '${name}'.`)
}
