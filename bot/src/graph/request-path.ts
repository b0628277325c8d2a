import type { Fact } from '@countersign/core/posture/fact.ts'
import { rangeFilter } from './range-filter.ts'

/** Path and query below /v1.0 of the whole list, or of the list of one parent, as it is sent. */
export function requestPath(fact: Fact, parentId?: string): string {
  const { path, filter } = fact.source
  return withQuery(fact, fill(path, parentId), filter === undefined ? undefined : fill(filter, parentId, true))
}

/** Path and query of one part of a reading. */
export function partPath(fact: Fact, part: string): string {
  const { each, path } = fact.source
  if (part === '' && !each) return requestPath(fact)
  if (each) return requestPath(fact, part)
  const range = rangeFilter(fact, part)
  return withQuery(fact, path, joined(fact, range.filter), range.isAdvanced ? ['$count=true'] : [])
}

const firstRows = 100

/** A short first page, which tells whether the list is longer. */
export function firstRowsPath(fact: Fact): string {
  const { source } = fact
  return requestPath({
    ...fact,
    source: { ...source, pageSize: source.pageSize === 'none' ? 'none' : Math.min(source.pageSize, firstRows) },
  })
}

/** How many objects the list has, or those of it that a filter lets through. An advanced query. */
export function countPath(fact: Fact, filter?: string): string {
  const both = filter === undefined ? fact.source.filter : joined(fact, filter)
  return `${fact.source.path}/$count${both === undefined ? '' : `?$filter=${encodeURIComponent(both)}`}`
}

/** One object of the list, with the same properties. */
export function objectPath(fact: Fact, id: string): string {
  const { path, select } = fact.source
  return `${path}/${encodeURIComponent(id)}${select ? `?$select=${select.join(',')}` : ''}`
}

/** A link to the changes from now on, without any rows: https://learn.microsoft.com/graph/delta-query-overview#use-delta-query-to-track-changes */
export function latestDeltaPath(fact: Fact): string {
  const { path, select } = fact.source
  return `${path}/delta?${select ? `$select=${select.join(',')}&` : ''}$deltatoken=latest`
}

/** All objects of an expanded property of one row, with the properties that the expansion selects. */
export function completionPath(fact: Fact, path: string, id: string): string {
  const filled = fill(path, id)
  const select = /\$select=([^;)]+)/.exec(fact.source.expand ?? '')?.[1]
  return select === undefined || filled.includes('?') ? filled : `${filled}?$select=${select}`
}

function withQuery(fact: Fact, path: string, filter: string | undefined, more: readonly string[] = []): string {
  const { select, expand, pageSize } = fact.source
  const query = [
    ...(select ? [`$select=${select.join(',')}`] : []),
    ...(filter ? [`$filter=${encodeURIComponent(filter)}`] : []),
    ...(expand ? [`$expand=${expand}`] : []),
    ...(pageSize === 'none' ? [] : [`$top=${pageSize}`]),
    ...more,
  ]
  return query.length === 0 ? path : `${path}?${query.join('&')}`
}

function joined(fact: Fact, filter: string): string {
  return fact.source.filter === undefined ? filter : `(${fact.source.filter}) and (${filter})`
}

/** Puts the parent's id where the source says; inside a filter it stands between quotes. */
function fill(text: string, id: string | undefined, isFilter = false): string {
  return id === undefined ? text : text.replace('{id}', () => (isFilter ? id.replaceAll("'", "''") : encodeURIComponent(id)))
}
