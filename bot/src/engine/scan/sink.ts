import type { Json } from '@countersign/core/digest.ts'
import type { FactSink, KeyedRow } from '../../graph/collect.ts'
import {
  applyChanges,
  countSeen,
  keepRows,
  planParts,
  positionOf,
  restartReading,
  type PartsPlan,
  type StoredPart,
} from '../../store/fact-parts.ts'
import { openRows } from '../../store/fact-rows.ts'
import { finishFact, openFactWriter } from '../../store/facts.ts'
import { readTx, writeTx, type StoredJob, type WriteTx } from '../../store/transaction.ts'
import type { Store } from '../../store/database.ts'
import { makeForesight } from './foresight.ts'

export interface SinkDependencies {
  readonly store: Store
  readonly who: StoredJob
  readonly scanId: string
  readonly fact: string
  /** Digest of the way in which the fact is read. */
  readonly source: string
  readonly at: string
  /** Told of rows once they are kept. */
  readonly onRows: (count: number) => void
}

export interface StoreSink {
  readonly sink: FactSink
  /** Ends the reading: the fact is read as of when it was begun. */
  readonly finish: (outcome: { readonly mode: 'full' | 'delta'; readonly deltaLink: string | null }) => Promise<void>
}

interface Page {
  readonly rows: readonly KeyedRow[]
  readonly part: StoredPart
  readonly kept: () => void
  readonly failed: (reason: unknown) => void
}

/** Rows of several calls that wait for the one transaction a fact has at a time go into the next one together, up to so many. */
const rowsAtOnce = 4000

/** Keeps the rows of one fact and how far its reading has come in the store, each call with its position or not at all. */
export async function openSink(deps: SinkDependencies): Promise<StoreSink> {
  const { store, who, scanId, fact, source } = deps
  const write = <T>(fn: (tx: WriteTx) => Promise<T>): Promise<T> => writeTx(store, who, fn)
  const [writer, position, before] = await write(async (tx) => {
    const opened = await openFactWriter(tx, scanId, fact, deps.at)
    const at = await positionOf(tx, opened, source)
    return [opened, at, at.plan ? await countSeen(tx, opened) : 0] as const
  })
  if (before > 0) deps.onRows(before)

  let turn: Promise<unknown> = Promise.resolve()
  let waiting: Page[] = []
  /** Noted with the first that is kept, in its transaction. */
  let plan: PartsPlan | undefined
  const foresight = makeForesight((fn) => readTx(store, who, fn), writer)

  /** One transaction of a fact at a time: parts may bring the same key at once. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  async function keepWaiting(): Promise<void> {
    const pages = takePages(waiting)
    if (pages.length === 0) return
    waiting = waiting.slice(pages.length)
    const rows = pages.flatMap((page) => page.rows)
    const parts = pages.map(({ part }) => part)
    const noted = plan
    try {
      const { added } = await write((tx) => keepRows(tx, writer, jsonRows(rows), parts, noted))
      if (plan === noted) plan = undefined
      foresight.kept(rows, added)
    } catch (error) {
      for (const { failed } of pages) failed(error)
      return
    }
    deps.onRows(rows.length)
    for (const { kept } of pages) kept()
  }

  /** For what is kept without rows, a list without parts for example. */
  async function writePlanned<T>(fn: (tx: WriteTx) => Promise<T>): Promise<T> {
    const noted = plan
    const answer = await write(async (tx) => {
      if (noted) await planParts(tx, writer, noted.parts, noted.deltaLink)
      return fn(tx)
    })
    if (plan === noted) plan = undefined
    return answer
  }

  return {
    sink: {
      position,
      plan(parts, deltaLink) {
        plan = { parts, deltaLink }
      },
      rows: (id, rows, next) =>
        new Promise((kept, failed) => {
          waiting.push({ rows, part: { id, next, done: next === null }, kept, failed })
          void inTurn(keepWaiting)
        }),
      restart: () => {
        plan = undefined
        return inTurn(async () => {
          // In turn, for a look may still be waiting for its own.
          foresight.forget()
          await write((tx) => restartReading(tx, writer))
        })
      },
      endIsNear: () => void inTurn(foresight.begin),
      allKept: () => void inTurn(async () => foresight.holds() || foresight.begin()),
      stored: (keys) => readTx(store, who, (tx) => openRows(tx, fact, keys)),
      changes: (upserts, removed, link) =>
        inTurn(async () => {
          if (upserts.length + removed.length > 0) foresight.changed()
          await writePlanned((tx) => applyChanges(tx, writer, { upserts: jsonRows(upserts), removed, link, source }))
          deps.onRows(upserts.length)
        }),
      count: () => inTurn(() => writePlanned((tx) => countSeen(tx, writer))),
    },
    finish: async ({ mode, deltaLink }) => {
      const delta = deltaLink === null ? {} : { delta: { link: deltaLink, source } }
      const foreseen = await foresight.result()
      const known = foreseen ? { foreseen } : {}
      await inTurn(() => writePlanned((tx) => finishFact(tx, writer, writer.begunAt ?? deps.at, { mode, ...delta, ...known })))
    },
  }
}

function takePages(waiting: readonly Page[]): readonly Page[] {
  let rows = 0
  const end = waiting.findIndex((page, index) => (rows += page.rows.length) > rowsAtOnce && index > 0)
  return end === -1 ? waiting : waiting.slice(0, end)
}

/** Rows are what the fact's schema made of JSON, and hold nothing else. */
function jsonRows(rows: readonly KeyedRow[]): readonly { readonly key: string; readonly row: Json }[] {
  return rows.map(({ key, row }) => ({ key, row: row as Json }))
}
