import type { FactSink, KeyedRow, PartState, Position } from '../../../bot/src/graph/collect.ts'

/** A store of one fact in memory that keeps what a real one keeps, over several readings and through crashes. */
export interface MemoryFact {
  /** Rows that are open, by key. */
  readonly rows: Map<string, unknown>
  readonly seen: Set<string>
  plan: { parts: PartState[]; deltaLink: string | null } | null
  deltaLink: string | null
  /** What the sink was asked to do, in order. */
  readonly log: string[]
  /** Calls that still work before the process "dies"; Infinity for a healthy one. */
  lives: number
}

export class Died extends Error {}

export function memoryFact(): MemoryFact {
  return { rows: new Map(), seen: new Set(), plan: null, deltaLink: null, log: [], lives: Infinity }
}

/** The sink for one attempt at a reading. */
export function sinkFor(fact: MemoryFact): FactSink {
  const call = (what: string): void => {
    if (fact.lives-- <= 0) throw new Died(`The process died at ${what}.`)
    fact.log.push(what)
  }
  const upsert = (rows: readonly KeyedRow[]): void => {
    if (new Set(rows.map(({ key }) => key)).size !== rows.length) throw new Error('One call brought a key twice.')
    for (const { key, row } of rows) {
      fact.rows.set(key, row)
      fact.seen.add(key)
    }
  }
  return {
    position: structuredClone({ plan: fact.plan, deltaLink: fact.deltaLink }) satisfies Position,
    plan: (parts, deltaLink) => {
      call('plan')
      fact.seen.clear()
      fact.plan = { parts: parts.map((id) => ({ id, next: null, done: false })), deltaLink }
      fact.deltaLink = null
    },
    rows: async (part, rows, next) => {
      call(`rows ${part}`)
      const known = fact.plan?.parts.find(({ id }) => id === part)
      if (!fact.plan || !known) throw new Error(`Rows came for the part "${part}", which is in no plan.`)
      upsert(rows)
      fact.plan.parts = fact.plan.parts.map((other) => (other.id === part ? { id: part, next, done: next === null } : other))
    },
    restart: async () => {
      call('restart')
      fact.plan = null
      fact.seen.clear()
    },
    stored: async (keys) => {
      // As a store does: a parsed row that went through JSON.
      return new Map(keys.flatMap((key) => (fact.rows.has(key) ? [[key, structuredClone(fact.rows.get(key))] as const] : [])))
    },
    changes: async (upserts, removed, link) => {
      call('changes')
      if (upserts.some(({ key }) => removed.includes(key))) throw new Error('A key was changed and removed in one call.')
      for (const key of removed) {
        fact.rows.delete(key)
        fact.seen.delete(key)
      }
      upsert(upserts)
      if (fact.plan) fact.plan.deltaLink = link
      else fact.deltaLink = link
    },
    count: async () => fact.seen.size,
  }
}

/** What the store does when a reading has ended well: what a full one did not see is closed. */
export function endReading(fact: MemoryFact, mode: 'full' | 'delta', deltaLink: string | null): void {
  if (mode === 'full') for (const key of [...fact.rows.keys()]) if (!fact.seen.has(key)) fact.rows.delete(key)
  fact.plan = null
  fact.seen.clear()
  fact.deltaLink = deltaLink
}

/** What it does when a reading has ended unread. */
export function failReading(fact: MemoryFact): void {
  fact.plan = null
  fact.seen.clear()
}

export function rowsOf(fact: MemoryFact): unknown[] {
  return [...fact.rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, row]) => [key, row])
}
