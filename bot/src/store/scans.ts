import { randomUUID } from 'node:crypto'
import type { Scan } from '@countersign/core/api/posture.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'
import type { Tables } from './tables.ts'
import { sql, type Selectable } from 'kysely'

export type ScanState = Scan['state']

export interface StoredScan {
  readonly id: string
  /** Position among the tenant's scans, from 1: facts are versioned by it. */
  readonly ordinal: number
  readonly state: ScanState
  /** Object id of the person who started it. */
  readonly startedBy: string
  readonly startedByName: string
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly progress: Scan['progress']
  /** Sentence for a person, with what to do. */
  readonly problem: string | null
  /** Whether long lists may be read in parallel ranges. */
  readonly ranges: boolean
  /** When verdicts of this scan were first stored; null before. While it goes on they are those of the facts read so far. */
  readonly judgedAt: string | null
  /** When verdicts were stored that lack nothing but slow reports. */
  readonly coreReadAt: string | null
  /** `judge`: nothing was read; the facts of an earlier scan were judged again. */
  readonly kind: 'scan' | 'judge'
  /** Scan whose facts these results rest on: its own id, but for the kind `judge`. */
  readonly factsOf: string
  /** When those facts had been read; null until they are. */
  readonly factsAsOf: string | null
  /** Started by the clock, in the name of the scan sponsor. */
  readonly scheduled: boolean
  /** When its facts and results were deleted because they were too old; null while they are there. */
  readonly prunedAt: string | null
}

const underWay = ['queued', 'collecting', 'judging'] as const satisfies readonly ScanState[]

/** Stores a new scan in state queued; undefined when one is under way: a tenant has at most one. */
export async function insertScan(
  tx: WriteTx,
  scan: {
    readonly startedByName: string
    readonly at: string
    readonly scheduled?: boolean
    readonly ranges?: boolean
    /** For a judgement of facts that were read earlier. */
    readonly judges?: { readonly factsOf: string; readonly factsAsOf: string }
  },
): Promise<StoredScan | undefined> {
  const { db } = tx[inside]
  const newest = await db
    .selectFrom('scan')
    .select((select) => select.fn.max('ordinal').as('ordinal'))
    .executeTakeFirst()
  const row = await db
    .insertInto('scan')
    .values({
      id: randomUUID(),
      ordinal: (newest?.ordinal ?? 0) + 1,
      state: 'queued',
      started_by: tx.personId,
      started_by_name: scan.startedByName,
      started_at: scan.at,
      finished_at: null,
      problem: null,
      scheduled: scan.scheduled ?? false,
      ranges: scan.ranges ?? true,
      ...(scan.judges ? { kind: 'judge' as const, facts_of: scan.judges.factsOf, facts_as_of: scan.judges.factsAsOf } : {}),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && toScan(row)
}

export async function scanById(tx: ReadTx, id: string): Promise<StoredScan | undefined> {
  const row = await tx[inside].db.selectFrom('scan').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toScan(row)
}

/** The scan under way, if any. */
export async function runningScan(tx: ReadTx): Promise<StoredScan | undefined> {
  const row = await tx[inside].db.selectFrom('scan').selectAll().where('state', 'in', underWay).executeTakeFirst()
  return row && toScan(row)
}

/** Finished scans, newest first. */
export async function finishedScans(tx: ReadTx, limit: number): Promise<StoredScan[]> {
  const rows = await tx[inside].db
    .selectFrom('scan')
    .selectAll()
    .where('state', '=', 'finished')
    .orderBy('ordinal', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toScan)
}

/** The newest scan whatever its state. */
export async function newestScan(tx: ReadTx): Promise<StoredScan | undefined> {
  const row = await tx[inside].db.selectFrom('scan').selectAll().orderBy('ordinal', 'desc').limit(1).executeTakeFirst()
  return row && toScan(row)
}

/**
 * The scan whose verdicts people see: the last finished one, but the one under way as soon as it has read all but slow reports, or has
 * judged anything while there is no finished one.
 */
export async function shownScan(tx: ReadTx): Promise<StoredScan | undefined> {
  const running = await runningScan(tx)
  if (running?.coreReadAt != null) return running
  const [last] = await finishedScans(tx, 1)
  return last ?? (running?.judgedAt != null ? running : undefined)
}

/** Notes that verdicts of a scan under way are stored; false when it no longer collects. */
export async function noteJudged(tx: WriteTx, id: string, at: string, isCoreRead: boolean): Promise<boolean> {
  const answer = await tx[inside].db
    .updateTable('scan')
    .set({ judged_at: sql<string>`coalesce(judged_at, ${at}::timestamptz)` })
    .$if(isCoreRead, (query) => query.set({ core_read_at: sql<string>`coalesce(core_read_at, ${at}::timestamptz)` }))
    .where('id', '=', id)
    .where('state', '=', 'collecting')
    .executeTakeFirst()
  return answer.numUpdatedRows === 1n
}

/** Progress never goes back, whichever of several readers is heard last. */
export async function setScanProgress(tx: WriteTx, id: string, progress: Scan['progress']): Promise<void> {
  await tx[inside].db
    .updateTable('scan')
    .set({
      progress_done: sql<number>`greatest(progress_done, ${progress.done}::integer)`,
      progress_of: progress.of,
      progress_now: progress.now,
    })
    .where('id', '=', id)
    .where('state', 'in', underWay)
    .execute()
}

/** Compare-and-swap of the state; false when the scan is in none of the `from` states. An end state needs `finishedAt`. */
export async function moveScan(
  tx: WriteTx,
  id: string,
  from: readonly ScanState[],
  to: ScanState,
  end: { readonly finishedAt?: string; readonly problem?: string } = {},
): Promise<boolean> {
  const answer = await tx[inside].db
    .updateTable('scan')
    .set({ state: to, finished_at: end.finishedAt ?? null, problem: end.problem ?? null })
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst()
  return answer.numUpdatedRows === 1n
}

/** For files of bot/src/store only. */
export function toScan(row: Selectable<Tables['scan']>): StoredScan {
  return {
    id: row.id,
    ordinal: row.ordinal,
    state: row.state,
    startedBy: row.started_by,
    startedByName: row.started_by_name,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    progress: { done: row.progress_done, of: row.progress_of, now: row.progress_now },
    problem: row.problem,
    ranges: row.ranges,
    judgedAt: row.judged_at,
    coreReadAt: row.core_read_at,
    kind: row.kind,
    factsOf: row.facts_of ?? row.id,
    factsAsOf: row.facts_as_of ?? (row.kind === 'scan' ? row.finished_at : null),
    scheduled: row.scheduled,
    prunedAt: row.pruned_at,
  }
}
