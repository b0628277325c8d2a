import type { CheckResult } from '../../../core/posture/check.ts'
import { facts } from '../../../core/posture/facts.ts'
import type { FactReading } from '../../../core/posture/reading.ts'
import { makeReader } from '../../../bot/src/graph/reader.ts'
import { runScan, type ScanDependencies } from '../../../bot/src/engine/scan/scan.ts'
import type { Store } from '../../../bot/src/store/database.ts'
import { factReads, readWhole, type FactRead } from '../../../bot/src/store/facts.ts'
import { resultsOf } from '../../../bot/src/store/results.ts'
import { insertScan, scanById, type StoredScan } from '../../../bot/src/store/scans.ts'
import { readTx, writeTx, type StoredJob } from '../../../bot/src/store/transaction.ts'
import type { InProcessGraph } from '../../../emulator/graph/in-process.ts'
import { silentLog } from '../store/test-store.ts'

export interface ScanEnd {
  readonly scan: StoredScan
  readonly results: ReadonlyMap<string, CheckResult['outcome']>
  readonly reads: readonly FactRead[]
}

/** The engine as the service runs it, on an emulated Graph in this process; waiting takes no time. */
export function scanDependencies(
  store: Store,
  graph: InProcessGraph,
  tenantName: string,
  given: Partial<ScanDependencies> = {},
): ScanDependencies {
  const token = graph.token(tenantName)
  const now = (): number => graph.world.clock.now()
  const readerFor = () =>
    makeReader(async () => ({ kind: 'token', token, scopes: facts.flatMap(({ scopes }) => [...scopes]) }), {
      graph: 'https://graph.local',
      userAgent: 'Countersign/test',
      clock: { now, random: () => 0.5, sleep: async (_milliseconds, signal) => signal?.throwIfAborted() },
      transport: (url, init) => graph.fetch(url, init),
    })
  return {
    store,
    identity: { prepareReading: async () => ({ kind: 'ready' }), readerFor },
    enqueue: async () => undefined,
    afterScan: async () => undefined,
    log: silentLog,
    now,
    rangesAbove: 10,
    ...given,
  }
}

export async function newScan(store: Store, who: StoredJob, at: number): Promise<StoredScan> {
  const scan = await writeTx(store, who, (tx) => insertScan(tx, { startedByName: 'Ada', at: new Date(at).toISOString() }))
  if (!scan) throw new Error('A scan is already under way.')
  return scan
}

/** Runs one scan to its end. */
export async function scanOnce(deps: ScanDependencies, who: StoredJob): Promise<ScanEnd> {
  const scan = await newScan(deps.store, who, deps.now())
  await runScan(deps, { ...who, scanId: scan.id }, new AbortController().signal)
  return endOf(deps.store, who, scan.id)
}

export async function endOf(store: Store, who: StoredJob, scanId: string): Promise<ScanEnd> {
  return readTx(store, who, async (tx) => {
    const scan = await scanById(tx, scanId)
    if (!scan) throw new Error('The scan is gone.')
    const results = new Map((await resultsOf(tx, scanId)).map(({ checkId, outcome }) => [checkId, outcome]))
    return { scan, results, reads: await factReads(tx, scanId) }
  })
}

/** Every fact as of a scan, with all its rows. */
export async function factsOf(store: Store, who: StoredJob, scanId: string): Promise<Record<string, FactReading>> {
  return readTx(store, who, async (tx) => {
    const all: Record<string, FactReading> = {}
    for (const { id } of facts) {
      const reading = await readWhole(tx, scanId, id)
      all[id] = reading.state === 'read' ? { ...reading, asOf: '' } : reading
    }
    return all
  })
}
