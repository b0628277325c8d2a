import type { Overview } from '@countersign/core/api/posture.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import { factTitle } from '@countersign/core/posture/explain.ts'
import { factsToRead } from '@countersign/core/posture/facts-to-read.ts'
import type { StoredJob, ReadTx, WriteTx } from '../../store/transaction.ts'
import { factReads } from '../../store/facts.ts'
import { moveScan, newestScan, scanById, type StoredScan } from '../../store/scans.ts'

/** What was read longer ago is read again: a scan tells of one time, and it can be gone on with no later than this after it began. */
const goOnWithinMs = 6 * 3_600_000

/** The newest scan, where it failed. */
async function interrupted(tx: ReadTx): Promise<StoredScan | undefined> {
  const newest = await newestScan(tx)
  return newest?.kind === 'scan' && newest.state === 'failed' ? newest : undefined
}

/** Only with the rights that it began with, and only while what it has read is young. */
function mayGoOn(scan: StoredScan, { objectId }: StoredJob, now: number): boolean {
  return scan.startedBy === objectId && scan.prunedAt === null && now - Date.parse(scan.startedAt) < goOnWithinMs
}

/** Puts the scan that failed last back into the queue; undefined where it cannot be gone on with and a new one has to be made. */
export async function takeUpInterrupted(tx: WriteTx, who: StoredJob, now: number): Promise<StoredScan | undefined> {
  const scan = await interrupted(tx)
  if (!scan || !mayGoOn(scan, who, now)) return undefined
  return (await moveScan(tx, scan.id, ['failed'], 'queued')) ? scanById(tx, scan.id) : undefined
}

/** The scan that failed last: why, what it had read, and what it had not; null where the newest one did not fail. */
export async function interruptedView(tx: ReadTx, who: StoredJob, now: number): Promise<NonNullable<Overview['interrupted']> | null> {
  const scan = await interrupted(tx)
  if (!scan) return null
  const ended = new Set((await factReads(tx, scan.id)).filter(({ state }) => state !== 'reading').map(({ fact }) => fact))
  const wanted = factsToRead(checks).map(({ id }) => id)
  return {
    at: scan.finishedAt ?? scan.startedAt,
    problem: scan.problem ?? '',
    read: wanted.filter((id) => ended.has(id)).length,
    notRead: wanted.filter((id) => !ended.has(id)).map(factTitle),
    mayGoOn: mayGoOn(scan, who, now),
  }
}
