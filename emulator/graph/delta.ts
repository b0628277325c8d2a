import type { Change } from '../tenants/journal.ts'
import { collection, text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import type { CollectionEntry } from './collection-entry.ts'
import { readDeltaToken, writeDeltaToken } from './delta-token.ts'
import type { DeltaToken } from './delta-token.ts'
import { parseFilter } from './filter.ts'
import type { GraphResponse } from './graph-types.ts'
import { listing } from './listing.ts'
import { parseSelect } from './query.ts'
import { answerJson, isRefusal, refusals, refuse, unsupportedQuery } from './respond.ts'
import type { Answering, Refusal } from './respond.ts'
import { propertiesOf } from './schema.ts'
import { readRow } from './view.ts'
import type { View } from './view.ts'

/** Collections whose changes v1.0 tracks (https://learn.microsoft.com/graph/delta-query-overview#supported-resources). */
const tracked = new Set([
  'users',
  'groups',
  'servicePrincipals',
  'applications',
  'oauth2PermissionGrants',
  'directoryRoles',
  'administrativeUnits',
  'directory/administrativeUnits',
])

/** Objects on one page; the service says only that it varies. */
const PAGE = 200
/** `$filter` names at most so many objects. */
const FILTER_LIMIT = 50
/** With replays switched on, so many older changes come again. */
const REPLAYED = 5

export interface DeltaRequest {
  readonly view: View
  readonly entry: CollectionEntry
  readonly path: string
  readonly options: URLSearchParams
  readonly answering: Answering
}

export function isTracked(entry: CollectionEntry): boolean {
  return tracked.has(entry.path)
}

/** Where a service sends a client whose token is void: to the beginning. */
export function resync(
  request: Pick<DeltaRequest, 'path' | 'answering'>,
  code: 'resyncRequired' | 'syncStateNotFound',
  status = 410,
): Refusal {
  const message =
    code === 'syncStateNotFound'
      ? 'The sync state generation is not found. The delta token is expired and data must be synchronized again.'
      : 'Resync required. Replace any local items with the server’s version (including deletes).'
  return refuse(status, code, message, { location: `${request.answering.base}/${request.path}?$deltatoken=` })
}

/** Answers one page of a delta query whose caller may read the collection. */
export function answerDelta(request: DeltaRequest): GraphResponse | Refusal {
  const token = roundOf(request)
  if (isRefusal(token)) return token
  const { view, answering, entry } = request
  const now = view.world.clock.now()
  const page = token.from === null ? fullPage(request, token) : changedPage(request, token, token.from)
  const base = `${answering.base}/${request.path}`
  const link = page.next
    ? { '@odata.nextLink': `${base}?$skiptoken=${writeDeltaToken({ ...token, kind: 'page', ...page.next, issuedAt: now })}` }
    : {
        '@odata.deltaLink': `${base}?$deltatoken=${writeDeltaToken({ ...token, kind: 'delta', from: token.to, offset: 0, after: '', issuedAt: now })}`,
      }
  const context = `${answering.base}/$metadata#${entry.path}${token.select ? `(${token.select.join(',')})` : ''}`
  const body = { '@odata.context': context, ...link, value: page.objects }
  return { ...answerJson(answering, 200, body), rows: page.objects.length }
}

/** What this page goes on with: the token's round, or a new one. */
function roundOf(request: DeltaRequest): DeltaToken | Refusal {
  const { view, entry, options } = request
  const { settings } = view.world
  const now = view.world.clock.now()
  const { journal } = view.tenant
  // What reads do not see yet is left to the next round.
  const to = journal.lastAt(now - settings.readLagMs)
  const named = optionsByName(options)
  const sent = named.get('$skiptoken') ?? named.get('$deltatoken')
  if (sent !== undefined && sent !== '' && sent.toLowerCase() !== 'latest') {
    const token = readDeltaToken(sent)
    const kind = named.has('$skiptoken') ? 'page' : 'delta'
    if (!token || token.path !== entry.path || token.kind !== kind) return refuse(400, 'BadRequest', 'Badly formed token.')
    if (token.epoch !== journal.epoch) return resync(request, 'resyncRequired')
    const age = now - token.issuedAt
    if (kind === 'page') return age > settings.pageTokenMs ? refusals.expiredPage : token
    if (age > settings.deltaTokenMs) return resync(request, 'syncStateNotFound')
    return { ...token, to, from: Math.max(0, (token.from ?? 0) - (settings.deltaReplays ? REPLAYED : 0)) }
  }
  const refused = [...named.keys()].find(
    (name) => name.startsWith('$') && !['$select', '$filter', '$deltatoken', '$skiptoken'].includes(name),
  )
  if (refused !== undefined) return unsupportedQuery(`'${refused}' is not supported by the service for delta queries.`)
  const select = parseSelect(entry.type, named.get('$select') ?? null)
  if (select && isRefusal(select)) return select
  const outside = select?.find((name) => entry.keptElsewhere?.includes(name) === true || Object.hasOwn(entry.guarded ?? {}, name))
  if (outside !== undefined) return refuse(501, 'NotImplemented', 'This operation target is not yet supported.')
  const ids = trackedIds(named.get('$filter'))
  if (ids && isRefusal(ids)) return ids
  const round = { epoch: journal.epoch, path: entry.path, select: select ? [...select] : null, ids: ids ? [...ids] : null, to }
  const from = sent?.toLowerCase() === 'latest' ? to : null
  return { ...round, kind: 'delta', from, offset: 0, after: '', issuedAt: now }
}

/** Documented as `$deltatoken` and `$deltaToken` alike. */
function optionsByName(options: URLSearchParams): Map<string, string> {
  return new Map([...options].map(([name, value]) => [name.toLowerCase(), value]))
}

/** The ids of `id eq 'x' or id eq 'y'`, the only filter there is. */
function trackedIds(filter: string | undefined): readonly string[] | undefined | Refusal {
  if (filter === undefined) return undefined
  const parsed = parseFilter(filter, { id: 'eq' })
  const parts = filter.split(/\s+or\s+/i).map((part) => /^\s*id\s+eq\s+'([^']*)'\s*$/i.exec(part)?.[1])
  if (isRefusal(parsed) || parts.includes(undefined)) return unsupportedQuery('Unsupported Query.')
  if (parts.length > FILTER_LIMIT) return unsupportedQuery(`At most ${FILTER_LIMIT} objects can be filtered.`)
  return parts.filter((id) => id !== undefined)
}

interface DeltaPage {
  readonly objects: readonly Record<string, unknown>[]
  readonly next: { readonly offset: number; readonly after: string } | undefined
}

/** A page of everything that there is. */
function fullPage({ view, entry }: DeltaRequest, token: DeltaToken): DeltaPage {
  const { ids } = token
  const rows = listing(view, entry, '', {
    matches: ids ? (subject) => ids.includes(String(subject.value('id'))) : undefined,
    orderBy: undefined,
    names: undefined,
  })
  const page = rows.page(token.offset === 0 ? undefined : token, PAGE)
  const objects = page.rows.map((row) => inFull(entry, token, row))
  const repeated = view.world.settings.deltaReplays && token.after !== '' ? pathRow(view, entry, token.after) : undefined
  if (repeated) objects.unshift(inFull(entry, token, repeated))
  return { objects, next: page.next && { offset: page.next.offset, after: page.rows.at(-1)?.id ?? '' } }
}

/** What happened to one object during a round. */
interface Touched {
  readonly id: string
  isNew: boolean
  wasRemoved: boolean
  readonly properties: Set<string>
}

/** A page of what changed during a round. */
function changedPage(request: DeltaRequest, token: DeltaToken, from: number): DeltaPage {
  const { view } = request
  const touched = new Map<string, Touched>()
  for (const change of changesOf(request, from, token.to)) {
    if (token.ids && !token.ids.includes(change.id)) continue
    const known = touched.get(change.id) ?? { id: change.id, isNew: false, wasRemoved: false, properties: new Set<string>() }
    touched.set(change.id, known)
    if (change.kind === 'created') known.isNew = true
    if (change.kind === 'removed') known.wasRemoved = true
    for (const property of change.properties) known.properties.add(property)
  }
  // By object and not by answer, so that what happens between two pages moves nothing from one to the other.
  const end = token.offset + PAGE
  const replays = view.world.settings.deltaReplays
  const objects = [...touched.values()].slice(token.offset, end).flatMap((one) => answered(request, token, one, replays))
  // The service may name an object more than once in a round.
  if (replays) objects.push(...objects.filter((_, index) => index % 3 === 0 && !isRestored(objects, index)))
  return { objects, next: end < touched.size ? { offset: end, after: '' } : undefined }
}

/** Whether the object stands in the list twice, removed first: only its last state may be repeated at the end. */
function isRestored(objects: readonly Record<string, unknown>[], index: number): boolean {
  return objects[index]?.['@removed'] !== undefined && objects[index + 1]?.['id'] === objects[index]?.['id']
}

/** Roles are tracked through their assignments: whoever holds the first makes a role appear. */
function changesOf({ view, entry }: DeltaRequest, after: number, upTo: number): readonly Change[] {
  const { journal } = view.tenant
  if (entry.path !== 'directoryRoles') return journal.changes('stored' in entry.rows ? entry.rows.stored : entry.path, after, upTo)
  return journal
    .changes('roleManagement/directory/roleAssignments', after, upTo)
    .map((change): Change => ({ ...change, id: text(change.row, 'roleDefinitionId') ?? '', kind: 'created' }))
}

function answered({ view, entry }: DeltaRequest, token: DeltaToken, one: Touched, replays: boolean): Record<string, unknown>[] {
  const row = pathRow(view, entry, one.id)
  const removed = {
    id: one.id,
    '@removed': { reason: collection(view.tenant, 'directory/deletedItems').has(one.id) ? 'changed' : 'deleted' },
  }
  if (!row) return [removed]
  if (one.isNew) {
    const whole = inFull(entry, token, row, (name) => one.wasRemoved || one.properties.has(name))
    return one.wasRemoved && replays ? [{ ...removed, '@removed': { reason: 'changed' } }, whole] : [whole]
  }
  const names = [...one.properties].filter((name) => namesOf(entry, token, row).includes(name))
  return names.length === 0 ? [] : [{ id: row.id, ...Object.fromEntries(names.map((name) => [name, valueOf(entry, row, name)])) }]
}

function pathRow(view: View, entry: CollectionEntry, id: string): Row | undefined {
  if ('stored' in entry.rows) return readRow(view, entry.rows.stored, id)
  return entry.rows(view, '').find((row) => row.id === id)
}

/** The properties that are tracked. */
function namesOf(entry: CollectionEntry, token: DeltaToken, row: Row): readonly string[] {
  const outside = new Set([...Object.keys(entry.guarded ?? {}), ...(entry.keptElsewhere ?? [])])
  return token.select ?? entry.defaultSelect ?? Object.keys(row).filter((name) => !name.startsWith('@') && !outside.has(name))
}

/** The object with everything that is tracked; what was never set is left out, as documented, but for what may have been set before. */
function inFull(
  entry: CollectionEntry,
  token: DeltaToken,
  row: Row,
  mayHaveBeenSet: (name: string) => boolean = () => false,
): Record<string, unknown> {
  const values = namesOf(entry, token, row)
    .map((name) => [name, valueOf(entry, row, name)] as const)
    .filter(([name, value]) => value !== null || mayHaveBeenSet(name))
  return { ...Object.fromEntries(values), id: row.id }
}

function valueOf(entry: CollectionEntry, row: Row, name: string): unknown {
  return row[name] ?? (propertiesOf(entry.type).get(name)?.many ? [] : null)
}
