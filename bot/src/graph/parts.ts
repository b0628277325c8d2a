import type { Fact } from '@countersign/core/posture/fact.ts'
import type { GraphRefusal, SignInLost } from './answer.ts'
import { batchLimit } from './batch-body.ts'
import { bucketLimits, unitsOf } from './budget.ts'
import type { FactSink, PartState } from './collect.ts'
import type { GraphPage } from './chain.ts'
import type { LastLook } from './last-look.ts'
import type { GraphReader, ReadOptions } from './reader.ts'
import { partPath } from './request-path.ts'
import { completeRows, parseRows } from './rows.ts'
import { isGone, misshapen, unread, type Unread } from './unread.ts'

/** One reading of one fact. */
export interface Reading {
  readonly reader: GraphReader
  readonly fact: Fact
  readonly sink: FactSink
  readonly signal?: AbortSignal
}

/** Why a reading ends early. `refusal` is kept where another way of reading may still work. */
export type Stop = (Unread & { readonly refusal?: GraphRefusal }) | SignInLost

/** Pages that are asked for before the ones at hand are stored: more where there is one chain, so that at most about four wait. */
const aheadOfOne = 3
const aheadOfMany = 1
const batchesAtOnce = 4

export function readOptions({ fact, signal }: Reading): ReadOptions {
  return {
    bucket: fact.source.bucket,
    units: unitsOf(fact.source),
    ...(fact.source.eventual ? { eventual: true } : {}),
    ...(signal ? { signal } : {}),
  }
}

/** Reads every part that is not done. A part that stops stops the others; what they have stored by then stays. `look`: for a list in one part. */
export async function readParts(
  reading: Reading,
  parts: readonly PartState[],
  deltaLink: string | null,
  look: LastLook,
): Promise<Stop | undefined> {
  const open = parts.filter(({ done }) => !done)
  if (reading.fact.source.each) return readParents(reading, open)
  const only = parts.length === 1 ? { deltaLink, look } : undefined
  return together(reading, open, Infinity, (inner, part) => readPart(inner, part, only))
}

/** What the reading of a list in one part needs to know besides the part. */
interface OnlyPart {
  readonly deltaLink: string | null
  readonly look: LastLook
}

async function readPart(reading: Reading, part: PartState, only: OnlyPart | undefined): Promise<Stop | undefined> {
  const { reader, fact, sink } = reading
  const path = partPath(fact, part.id)
  if (fact.source.single) {
    const answer = await reader.get(path, readOptions(reading))
    if (answer.kind === 'refused') return { ...unread(fact, answer), refusal: answer }
    if (answer.kind === 'signInLost') return answer
    return keepPage(reading, part.id, { kind: 'page', rows: [answer.body] }, 0)
  }
  // The ranges that exclude beginnings are advanced queries, and each of their pages is one.
  const isAdvanced = part.id.includes('~')
  const pages = reader.pages(path, {
    ...readOptions(reading),
    ...(isAdvanced ? { eventual: true } : {}),
    ...(part.next === null ? {} : { from: part.next }),
    ahead: only ? aheadOfOne : aheadOfMany,
  })
  return keepPages(reading, part.id, pages, {
    onRestart: async () => {
      if (!only) return
      only.look.drop()
      await sink.restart()
      sink.plan([part.id], only.deltaLink)
    },
    onPage: (page, rows) => only?.look.onPage(page, rows),
  })
}

async function keepPages(
  reading: Reading,
  part: string,
  pages: AsyncIterable<GraphPage>,
  { onRestart, onPage }: { readonly onRestart?: () => Promise<void>; readonly onPage?: LastLook['onPage'] } = {},
): Promise<Stop | undefined> {
  let rows = 0
  for await (const page of pages) {
    if (page.kind === 'refused') return { ...unread(reading.fact, page), refusal: page }
    if (page.kind === 'signInLost') return page
    if (page.kind === 'restart') {
      rows = 0
      await onRestart?.()
      continue
    }
    onPage?.(page, rows + page.rows.length)
    const stop = await keepPage(reading, part, page, rows)
    if (stop) return stop
    rows += page.rows.length
  }
  return undefined
}

async function keepPage(
  reading: Reading,
  part: string,
  page: Extract<GraphPage, { kind: 'page' }>,
  offset: number,
): Promise<Stop | undefined> {
  const { reader, fact, sink } = reading
  const whole = fact.source.completes ? await completeRows(reader, fact, page.rows, readOptions(reading)) : undefined
  if (whole && whole.kind !== 'completed') return whole
  const parsed = await parseRows(fact, whole?.rows ?? page.rows, offset, fact.source.each ? part : undefined)
  if (parsed.kind === 'unread') return parsed
  await sink.rows(part, parsed.rows, page.next ?? null)
  return undefined
}

/** First pages of twenty parents in one request, where the bucket counts units; one by one where it counts few requests. */
async function readParents(reading: Reading, open: readonly PartState[]): Promise<Stop | undefined> {
  const size = Math.min(batchLimit, bucketLimits[reading.fact.source.bucket].units)
  const fresh = open.filter(({ next }) => next === null)
  const begun = open.filter(({ next }) => next !== null)
  const batches: PartState[][] = []
  for (let at = 0; at < fresh.length; at += size) batches.push(fresh.slice(at, at + size))
  const stop = await together(reading, batches, batchesAtOnce, readBatchOfParents)
  return stop ?? together(reading, begun, batchesAtOnce, (inner, part) => readLaterPages(inner, part.id, part.next))
}

async function readBatchOfParents(reading: Reading, parents: readonly PartState[]): Promise<Stop | undefined> {
  const { reader, fact } = reading
  const paths = parents.map(({ id }) => partPath(fact, id))
  const [only] = paths
  const answers =
    paths.length === 1 && only !== undefined
      ? [await reader.get(only, readOptions(reading))]
      : await reader.batch(paths, readOptions(reading))
  for (const [index, { id }] of parents.entries()) {
    const answer = answers[index]
    if (!answer) throw new Error('A batch answered fewer requests than it was asked.')
    if (answer.kind === 'signInLost') return answer
    // A parent that was deleted since it was read has nothing below it any more.
    if (answer.kind === 'refused' && !isGone(answer)) return unread(fact, answer)
    const page = answer.kind === 'answer' ? firstPage(fact, answer.body) : { rows: [], next: null }
    if (!page) return misshapen(`${partPath(fact, id)}: not a list`)
    const kept = { kind: 'page', rows: page.rows, ...(page.next === null ? {} : { next: page.next }) } as const
    const stop = (await keepPage(reading, id, kept, 0)) ?? (page.next === null ? undefined : await readLaterPages(reading, id, page.next))
    if (stop) return stop
  }
  return undefined
}

function readLaterPages(reading: Reading, parent: string, from: string | null): Promise<Stop | undefined> {
  const pages = reading.reader.pages(partPath(reading.fact, parent), {
    ...readOptions(reading),
    ...(from === null ? {} : { from }),
    ahead: aheadOfMany,
  })
  return keepPages(reading, parent, pages)
}

function firstPage({ source }: Fact, body: unknown): { readonly rows: readonly unknown[]; readonly next: string | null } | undefined {
  if (source.single) return { rows: [body], next: null }
  const object: { readonly value?: unknown; readonly '@odata.nextLink'?: unknown } = Object(body)
  const next = object['@odata.nextLink'] ?? null
  if (!Array.isArray(object.value) || (next !== null && typeof next !== 'string')) return undefined
  return { rows: object.value, next }
}

/** Runs the work for each item, some at once; the first that stops or throws calls the others back. */
async function together<Item>(
  reading: Reading,
  items: readonly Item[],
  atOnce: number,
  work: (reading: Reading, item: Item) => Promise<Stop | undefined>,
): Promise<Stop | undefined> {
  const calledBack = new AbortController()
  const signal = reading.signal ? AbortSignal.any([reading.signal, calledBack.signal]) : calledBack.signal
  const inner: Reading = { ...reading, signal }
  const waiting = items.values()
  let stop: Stop | undefined
  let failure: { readonly error: unknown } | undefined
  async function lane(): Promise<void> {
    for (const item of waiting) {
      if (calledBack.signal.aborted) return
      try {
        const stopped = await work(inner, item)
        if (!stopped) continue
        stop ??= stopped
      } catch (error) {
        if (!calledBack.signal.aborted) failure = { error }
      }
      calledBack.abort(new Error('Another part of this reading has stopped.'))
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane))
  if (failure) throw failure.error
  return stop
}
