import type { Json } from '@countersign/core/digest.ts'
import type { Fact } from '@countersign/core/posture/fact.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import { factsToRead } from '@countersign/core/posture/facts-to-read.ts'
import { collectFact, type FactOutcome } from '../../graph/collect.ts'
import type { GraphReader } from '../../graph/reader.ts'
import { factReads, finishFact, markUnread, openFactWriter, streamRows, writeFactRows, type FactRead } from '../../store/facts.ts'
import { readTx, writeTx, type StoredJob } from '../../store/transaction.ts'
import type { Store } from '../../store/database.ts'

export interface CollectScan {
  readonly store: Store
  readonly reader: GraphReader
  readonly who: StoredJob
  readonly scanId: string
  readonly now: () => number
  /** Called before each fact; false stops collecting. */
  readonly onFact: (progress: { readonly done: number; readonly of: number; readonly fact: Fact }) => Promise<boolean>
  readonly signal: AbortSignal
}

export type Collected =
  { readonly kind: 'collected' } | { readonly kind: 'stopped' } | { readonly kind: 'signInLost'; readonly reason: string }

/** Reads every fact that this scan has not read yet, so that a scan cut short goes on where it was. */
export async function collectScan(scan: CollectScan): Promise<Collected> {
  const list = factsToRead(checks)
  for (const [done, fact] of list.entries()) {
    scan.signal.throwIfAborted()
    if (!(await scan.onFact({ done, of: list.length, fact }))) return { kind: 'stopped' }
    const before = await readOf(scan, fact.id)
    if (before && before.state !== 'reading') continue
    const outcome = await collectOne(scan, fact)
    if (outcome.kind === 'signInLost') return outcome
  }
  return { kind: 'collected' }
}

async function collectOne(scan: CollectScan, fact: Fact): Promise<FactOutcome> {
  const asOf = new Date(scan.now()).toISOString()
  const parents = fact.source.each?.facts ?? []
  for (const parent of parents) {
    const read = await readOf(scan, parent)
    // A parent that was refused for want of a licence has no rows: what hangs on it is complete without them.
    if (read?.state === 'unread' && read.reason !== 'licence')
      return unread(scan, fact, { kind: 'unread', reason: read.reason ?? 'graph', detail: read.detail })
  }
  const writer = await writeTx(scan.store, scan.who, (tx) => openFactWriter(tx, scan.scanId, fact.id))
  const outcome = await collectFact(scan.reader, fact, {
    parents: rowsOf(scan, parents),
    // Rows are what the fact's schema made of JSON, and hold nothing else.
    onRows: (rows) =>
      writeTx(scan.store, scan.who, (tx) =>
        writeFactRows(
          tx,
          writer,
          rows.map(({ key, row }) => ({ key, row: row as Json })),
        ),
      ),
    signal: scan.signal,
  })
  if (outcome.kind === 'unread') return unread(scan, fact, outcome)
  if (outcome.kind === 'read') await writeTx(scan.store, scan.who, (tx) => finishFact(tx, writer, asOf))
  return outcome
}

async function unread(scan: CollectScan, fact: Fact, outcome: Extract<FactOutcome, { kind: 'unread' }>): Promise<FactOutcome> {
  await writeTx(scan.store, scan.who, (tx) => markUnread(tx, scan.scanId, fact.id, outcome))
  return outcome
}

async function readOf(scan: CollectScan, factId: string): Promise<FactRead | undefined> {
  const reads = await readTx(scan.store, scan.who, (tx) => factReads(tx, scan.scanId))
  return reads.find((read) => read.fact === factId)
}

/** Rows of facts that this scan has already read. Parents are facts held whole, so they fit in memory. */
async function* rowsOf(scan: CollectScan, factIds: readonly string[]): AsyncIterable<unknown> {
  for (const factId of factIds) {
    const rows: Json[] = []
    await readTx(scan.store, scan.who, (tx) => streamRows(tx, scan.scanId, factId, (_key, row) => void rows.push(row)))
    yield* rows
  }
}
