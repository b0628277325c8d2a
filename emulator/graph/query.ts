import type { Matcher } from '../tenants/subject.ts'
import type { CollectionEntry } from './collection-entry.ts'
import { parseFilter } from './filter.ts'
import type { Filter } from './filter.ts'
import { isRefusal, notPlayed, refuse, unsupportedQuery } from './respond.ts'
import type { Refusal } from './respond.ts'
import { propertiesOf } from './schema.ts'
import { parseSearch } from './search.ts'

export interface Expansion {
  readonly name: string
  readonly select: readonly string[] | undefined
  /** What is expanded inside it. */
  readonly nested: readonly string[]
}

export interface Query {
  readonly select: readonly string[] | undefined
  readonly filter: Filter | undefined
  readonly search: Matcher | undefined
  readonly top: number | undefined
  readonly expand: readonly Expansion[]
  readonly orderBy: { readonly property: string; readonly descending: boolean } | undefined
  readonly count: boolean
  readonly skipToken: string | undefined
  /** Whether ConsistencyLevel: eventual was sent. */
  readonly eventual: boolean
}

const known = new Set(['$select', '$filter', '$top', '$expand', '$orderby', '$count', '$skiptoken', '$search', '$format'])

/** Reads the query options against what the path supports; `single` paths take `$select` and `$expand` only. */
export function parseQuery(
  entry: CollectionEntry,
  options: URLSearchParams,
  eventual: boolean,
  kind: 'single' | 'list' | 'count',
): Query | Refusal {
  const single = kind === 'single'
  for (const [name] of options) {
    if (!name.startsWith('$')) continue
    if (!known.has(name))
      return name === '$skip'
        ? unsupportedQuery(`'${name}' is not supported by the service.`)
        : refuse(400, 'BadRequest', `The query parameter '${name}' is not supported.`)
    if (single && name !== '$select' && name !== '$expand')
      return refuse(
        400,
        'BadRequest',
        `The query specified in the URI is not valid. Query option '${name}' is not allowed on a single object.`,
      )
  }
  const select = parseSelect(entry.type, options.get('$select'))
  if (isParsed(select)) return select
  const elsewhere = select?.find((name) => entry.keptElsewhere?.includes(name))
  if (elsewhere !== undefined) return notPlayed(`'${elsewhere}', which is not kept in the directory`)
  const expand = parseExpand(entry, options.get('$expand'))
  if (isParsed(expand)) return expand
  const top = parseTop(entry, options.get('$top'), select ?? [])
  if (isParsed(top)) return top
  const orderBy = parseOrderBy(entry, options.get('$orderby'))
  if (isParsed(orderBy)) return orderBy
  const filterText = options.get('$filter')
  const filter = filterText === null ? undefined : parseFilter(filterText, entry.filter)
  if (filter && isRefusal(filter)) return filter
  const search = parseSearch(entry, options.get('$search'), eventual)
  if (isParsed(search)) return search
  const { needsFilter } = entry
  if (!single && needsFilter && !needsFilter.anyOf.some((list) => list.every((name) => filter?.properties.has(name))))
    return needsFilter.refusal
  const count = options.get('$count') === 'true'
  if (count && !entry.counts) return unsupportedQuery('Request with $count query parameter is not supported for this resource.')
  // On the live service $count=true without the header is silently left out of the answer, not refused.
  const advanced =
    entry.counts && (filter?.advanced === true || (filter !== undefined && (orderBy !== undefined || entry.filtersAdvanced === true)))
  // On later pages the token knows what page one carried.
  if (advanced && !options.has('$skiptoken') && !(eventual && (count || kind === 'count'))) {
    return unsupportedQuery(
      'Operator or combination is not supported without advanced query capabilities: send the header ConsistencyLevel: eventual and $count=true.',
    )
  }
  return {
    select,
    filter,
    search,
    top,
    expand,
    orderBy,
    count: count && eventual,
    skipToken: options.get('$skiptoken') ?? undefined,
    eventual,
  }
}

function isParsed(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && isRefusal(value)
}

export function parseSelect(type: string, source: string | null): readonly string[] | undefined | Refusal {
  if (source === null) return undefined
  const names = source
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length === 0) return refuse(400, 'BadRequest', 'The query option $select is empty.')
  if (names.includes('*')) return undefined
  const properties = propertiesOf(type)
  const unknown = type === 'directoryObject' ? undefined : names.find((name) => !properties.has(name))
  if (unknown !== undefined)
    return refuse(
      400,
      'BadRequest',
      `Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.${type}'.`,
    )
  return names
}

function parseExpand(entry: CollectionEntry, source: string | null): Query['expand'] | Refusal {
  if (source === null) return []
  const parts = [...source.matchAll(/([A-Za-z]+|\*)(?:\((?:\$select=([^();]*))?;?(?:\$expand=([A-Za-z,]*))?\))?(?:,|$)/g)]
  if (parts.map((part) => part[0]).join('') !== source)
    return refuse(400, 'BadRequest', `Parsing OData Select and Expand failed: '${source}' cannot be expanded.`)
  if (entry.counts && parts.length > 1) return unsupportedQuery('Only one property can be expanded in a single query.')
  const expansions: Expansion[] = []
  for (const [, name = '', select, inner] of parts) {
    const nested = inner?.split(',') ?? []
    if (!Object.hasOwn(entry.expand, name) || nested.some((property) => entry.nested?.[name]?.includes(property) !== true))
      return refuse(
        400,
        'BadRequest',
        `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${entry.type}' that can be expanded.`,
      )
    expansions.push({ name, select: select?.split(',').map((property) => property.trim()), nested })
  }
  return expansions
}

function parseTop(entry: CollectionEntry, source: string | null, select: readonly string[]): number | undefined | Refusal {
  if (source === null) return undefined
  if (entry.page === 'whole' || entry.refusesTop) return unsupportedQuery("'$top' is not supported by the service.")
  const guarded = select.flatMap((name) => entry.guarded?.[name]?.pageMax ?? [])
  const max = Math.min(entry.page.max, ...guarded)
  const top = Number(source)
  if (!/^\d+$/.test(source) || top < 1 || top > max)
    return unsupportedQuery(`Invalid page size specified: '${source}'. Must be between 1 and ${max} inclusive.`)
  return top
}

function parseOrderBy(entry: CollectionEntry, source: string | null): Query['orderBy'] | Refusal {
  if (source === null) return undefined
  const [property = '', direction = 'asc', ...rest] = source.trim().split(/\s+/)
  if (!entry.orderBy.includes(property) || rest.length > 0 || !['asc', 'desc'].includes(direction))
    return unsupportedQuery(`Sorting by '${source}' is not supported for this resource.`)
  return { property, descending: direction === 'desc' }
}
