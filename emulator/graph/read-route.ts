import { collections } from './collections.ts'
import type { CollectionEntry } from './collection-entry.ts'
import { isTracked } from './delta.ts'

/** A read that the table of collections knows: the whole list, one object of it, or how many there are. */
export interface ReadRoute {
  readonly entry: CollectionEntry
  readonly owner: string
  readonly kind: 'list' | 'one' | 'count' | 'me' | 'delta'
  readonly key: string
  /** `…/microsoft.graph.user` at the end: only objects of that type. */
  readonly cast: string | undefined
}

/** Finds the collection of a path; segments keep the case of ids, names match in any case. */
export function routeRead(segments: readonly string[]): ReadRoute | undefined {
  if (segments.length === 1 && segments[0]?.toLowerCase() === 'me') return routeMe()
  if (isDelta(segments)) {
    const route = routeRead(segments.slice(0, -1))
    return route?.kind === 'list' && route.cast === undefined && isTracked(route.entry) ? { ...route, kind: 'delta' } : undefined
  }
  const cast = /^(?:microsoft\.)?graph\.(\w+)$/i.exec(segments.at(-1) ?? '')?.[1]
  const plain = cast === undefined ? segments : segments.slice(0, -1)
  for (const entry of collections) {
    const parts = entry.path.split('/')
    if (!parts.every((part, index) => part === '{id}' || part.toLowerCase() === plain[index]?.toLowerCase())) continue
    const owner = plain[parts.indexOf('{id}')] ?? ''
    const rest = plain.slice(parts.length)
    if (rest.length === 0) return { entry, owner, kind: entry.singleton ? 'one' : 'list', key: '', cast }
    if (rest.length > 1 || entry.singleton) continue
    if (rest[0]?.toLowerCase() === '$count') return { entry, owner, kind: 'count', key: '', cast }
    return { entry, owner, kind: 'one', key: rest[0] ?? '', cast }
  }
  return undefined
}

/** `/delta` is short for the function's full name. */
function isDelta(segments: readonly string[]): boolean {
  return segments.length > 1 && /^(?:(?:microsoft\.)?graph\.)?delta(?:\(\))?$/i.test(segments.at(-1) ?? '')
}

function routeMe(): ReadRoute | undefined {
  const entry = collections.find((candidate) => candidate.path === 'users')
  return entry && { entry, owner: '', kind: 'me', key: '', cast: undefined }
}
