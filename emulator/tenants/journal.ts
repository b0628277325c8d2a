import { randomUUID } from 'node:crypto'
import type { Row } from './tenant.ts'

/** One change of one object, however it came about. */
export interface Change {
  /** Counts up from 1 over the whole tenant. */
  readonly seq: number
  /** Milliseconds since the epoch, by the world's clock. */
  readonly at: number
  readonly id: string
  readonly kind: 'created' | 'changed' | 'removed'
  /** The top-level properties that differ; empty unless the kind is `changed`. */
  readonly properties: readonly string[]
  /** The object after the change or, when it was removed, before. */
  readonly row: Row
}

/** What changed in a tenant since it was planted; delta queries are answered from it. */
export interface Journal {
  /** Told apart from the journals of other runs, so that a token of theirs is known to be void. */
  readonly epoch: string
  /** Begins to take notes; planting is not noted. */
  start(now: () => number): void
  note(path: string, before: Row | undefined, after: Row | undefined): void
  /** Changes of one collection with `after < seq <= upTo`, oldest first. */
  changes(path: string, after: number, upTo: number): readonly Change[]
  /** The newest change made at or before this moment, as its seq; 0 when there is none. */
  lastAt(moment: number): number
}

export function makeJournal(): Journal {
  let clock: (() => number) | undefined
  /** When each change was made, by seq − 1. */
  const moments: number[] = []
  const byPath = new Map<string, Change[]>()
  return {
    epoch: randomUUID(),
    start(now) {
      clock = now
    },
    note(path, before, after) {
      const row = after ?? before
      if (!clock || !row) return
      const properties = before && after ? changedProperties(before, after) : []
      if (before && after && properties.length === 0) return
      const at = clock()
      moments.push(at)
      const kind = before ? (after ? 'changed' : 'removed') : 'created'
      const list = byPath.get(path) ?? []
      byPath.set(path, list)
      list.push({ seq: moments.length, at, id: row.id, kind, properties, row })
    },
    changes(path, after, upTo) {
      const list = byPath.get(path) ?? []
      return list.slice(firstAfter(list, after), firstAfter(list, upTo))
    },
    lastAt(moment) {
      let seq = moments.length
      while (seq > 0 && (moments[seq - 1] ?? 0) > moment) seq -= 1
      return seq
    },
  }
}

function firstAfter(list: readonly Change[], seq: number): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.seq ?? 0) > seq) high = middle
    else low = middle + 1
  }
  return low
}

function changedProperties(before: Row, after: Row): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => before[name] !== after[name] && JSON.stringify(before[name]) !== JSON.stringify(after[name]))
}
