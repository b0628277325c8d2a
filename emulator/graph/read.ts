import { setImmediate as breathe } from 'node:timers/promises'
import { text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import type { Matcher } from '../tenants/subject.ts'
import { holdsAction } from './caller.ts'
import type { CollectionEntry } from './collection-entry.ts'
import type { GraphCaller, GraphResponse } from './graph-types.ts'
import { answerDelta } from './delta.ts'
import { listing } from './listing.ts'
import type { Listing } from './listing.ts'
import type { ReadRoute } from './read-route.ts'
import { readPageToken, tokenOwner, writePageToken } from './page-token.ts'
import { parseQuery } from './query.ts'
import type { Query } from './query.ts'
import { answerJson, answerText, isRefusal, notFound, refusals, refuse, unsupportedQuery } from './respond.ts'
import type { Answering, Refusal } from './respond.ts'
import { propertiesOf } from './schema.ts'
import { charge, readCost } from './throttle.ts'
import { readRow, rowsWith } from './view.ts'
import type { View } from './view.ts'

/** `$expand` answers at most so many objects and no link to the rest. */
const EXPAND_LIMIT = 20

/** Rows that are shaped before other requests have their turn: Graph answers each on a machine of its own. */
const ROWS_AT_ONCE = 128

export interface ReadRequest {
  readonly view: View
  readonly caller: GraphCaller
  readonly route: ReadRoute
  readonly path: string
  readonly options: URLSearchParams
  readonly eventual: boolean
  /** A fault asks for a page without rows that still has a next link. */
  readonly emptyPage: boolean
  readonly answering: Answering
}

/** Answers a read whose path-level scopes were found sufficient. */
export async function answerRead(request: ReadRequest): Promise<GraphResponse | Refusal> {
  const { view, caller, route, options, eventual, answering } = request
  const { entry } = route
  const single = route.kind === 'one' || route.kind === 'me'
  const isDeltaQuery = route.kind === 'delta'
  const query = parseQuery(
    entry,
    isDeltaQuery ? new URLSearchParams() : options,
    eventual,
    single ? 'single' : route.kind === 'count' ? 'count' : 'list',
  )
  if (isRefusal(query)) return query
  const guarded = Object.entries(entry.guarded ?? {})
    .filter(([name]) => query.select?.includes(name))
    .map(([, guard]) => guard)
  const bucket = guarded[0]?.bucket ?? entry.bucket
  const units =
    bucket === 'identity'
      ? readCost(entry.cost, {
          select: query.select !== undefined || (isDeltaQuery && options.has('$select')),
          expand: query.expand.length > 0,
          top: query.top,
        })
      : 1
  const throttled = charge(view.world, view.tenant, caller.appId, bucket, units)
  if (throttled) return throttled
  if (guarded.some((guard) => !caller.scopes.includes(guard.scope)) || !narrowScopesAllow(entry, caller, query.select))
    return refusals.denied
  if (!isOwn(request) && !holdsAction(view.tenant, caller, entry.readAction, objectOf(request))) return refusals.denied
  const licence = licenceRefusal(view, entry, guarded.length > 0)
  if (licence) return licence
  if (entry.ownedBy !== undefined && !readRow(view, entry.ownedBy, ownerId(view, entry, route.owner))) return notFound(route.owner)
  if (isDeltaQuery) return answerDelta({ view, entry, path: request.path, options, answering })
  const headers = { 'x-ms-resource-unit': String(units) }
  if (route.kind === 'count') {
    if (!entry.counts) return unsupportedQuery('$count is not supported for this resource.')
    if (!eventual)
      return refuse(400, 'Request_BadRequest', '$count is not currently supported without the header ConsistencyLevel: eventual.')
    return answerText(answering, String(listed(request, query).count()), headers)
  }
  return single ? answerOne(request, query, headers) : answerPage(request, query, headers)
}

/** The object that a role may be scoped to: whoever a child collection belongs to, or the one that is read. */
function objectOf({ view, route }: ReadRequest): string | undefined {
  const id = route.owner === '' ? route.key : ownerId(view, route.entry, route.owner)
  return id === '' ? undefined : id
}

/** Everybody may read their own user object, guests included, and what belongs to it. */
function isOwn({ view, caller, route }: ReadRequest): boolean {
  const { entry } = route
  if (route.kind === 'me' || (entry.path === 'users' && route.key === caller.oid)) return true
  return entry.personal === true && ownerId(view, entry, route.owner) === caller.oid
}

function narrowScopesAllow(entry: CollectionEntry, caller: GraphCaller, select: readonly string[] | undefined): boolean {
  const allowed = narrowedTo(entry, caller)
  return allowed === undefined || (select ?? []).every((name) => allowed.includes(name))
}

/** The properties that the caller's scopes open, where they are only narrow ones; undefined when all are open. */
function narrowedTo(entry: CollectionEntry, caller: GraphCaller): readonly string[] | undefined {
  const narrow = Object.entries(entry.narrowScopes ?? {})
  const held = narrow.filter(([scope]) => caller.scopes.includes(scope))
  const wide = caller.scopes.some((scope) => /^(User|Directory)\.Read(Write)?(\.All)?$/.test(scope))
  return held.length === 0 || wide ? undefined : held.flatMap(([, properties]) => properties)
}

function licenceRefusal(view: View, entry: CollectionEntry, guarded: boolean): Refusal | undefined {
  const { licence } = view.tenant.flags
  if ((entry.licence === 'premium' || guarded) && licence === 'free') return entry.unlicensed ?? refusals.premium
  if (entry.licence === 'p2' && licence !== 'p2') {
    return entry.unlicensed ?? refusals.p2
  }
  return undefined
}

/** Users are also addressed by their user principal name. */
function ownerId(view: View, entry: CollectionEntry, owner: string): string {
  if (entry.ownedBy !== 'users' || readRow(view, 'users', owner)) return owner
  return rowsWith(view, 'users', 'userPrincipalName', owner)[0]?.id ?? owner
}

function findOne(request: ReadRequest): Row | undefined {
  const { view, route, caller } = request
  const { entry } = route
  const key = route.kind === 'me' ? caller.oid : route.key
  const alternate = /^(\w+)='(.*)'$/.exec(key)
  const [, property = '', value = ''] = alternate ?? []
  if (alternate && !entry.alternateKeys?.includes(property)) return undefined
  if ('stored' in entry.rows && !entry.singleton) {
    const path = entry.rows.stored
    if (alternate) return rowsWith(view, path, property, value)[0]
    return readRow(view, path, key) ?? (path === 'users' ? rowsWith(view, path, 'userPrincipalName', key)[0] : undefined)
  }
  const rows = entry.rows(view, ownerId(view, entry, route.owner))
  if (entry.singleton) return rows[0]
  return alternate ? rows.find((row) => text(row, property)?.toLowerCase() === value.toLowerCase()) : rows.find((row) => row.id === key)
}

function answerOne(request: ReadRequest, query: Query, headers: Readonly<Record<string, string>>): GraphResponse | Refusal {
  const row = findOne(request)
  if (!row) return notFound(request.route.kind === 'me' ? request.caller.oid : request.route.key)
  const { entry } = request.route
  if (entry.opens && !entry.opens(row).some((permission) => request.caller.scopes.includes(permission))) return refusals.denied
  const context = `${request.answering.base}/$metadata#${entry.path.replace('{id}', `'${request.route.owner}'`)}${selectedIn(query)}/$entity`
  return answerJson(request.answering, 200, { '@odata.context': context, ...shape(request, query, row) }, headers)
}

/** The rows that a list or a count is about. */
function listed(request: ReadRequest, query: Query): Listing {
  const { view, route } = request
  const { cast } = route
  const { filter, search } = query
  const conditions: Matcher[] = []
  if (cast !== undefined) conditions.push((subject) => subject.value('@odata.type') === `#microsoft.graph.${cast}`)
  if (filter) conditions.push(filter.matches)
  if (search) conditions.push(search)
  const [only] = conditions
  return listing(view, route.entry, ownerId(view, route.entry, route.owner), {
    matches: conditions.length > 1 ? (subject) => conditions.every((condition) => condition(subject)) : only,
    orderBy: query.orderBy,
    names: query.expand.length === 0 ? query.select : undefined,
  })
}

async function answerPage(request: ReadRequest, query: Query, headers: Readonly<Record<string, string>>): Promise<GraphResponse | Refusal> {
  const { view, route, options, answering, emptyPage } = request
  const { needsFilter, opens } = route.entry
  const asked = { ...Object.fromEntries(query.filter?.required ?? []), id: '' }
  if (needsFilter && opens && !opens(asked).some((permission) => request.caller.scopes.includes(permission))) return refusals.denied
  const owner = tokenOwner(view.tenant.id, request.path, options)
  const now = view.world.clock.now()
  const token = query.skipToken === undefined ? undefined : readPageToken(query.skipToken)
  if (query.skipToken !== undefined) {
    const usable =
      token && token.of === owner && now - token.issuedAt <= view.world.settings.pageTokenMs && token.eventual === query.eventual
    if (!usable) return refusals.expiredPage
  }
  const rows = listed(request, query)
  const size = route.entry.page === 'whole' ? Number.POSITIVE_INFINITY : pageSize(query, route.entry, route.entry.page)
  const page = rows.page(token, size)
  const shown = emptyPage ? [] : page.rows
  const next = emptyPage ? (token ?? { offset: 0, after: '' }) : page.next
  const body: Record<string, unknown> = {
    '@odata.context': `${answering.base}/$metadata#${route.entry.type === 'directoryObject' ? 'directoryObjects' : route.entry.path.replace('{id}', `'${route.owner}'`)}${selectedIn(query)}`,
  }
  if (query.count && !token) body['@odata.count'] = rows.count()
  if (next) {
    const link = new URLSearchParams([...options].filter(([name]) => name !== '$skiptoken'))
    link.set('$skiptoken', writePageToken({ of: owner, offset: next.offset, after: next.after, issuedAt: now, eventual: query.eventual }))
    body['@odata.nextLink'] = `${answering.base}/${request.path}?${link.toString().replaceAll('%24', '$')}`
  }
  const value: unknown[] = []
  for (const [index, row] of shown.entries()) {
    if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await breathe()
    value.push(shape(request, query, row))
  }
  body['value'] = value
  return { ...answerJson(answering, 200, body, headers), rows: shown.length }
}

function pageSize(query: Query, entry: CollectionEntry, page: { default: number; max: number }): number {
  const guardedMax = (query.select ?? []).flatMap((name) => entry.guarded?.[name]?.pageMax ?? [])
  return Math.min(query.top ?? page.default, page.max, ...guardedMax)
}

function selectedIn(query: Query): string {
  const names = [...(query.select ?? []), ...query.expand.map((expansion) => `${expansion.name}()`)]
  return names.length === 0 ? '' : `(${names.join(',')})`
}

/** The properties that were asked for (and the id, which Graph adds), or the default ones, with what was expanded. */
function shape(request: ReadRequest, query: Query, row: Row): Record<string, unknown> {
  const { entry } = request.route
  const answer = picked(row, query.select ?? unselected(request, row), entry.type)
  for (const { name, select, nested } of query.expand) {
    const value = entry.expand[name]?.(request.view, row) ?? null
    const unasked = new Set(entry.nested?.[name]?.filter((property) => !nested.includes(property)))
    const pick = (item: Row): Record<string, unknown> =>
      picked(
        item,
        [...(select ?? Object.keys(item)), ...nested].filter((property) => !unasked.has(property)),
      )
    if (Array.isArray(value)) answer[name] = value.slice(0, EXPAND_LIMIT).map(pick)
    else answer[name] = value === null || !('id' in value) ? null : pick(value)
  }
  if (entry.key !== undefined) delete answer['id']
  return answer
}

/** What is answered where nothing was selected. */
function unselected({ route: { entry }, caller }: ReadRequest, row: Row): readonly string[] {
  const narrowed = narrowedTo(entry, caller)
  const names = entry.defaultSelect ?? Object.keys(row).filter((name) => !Object.hasOwn(entry.guarded ?? {}, name))
  return narrowed ? names.filter((name) => narrowed.includes(name)) : names
}

function picked(row: Row, names: readonly string[], type?: string): Record<string, unknown> {
  const answer: Record<string, unknown> = {}
  if (row['@odata.type'] !== undefined) answer['@odata.type'] = row['@odata.type']
  for (const name of names) {
    if (name.startsWith('@')) continue
    const value = row[name]
    if (value !== undefined) answer[name] = value
    else if (type !== undefined && type !== 'directoryObject') {
      const declared = propertiesOf(type).get(name)
      if (declared?.navigation === false) answer[name] = declared.many ? [] : null
    }
  }
  if (answer['id'] === undefined) answer['id'] = row.id
  return answer
}
