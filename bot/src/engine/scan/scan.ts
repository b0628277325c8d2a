import { z } from 'zod'
import type { Json } from '@countersign/core/digest.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import { factsToRead } from '@countersign/core/posture/facts-to-read.ts'
import { organization } from '@countersign/core/posture/facts/organization.ts'
import { scoreOf } from '@countersign/core/posture/score.ts'
import type { Identity } from '../../identity/identity.ts'
import type { SignedIn } from '../../identity/signed-in.ts'
import type { Log } from '../../log.ts'
import { readWhole } from '../../store/facts.ts'
import { addFindingHistory, listFindings, putFindings } from '../../store/findings.ts'
import { appendEvent } from '../../store/outbox.ts'
import { putResults, putScore } from '../../store/results.ts'
import { insertScan, moveScan, runningScan, scanById, setScanProgress, type StoredScan } from '../../store/scans.ts'
import { ensureTenant } from '../../store/tenants.ts'
import { readTx, writeTx, type StoredJob, type WriteTx } from '../../store/transaction.ts'
import type { Store } from '../../store/database.ts'
import { collectScan } from './collect.ts'
import { changeFindings } from './findings.ts'
import { judgeScan } from './judge.ts'

export interface ScanDependencies {
  readonly store: Store
  readonly identity: Pick<Identity, 'prepareReading' | 'readerFor'>
  /** Puts the work into the queue. */
  readonly enqueue: (job: ScanJob) => Promise<void>
  /** Called once a scan has finished, for example to observe evidence again. */
  readonly afterScan: (job: ScanJob) => Promise<void>
  readonly log: Log
  readonly now: () => number
}

export const scanJobSchema = z.object({ tenantId: z.string(), objectId: z.string(), scanId: z.string() })
export type ScanJob = z.infer<typeof scanJobSchema>
export const scanJobName = 'scan'

export type ScanStarted =
  | { readonly kind: 'started'; readonly scan: StoredScan }
  | { readonly kind: 'alreadyRunning'; readonly scan: StoredScan }
  | { readonly kind: 'needsSignIn'; readonly reason: string }

const progressEveryMs = 250

/** Scans that this process works on, with the means to stop them at once. */
const underWay = new Map<string, AbortController>()

/** Starts a scan as the signed-in person; a tenant has one at a time. */
export async function startScan(deps: ScanDependencies, signedIn: SignedIn): Promise<ScanStarted> {
  const { principal } = signedIn
  const running = await readTx(deps.store, principal, runningScan)
  if (running) return { kind: 'alreadyRunning', scan: running }
  const ready = await deps.identity.prepareReading(signedIn)
  if (ready.kind === 'needsSignIn') return ready
  const at = iso(deps)
  const scan = await writeTx(deps.store, principal, async (tx) => {
    const made = await insertScan(tx, { startedByName: principal.displayName, at })
    if (made) appendEvent(tx, 'scan.started', made.id, at)
    return made
  })
  if (!scan) return startScan(deps, signedIn)
  await deps.enqueue({ tenantId: principal.tenantId, objectId: principal.objectId, scanId: scan.id })
  return { kind: 'started', scan }
}

/** Stops a scan; what it has read so far is kept and counts for nothing. Undefined when there is no such scan under way. */
export async function stopScan(deps: ScanDependencies, principal: Principal, scanId: string): Promise<StoredScan | undefined> {
  const stopped = await writeTx(deps.store, principal, async (tx) => {
    const at = iso(deps)
    if (!(await moveScan(tx, scanId, ['queued', 'collecting', 'judging'], 'stopped', { finishedAt: at }))) return undefined
    appendEvent(tx, 'scan.finished', scanId, at)
    return scanById(tx, scanId)
  })
  if (stopped) underWay.get(scanId)?.abort(new ScanStopped())
  return stopped
}

/** Takes up the scans that an ended process of a single-process deployment left running. Call at start, before anybody can start one. */
export async function resumeScans(deps: ScanDependencies, tenantIds: readonly string[]): Promise<number> {
  let resumed = 0
  for (const tenantId of tenantIds) {
    const scan = await readTx(deps.store, { tenantId, objectId: '' }, runningScan)
    if (!scan) continue
    await deps.enqueue({ tenantId, objectId: scan.startedBy, scanId: scan.id })
    resumed += 1
  }
  return resumed
}

class ScanStopped extends Error {}

/** The work itself: collect, judge, store. Safe to run again at any point. */
export async function runScan(deps: ScanDependencies, job: ScanJob, signal: AbortSignal): Promise<void> {
  if (underWay.has(job.scanId)) return
  const stop = new AbortController()
  underWay.set(job.scanId, stop)
  try {
    await runOnce(deps, job, AbortSignal.any([signal, stop.signal]))
  } catch (error) {
    if (stop.signal.aborted) return
    // The process is ending: the queue gives the job to the next one, which goes on where this one was.
    if (signal.aborted) throw error
    deps.log.error({ err: error, scanId: job.scanId }, 'a scan failed')
    await fail(
      deps,
      job,
      'The scan could not be completed. Start it again; if it fails again, give the scan’s id to whoever runs this service.',
    )
  } finally {
    underWay.delete(job.scanId)
  }
}

async function runOnce(deps: ScanDependencies, job: ScanJob, signal: AbortSignal): Promise<void> {
  const { store } = deps
  const started = await writeTx(store, job, (tx) => moveScan(tx, job.scanId, ['queued', 'collecting', 'judging'], 'collecting'))
  if (!started) return
  const tell = progressTeller(deps, job)
  const collected = await collectScan({
    store,
    reader: deps.identity.readerFor(job),
    who: job,
    scanId: job.scanId,
    now: deps.now,
    onFact: ({ done, of, fact }) => tell({ done, of: of + 1, now: fact.title }),
    signal,
  })
  if (collected.kind === 'stopped') return
  if (collected.kind === 'signInLost') return fail(deps, job, `${collected.reason} Then start the scan again.`)
  if (!(await writeTx(store, job, (tx) => moveScan(tx, job.scanId, ['collecting'], 'judging')))) return
  const results = await readTx(store, job, (tx) => judgeScan(tx, job.scanId))
  const isDone = await writeTx(store, job, async (tx) => {
    const at = iso(deps)
    const of = factsToRead(checks).length + 1
    await setScanProgress(tx, job.scanId, { done: of, of, now: '' })
    if (!(await moveScan(tx, job.scanId, ['judging'], 'finished', { finishedAt: at }))) return false
    await nameTenant(tx, job.scanId, at)
    await putResults(tx, job.scanId, results)
    const score = scoreOf(checks, results)
    await putScore(tx, job.scanId, { value: score.value, detail: JSON.parse(JSON.stringify(score)) as Json })
    const changes = changeFindings(checks, results, await listFindings(tx), { id: job.scanId, at })
    await putFindings(tx, changes.findings)
    await addFindingHistory(tx, changes.history)
    for (const { kind, key } of changes.events) appendEvent(tx, kind, key, at)
    appendEvent(tx, 'scan.finished', job.scanId, at)
    return true
  })
  if (isDone) await deps.afterScan(job)
}

/** Writes progress and says so, at most every 250 ms; answers whether the scan is still to be done. */
function progressTeller(deps: ScanDependencies, job: ScanJob): (progress: StoredScan['progress']) => Promise<boolean> {
  let toldAt = 0
  return (progress) =>
    writeTx(deps.store, job, async (tx) => {
      const scan = await scanById(tx, job.scanId)
      if (scan?.state !== 'collecting') return false
      if (deps.now() - toldAt < progressEveryMs) return true
      toldAt = deps.now()
      await setScanProgress(tx, job.scanId, progress)
      appendEvent(tx, 'scan.progressed', job.scanId, iso(deps))
      return true
    })
}

async function fail(deps: ScanDependencies, job: ScanJob, problem: string): Promise<void> {
  await writeTx(deps.store, job, async (tx) => {
    const at = iso(deps)
    if (await moveScan(tx, job.scanId, ['queued', 'collecting', 'judging'], 'failed', { finishedAt: at, problem }))
      appendEvent(tx, 'scan.failed', job.scanId, at)
  })
}

async function nameTenant(tx: WriteTx, scanId: string, at: string): Promise<void> {
  const reading = await readWhole(tx, scanId, 'organization')
  const row = reading.state === 'read' ? organization.row.safeParse(reading.rows[0]) : undefined
  if (!row?.success) return
  const domain = row.data.verifiedDomains.find(({ isDefault }) => isDefault)?.name ?? ''
  await ensureTenant(tx, { displayName: row.data.displayName ?? '', domain, at })
}

function iso(deps: Pick<ScanDependencies, 'now'>): string {
  return new Date(deps.now()).toISOString()
}
