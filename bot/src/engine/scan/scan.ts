import { z } from 'zod'
import type { Principal } from '@countersign/core/principal.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import { factsToRead } from '@countersign/core/posture/facts-to-read.ts'
import { organization } from '@countersign/core/posture/facts/organization.ts'
import type { Identity, NeedsSignIn } from '../../identity/identity.ts'
import type { SignedIn } from '../../identity/signed-in.ts'
import type { Log } from '../../log.ts'
import { forgetDeltaLinks } from '../../store/fact-parts.ts'
import { readWhole } from '../../store/facts.ts'
import { appendEvent } from '../../store/outbox.ts'
import { insertScan, moveScan, noteJudged, runningScan, scanById, setScanProgress, type StoredScan } from '../../store/scans.ts'
import { ensureTenant } from '../../store/tenants.ts'
import { readTx, writeTx, type WriteTx } from '../../store/transaction.ts'
import type { Store } from '../../store/database.ts'
import { collectScan } from './collect.ts'
import { takeUpInterrupted } from './interrupted.ts'
import { judgeSnapshot } from './judge.ts'
import { keepApplications } from './applications.ts'
import { keepPeople } from './people.ts'
import { keepJudgement } from './keep-judgement.ts'
import type { Wave } from './schedule.ts'

export interface ScanDependencies {
  readonly store: Store
  readonly identity: Pick<Identity, 'prepareReading' | 'readerFor'>
  /** Puts the work into the queue. */
  readonly enqueue: (job: ScanJob) => Promise<void>
  /** Called once a scan has finished, for example to observe evidence again. */
  readonly afterScan: (job: ScanJob) => Promise<void>
  readonly log: Log
  readonly now: () => number
  /** Lists longer than this are read in ranges; where they begin to be worth while unless given. */
  readonly rangesAbove?: number
}

export const scanJobSchema = z.object({ tenantId: z.string(), objectId: z.string(), scanId: z.string() })
export type ScanJob = z.infer<typeof scanJobSchema>
export const scanJobName = 'scan'

export type ScanStarted =
  { readonly kind: 'started'; readonly scan: StoredScan } | { readonly kind: 'alreadyRunning'; readonly scan: StoredScan } | NeedsSignIn

const progressEveryMs = 250

/** Scans that this process works on, with the means to stop them at once. */
const underWay = new Map<string, AbortController>()

/** Starts a scan as the signed-in person; a tenant has one at a time. */
export async function startScan(
  deps: ScanDependencies,
  signedIn: SignedIn,
  how: { readonly ranges: boolean; readonly full: boolean; readonly goOn?: boolean } = { ranges: true, full: false },
): Promise<ScanStarted> {
  const { principal } = signedIn
  const running = await readTx(deps.store, principal, runningScan)
  if (running) return { kind: 'alreadyRunning', scan: running }
  const ready = await deps.identity.prepareReading(signedIn)
  if (ready.kind === 'needsSignIn') return ready
  const at = iso(deps)
  const scan = await writeTx(deps.store, principal, async (tx) => {
    const takenUp = how.goOn ? await takeUpInterrupted(tx, principal, deps.now()) : undefined
    const made = takenUp ?? (await insertScan(tx, { startedByName: principal.displayName, at, ranges: how.ranges }))
    if (!made) return undefined
    if (how.full) await forgetDeltaLinks(tx)
    appendEvent(tx, 'scan.started', made.id, at)
    return made
  })
  if (!scan) return startScan(deps, signedIn, how)
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
  const scan = await writeTx(store, job, async (tx) =>
    (await moveScan(tx, job.scanId, ['queued', 'collecting', 'judging'], 'collecting')) ? scanById(tx, job.scanId) : undefined,
  )
  if (!scan) return
  const toRead = factsToRead(checks)
  const of = toRead.length + 1
  const tell = progressTeller(deps, job)
  const collected = await collectScan({
    store,
    reader: deps.identity.readerFor(job),
    who: job,
    scanId: job.scanId,
    facts: toRead,
    ranges: scan.ranges,
    ...(deps.rangesAbove === undefined ? {} : { rangesAbove: deps.rangesAbove }),
    now: deps.now,
    onProgress: ({ done, now }) => tell({ done, of, now }),
    onWave: (wave) => judgeSoFar(deps, job, wave),
    signal,
  })
  if (collected.kind === 'stopped') return
  if (collected.kind === 'signInLost') return fail(deps, job, `${collected.reason} Then go on with the scan.`)
  if (!(await writeTx(store, job, (tx) => moveScan(tx, job.scanId, ['collecting'], 'judging')))) return
  const judged = await readTx(store, job, (tx) => judgeSnapshot(tx, job.scanId))
  const isDone = await writeTx(store, job, async (tx) => {
    const at = iso(deps)
    await setScanProgress(tx, job.scanId, { done: of, of, now: '' })
    if (!(await moveScan(tx, job.scanId, ['judging'], 'finished', { finishedAt: at }))) return false
    await nameTenant(tx, job.scanId, at)
    await keepJudgement(tx, judged, { id: job.scanId, at, isFinal: true })
    await keepApplications(tx, judged.applications, { factsOf: job.scanId, isFinal: true })
    await keepPeople(tx, judged.people, { factsOf: job.scanId, isFinal: true })
    appendEvent(tx, 'scan.finished', job.scanId, at)
    return true
  })
  if (isDone) await deps.afterScan(job)
}

/** Judges what has been read so far, so that people see verdicts while slow reports are still being read. */
async function judgeSoFar(deps: ScanDependencies, job: ScanJob, wave: Wave | 'first'): Promise<void> {
  deps.log.info({ scanId: job.scanId, wave }, 'facts are read and stored, and judged while others are read')
  const judged = await readTx(deps.store, job, (tx) => judgeSnapshot(tx, job.scanId))
  await writeTx(deps.store, job, async (tx) => {
    const at = iso(deps)
    if (!(await noteJudged(tx, job.scanId, at, wave === 'bulk'))) return
    await nameTenant(tx, job.scanId, at)
    await keepJudgement(tx, judged, { id: job.scanId, at, isFinal: false })
    await keepApplications(tx, judged.applications, { factsOf: job.scanId, isFinal: false })
    await keepPeople(tx, judged.people, { factsOf: job.scanId, isFinal: false })
    appendEvent(tx, 'scan.progressed', job.scanId, at)
  })
}

/** Writes progress and says so, at most every 250 ms; answers whether the scan was still to be done when it last looked. */
function progressTeller(deps: ScanDependencies, job: ScanJob): (progress: StoredScan['progress']) => Promise<boolean> {
  let toldAt = 0
  let isCollecting = true
  return async (progress) => {
    if (deps.now() - toldAt < progressEveryMs) return isCollecting
    toldAt = deps.now()
    return writeTx(deps.store, job, async (tx) => {
      isCollecting = (await scanById(tx, job.scanId))?.state === 'collecting'
      if (!isCollecting) return false
      await setScanProgress(tx, job.scanId, progress)
      appendEvent(tx, 'scan.progressed', job.scanId, iso(deps))
      return true
    })
  }
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
