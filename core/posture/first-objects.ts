import { canonicalJson } from '../digest.ts'
import type { Json } from '../digest.ts'
import type { AffectedObject } from './check.ts'

/** Objects that a verdict lists at most; `unlisted` counts the others. */
export const listedObjects = 10_000

/** The first objects by sort key, whatever the order in which they come; never holds more than twice as many. */
export interface FirstObjects {
  readonly add: (object: AffectedObject) => void
  /** How many were added. */
  readonly count: () => number
  /** How many are held in memory now. */
  readonly held: () => number
  readonly list: () => readonly AffectedObject[]
}

interface Keyed {
  readonly key: string
  readonly object: AffectedObject
}

export function firstObjects(limit: number = listedObjects): FirstObjects {
  let kept: Keyed[] = []
  let added = 0
  /** Once full: the key of the last kept object, behind which nothing needs to be kept. */
  let last: string | undefined

  function shorten(): void {
    kept.sort(byKey)
    if (kept.length <= limit) return
    kept = kept.slice(0, limit)
    last = kept.at(-1)?.key
  }

  function add(object: AffectedObject): void {
    added += 1
    const key = sortKey(object)
    if (last !== undefined && key > last) return
    kept.push({ key, object })
    if (kept.length >= 2 * limit) shorten()
  }

  function list(): readonly AffectedObject[] {
    shorten()
    return kept.map(({ object }) => object)
  }

  return { add, count: () => added, held: () => kept.length, list }
}

function byKey(left: Keyed, right: Keyed): number {
  if (left.key !== right.key) return left.key < right.key ? -1 : 1
  const [first, second] = [canonicalJson(asJson(left.object)), canonicalJson(asJson(right.object))]
  return first < second ? -1 : first > second ? 1 : 0
}

function asJson(object: AffectedObject): Json {
  // Objects hold texts, numbers and lists of texts, and nothing else.
  return object as unknown as Json
}

function sortKey({ type, id, part }: AffectedObject): string {
  return `${type}\n${id.toLowerCase()}\n${(part ?? '').toLowerCase()}`
}
