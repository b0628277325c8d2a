import { parentsOf, type Fact } from '@countersign/core/posture/fact.ts'
import { breathe, slice } from '../in-slices.ts'
import { latestLink, readChanges, readsChanges } from './changes.ts'
import { openLastLook } from './last-look.ts'
import { readOptions, readParts, type Reading, type Stop } from './parts.ts'
import { planRanges, readCount } from './ranges.ts'
import { isPartOf, shareParts } from './range-filter.ts'
import type { GraphReader, SignInLost } from './reader.ts'
import { firstRowsPath } from './request-path.ts'
import type { KeyedRow } from './rows.ts'
import type { Unread } from './unread.ts'

export type { KeyedRow } from './rows.ts'

export interface PartState {
  readonly id: string
  /** Link to go on from; null = from the beginning. */
  readonly next: string | null
  readonly done: boolean
}

export interface Position {
  /** Null: nothing of this reading was kept yet. `deltaLink`: changes after it are read when all parts are done. */
  readonly plan: { readonly parts: readonly PartState[]; readonly deltaLink: string | null } | null
  /** The stored rows equal the tenant as of this link; null: read in full. */
  readonly deltaLink: string | null
}

/** Where a reading keeps what it has: each call is one transaction, rows and position together. The plan may be kept with the first rows. */
export interface FactSink {
  /** As it was when the reading began. */
  readonly position: Position
  readonly plan: (parts: readonly string[], deltaLink: string | null) => void
  /**
   * Rows by key, each key once in a call; a key that comes again later replaces the row. `next` null = the part is done. Calls come from
   * several parts at once, those of one part one after the other.
   */
  readonly rows: (part: string, rows: readonly KeyedRow[], next: string | null) => Promise<void>
  /** Forgets the plan, the parts and the keys seen in this reading: the list is read again from the beginning. */
  readonly restart: () => Promise<void>
  /** The last page of a list in one part has come or is on its way, and is not kept yet: a sink may begin to prepare for the end. */
  readonly endIsNear?: () => void
  /** Every part is kept, and the last changes are not: the last moment for it. */
  readonly allKept?: () => void
  /** Open rows by key, to complete changes that carry some properties only. */
  readonly stored: (keys: readonly string[]) => Promise<ReadonlyMap<string, unknown>>
  /** Changes and the link behind them, from which the reading goes on. No key is in both lists. */
  readonly changes: (upserts: readonly KeyedRow[], removed: readonly string[], link: string) => Promise<void>
  /** Distinct keys of this full reading so far, without those that its changes removed. */
  readonly count: () => Promise<number>
}

export interface CollectOptions {
  /** Rows of the parent facts, for a fact that is read once per row of others. */
  readonly parents?: AsyncIterable<unknown>
  readonly sink: FactSink
  /** Whether long lists may be read in parallel ranges and shares. */
  readonly ranges: boolean
  /** Lists longer than this are read in ranges; where they begin to be worth while unless given. */
  readonly rangesAbove?: number
  /** About how many rows the list has, as far as is known by now; 0 where nothing is. Decides when the end is prepared, never whether a row is read. */
  readonly expected?: () => number
  readonly signal?: AbortSignal
}

export type FactOutcome =
  | {
      readonly kind: 'read'
      readonly mode: 'full' | 'delta'
      /** From here the next reading reads changes only. */ readonly deltaLink: string | null
    }
  | Unread
  /** The person who reads must sign in again: no other fact can be read either. */
  | SignInLost

const resyncsAtMost = 2
const proofsAtMost = 3

/**
 * Reads one fact as its source says, on from where an earlier attempt of the same reading came to. A refusal is an answer about this fact
 * alone and never ends the run. In a full reading that meets one key twice the page that comes later counts: while a list is read an object
 * can move between its pages and ranges, and the changes since the beginning, where Graph offers them, settle it.
 */
export async function collectFact(reader: GraphReader, fact: Fact, options: CollectOptions): Promise<FactOutcome> {
  const { sink, signal } = options
  const reading: Reading = { reader, fact, sink, ...(signal ? { signal } : {}) }
  let { plan } = sink.position
  if (plan?.parts.some(({ id }) => !isPartOf(fact, id))) {
    await sink.restart()
    plan = null
  }
  if (!plan && sink.position.deltaLink !== null && readsChanges(fact)) {
    const changes = await readChanges(reading, sink.position.deltaLink, 'whole')
    if (changes.kind === 'changed') return { kind: 'read', mode: 'delta', deltaLink: changes.deltaLink }
    if (changes.kind !== 'resync') return changes
    await sink.restart()
  }
  let ranges = options.ranges
  for (let resyncs = 0; ;) {
    const outcome = await readFull(reading, plan, { ...options, ranges })
    if (outcome.kind !== 'again') return outcome
    if (outcome.why === 'resync' && ++resyncs > resyncsAtMost)
      return { kind: 'unread', reason: 'graph', detail: 'Graph forgot its links to changes again and again' }
    if (outcome.why === 'incomplete') ranges = false
    await sink.restart()
    plan = null
  }
}

/** `resync`: the link of the plan is too old. `incomplete`: the parts together are not the list, or Graph does not answer them. */
type Full = FactOutcome | { readonly kind: 'again'; readonly why: 'resync' | 'incomplete' }
type Plan = NonNullable<Position['plan']>

async function readFull(reading: Reading, kept: Plan | null, options: CollectOptions): Promise<Full> {
  const made = kept ?? (await makePlan(reading, options))
  if ('kind' in made) return made
  const { source } = reading.fact
  const isCut = source.each === undefined && made.parts.some(({ id }) => id !== '')
  if (!kept) notePlan(reading, made)
  let { deltaLink } = made
  const look = openLastLook(reading, deltaLink, options.expected ?? (() => 0))
  const stop = await readParts(reading, made.parts, deltaLink, look)
  if (stop) look.drop()
  if (stop) return isCut && isRefusedFilter(stop) ? { kind: 'again', why: 'incomplete' } : withoutRefusal(stop)
  for (let proofs = 1; ; proofs += 1) {
    if (deltaLink !== null) {
      reading.sink.allKept?.()
      const changes = await look.changesSince(deltaLink)
      if (changes.kind === 'resync') return { kind: 'again', why: 'resync' }
      if (changes.kind !== 'changed') return changes
      deltaLink = changes.deltaLink
    }
    const proof = isCut && source.ranges !== undefined ? await prove(reading) : 'complete'
    if (proof === 'complete') return { kind: 'read', mode: 'full', deltaLink }
    if (proof !== 'incomplete') return proof
    if (proofs >= proofsAtMost) return { kind: 'again', why: 'incomplete' }
  }
}

function notePlan({ sink }: Reading, { parts, deltaLink }: Plan): void {
  sink.plan(
    parts.map(({ id }) => id),
    deltaLink,
  )
}

async function makePlan(reading: Reading, { ranges, rangesAbove, parents }: CollectOptions): Promise<Plan | SignInLost | Unread> {
  const { reader, fact } = reading
  if (fact.source.each) return { parts: (await parentIds(fact, parents)).map(fresh), deltaLink: null }
  // Before the first page, so that nothing that changes while the list is read is missed.
  const [latest, cut] = await Promise.all([
    readsChanges(fact) ? latestLink(reading) : { link: null },
    ranges ? cutList(reading) : { kind: 'ranges' as const, parts: null },
  ])
  if ('kind' in latest) return latest
  if (cut.kind !== 'ranges') return cut
  // A list cut into parts changes while its parts are read: without the changes its completeness is proven by count alone.
  return { parts: (cut.parts ?? ['']).map(fresh), deltaLink: latest.link }

  async function cutList(within: Reading): Promise<Awaited<ReturnType<typeof planRanges>>> {
    if (fact.source.ranges !== undefined) return planRanges(reader, fact, readOptions(within), rangesAbove)
    if (!fact.source.shares) return { kind: 'ranges', parts: null }
    for await (const page of reader.pages(firstRowsPath(fact), { ...readOptions(within), ahead: 0 })) {
      if (page.kind === 'signInLost') return page
      return { kind: 'ranges', parts: page.kind === 'page' && page.next !== undefined ? shareParts(fact) : null }
    }
    return { kind: 'ranges', parts: null }
  }
}

function fresh(id: string): PartState {
  return { id, next: null, done: false }
}

async function parentIds({ source: { each } }: Fact, parents: AsyncIterable<unknown> | undefined): Promise<string[]> {
  const ids = new Set<string>()
  let seen = 0
  for await (const parent of parents ?? []) {
    for (const id of each ? parentsOf(each, parent) : []) ids.add(id)
    if (++seen % slice === 0) await breathe()
  }
  return [...ids]
}

/** Ranges must add up to Graph's own count. Shares, which lists without a count have too, are complete by the documented values. */
async function prove(reading: Reading): Promise<'complete' | 'incomplete' | SignInLost> {
  const { reader, fact, sink } = reading
  const total = await readCount(reader, fact, readOptions(reading))
  if (typeof total === 'object') return total
  return (await sink.count()) === total ? 'complete' : 'incomplete'
}

/** The tenant's Graph does not take the filter of a part, which says nothing about the list as a whole. */
function isRefusedFilter(stop: Stop): boolean {
  return stop.kind === 'unread' && (stop.refusal?.status === 400 || stop.refusal?.status === 501)
}

function withoutRefusal(stop: Stop): Unread | SignInLost {
  return stop.kind === 'unread' ? { kind: 'unread', reason: stop.reason, detail: stop.detail } : stop
}
