import type { Json } from '@countersign/core/digest.ts'
import type { Fact } from '@countersign/core/posture/fact.ts'
import { factOf } from '@countersign/core/posture/facts.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import { collectFact } from '../../graph/collect.ts'
import type { GraphReader } from '../../graph/reader.ts'
import { aidOf } from '../../store/aid.ts'
import { factReads, lastRowCount, markUnread, streamRows, type FactRead } from '../../store/facts.ts'
import { readTx, writeTx, type StoredJob } from '../../store/transaction.ts'
import type { Store } from '../../store/database.ts'
import { runSchedule, waveOf, type Schedule } from './schedule.ts'
import { openSink } from './sink.ts'
import { sourceDigest } from './source-digest.ts'

export interface CollectScan {
  readonly store: Store
  readonly reader: GraphReader
  readonly who: StoredJob
  readonly scanId: string
  readonly facts: readonly Fact[]
  /** Whether long lists may be read in parallel ranges. */
  readonly ranges: boolean
  readonly rangesAbove?: number
  readonly now: () => number
  /** Called with each fact that begins or ends and, not too often, in between; false stops collecting. */
  readonly onProgress: (progress: { readonly done: number; readonly now: string }) => Promise<boolean>
  /** Everything of this wave has been read and later ones have not; the reading goes on meanwhile. */
  readonly onWave: Schedule['onWave']
  readonly signal: AbortSignal
}

export type Collected =
  { readonly kind: 'collected' } | { readonly kind: 'stopped' } | { readonly kind: 'signInLost'; readonly reason: string }

type Ending = Exclude<Collected, { kind: 'collected' }>

/** Rows from which on the count says more than the name. */
const longList = 5000
const lookEveryMs = 1000
const firstLookMs = 3000
const headStartMs = 300

class Ended extends Error {}

/** Reads every fact that this scan has not read yet, so that a scan cut short goes on where it was. */
export async function collectScan(scan: CollectScan): Promise<Collected> {
  const before = await readTx(scan.store, scan.who, (tx) => factReads(tx, scan.scanId))
  const open = scan.facts.filter(({ id }) => !isEnded(before, id))
  const stop = new AbortController()
  const signal = AbortSignal.any([scan.signal, stop.signal])
  let ending: Ending | undefined
  const end = (how: Ending): false => {
    ending ??= how
    stop.abort(new Ended())
    return false
  }
  /** One broken promise ends the whole at once: nobody waits for readings whose scan has failed. */
  const fail = (error: unknown): never => {
    stop.abort(error)
    throw error
  }
  const progress = makeProgress(scan, open.length)
  const look = async (): Promise<boolean> => (await progress.tell()) || end({ kind: 'stopped' })
  const tellBegin = async (fact: Fact): Promise<void> => {
    await look()
    progress.size(fact, await sizeOf(scan, fact))
  }
  const timer = setInterval(() => void look().catch(() => undefined), lookEveryMs)
  try {
    await runSchedule({
      facts: open,
      firstLookMs,
      headStartMs,
      onWave: (wave) => scan.onWave(wave).catch(fail),
      async read(fact, underWay) {
        scan.signal.throwIfAborted()
        if (ending) return false
        progress.begin(fact)
        // Beside the reading: a scan that is no longer to be done calls it back.
        const told = tellBegin(fact)
        told.catch(() => undefined)
        try {
          const lost = await collectOne({ ...scan, signal }, fact, {
            underWay,
            onRows: (rows) => progress.rows(fact, rows),
            expected: () => progress.expected(fact),
          })
          if (lost !== undefined) return end({ kind: 'signInLost', reason: lost })
          await told
        } catch (error) {
          if (stop.signal.aborted && !scan.signal.aborted) return false
          return fail(error)
        }
        progress.end(fact)
        return look()
      },
    })
  } finally {
    clearInterval(timer)
  }
  return ending ?? { kind: 'collected' }
}

/** What the reading of one fact tells and asks of the whole. */
interface ReadingOfOne {
  readonly underWay: () => void
  readonly onRows: (count: number) => void
  /** About how many rows the fact will have; 0 where that is not known, or not yet. */
  readonly expected: () => number
}

/** Reads one fact and notes how it ended; answers why where the sign-in is gone. */
async function collectOne(scan: CollectScan, fact: Fact, { underWay, onRows, expected }: ReadingOfOne): Promise<string | undefined> {
  const { each } = fact.source
  const parents = each?.facts ?? []
  const reads = parents.length === 0 ? [] : await readTx(scan.store, scan.who, (tx) => factReads(tx, scan.scanId))
  for (const parent of parents) {
    const read = reads.find((known) => known.fact === parent)
    if (read?.state === 'read' || isEmpty(read)) continue
    await unread(scan, fact, { reason: read?.reason ?? 'notYet', detail: read?.detail ?? parent })
    return undefined
  }
  const { sink, finish } = await openSink({
    store: scan.store,
    who: scan.who,
    scanId: scan.scanId,
    fact: fact.id,
    source: sourceDigest(fact),
    at: new Date(scan.now()).toISOString(),
    onRows,
  })
  const outcome = await collectFact(scan.reader, fact, {
    sink: {
      ...sink,
      plan(parts, deltaLink) {
        sink.plan(parts, deltaLink)
        // The request for the first page leaves in this turn; what waits for it begins in the next.
        setImmediate(underWay)
      },
    },
    ranges: scan.ranges,
    ...(scan.rangesAbove === undefined ? {} : { rangesAbove: scan.rangesAbove }),
    expected,
    signal: scan.signal,
    ...(each ? { parents: each.account === 'aid' ? accountOfAid(scan) : rowsOf(scan, parents) } : {}),
  })
  if (outcome.kind === 'signInLost') return outcome.reason
  if (outcome.kind === 'unread') await unread(scan, fact, outcome)
  else await finish(outcome)
  return undefined
}

async function unread(
  scan: CollectScan,
  fact: Fact,
  why: Pick<FactRead, 'detail'> & { readonly reason: NonNullable<FactRead['reason']> },
): Promise<void> {
  await writeTx(scan.store, scan.who, (tx) => markUnread(tx, scan.scanId, fact.id, why))
}

function isEnded(reads: readonly FactRead[], factId: string): boolean {
  return reads.some(({ fact, state }) => fact === factId && state !== 'reading')
}

/** Refused for want of a licence without which it can hold no rows: what hangs on it is complete without them. */
function isEmpty(read: FactRead | undefined): boolean {
  return read?.reason === 'licence' && factOf(read.fact)?.withoutLicence === 'empty'
}

async function* accountOfAid({ store, who }: CollectScan): AsyncIterable<unknown> {
  const aid = await readTx(store, who, aidOf)
  if (aid) yield { id: aid.objectId }
}

/** Rows of facts that this scan has already read. Parents are facts held whole, so they fit in memory. */
async function* rowsOf(scan: CollectScan, factIds: readonly string[]): AsyncIterable<unknown> {
  for (const factId of factIds) {
    const rows: Json[] = []
    await readTx(scan.store, scan.who, (tx) => streamRows(tx, scan.scanId, factId, (_key, row) => void rows.push(row)))
    yield* rows
  }
}

/** About how many rows a fact has, by the reading before; 0 where nothing is known. */
async function sizeOf({ store, who }: CollectScan, fact: Fact): Promise<number> {
  if (waveOf(fact) === 'early') return 0
  return (await readTx(store, who, (tx) => lastRowCount(tx, fact.id))) ?? 0
}

interface Progress {
  readonly begin: (fact: Fact) => void
  /** About how many rows it will have. */
  readonly size: (fact: Fact, size: number) => void
  readonly rows: (fact: Fact, count: number) => void
  /** About how many rows it will have; 0 where that is not known, or not yet. */
  readonly expected: (fact: Fact) => number
  readonly end: (fact: Fact) => void
  readonly tell: () => Promise<boolean>
}

const countedOf = '{title}: {done, number} of about {size, number}'
const counted = '{title}: {done, number}'

/** How many facts have ended, which only grows, and what is being read now: the longest list with its count, else the newest fact. */
function makeProgress(scan: CollectScan, open: number): Progress {
  const running = new Map<string, { readonly title: string; size: number; rows: number }>()
  let done = scan.facts.length - open
  const words = (): string => {
    const all = [...running.values()]
    const longest = all.reduce<(typeof all)[number] | undefined>(
      (most, one) => (one.rows > (most?.rows ?? longList) ? one : most),
      undefined,
    )
    const { title = '', rows = 0, size = 0 } = longest ?? all.at(-1) ?? {}
    if (!longest) return title
    return renderMessage(size > rows ? countedOf : counted, { title, done: rows, size })
  }
  return {
    begin: ({ id, title }) => void running.set(id, { title, size: 0, rows: 0 }),
    size({ id }, size) {
      const fact = running.get(id)
      if (fact) fact.size = size
    },
    rows({ id }, count) {
      const fact = running.get(id)
      if (fact) fact.rows += count
    },
    expected: ({ id }) => running.get(id)?.size ?? 0,
    end({ id }) {
      running.delete(id)
      done += 1
    },
    tell: () => scan.onProgress({ done, now: words() }),
  }
}
