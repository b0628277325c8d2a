import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Principal } from '../../../core/principal.ts'
import { checks } from '../../../core/posture/checks.ts'
import { factsToRead } from '../../../core/posture/facts-to-read.ts'
import { neededFacts } from '../../../core/posture/judge-facts.ts'
import { waveOf } from '../../../bot/src/engine/scan/schedule.ts'
import { runScan, stopScan } from '../../../bot/src/engine/scan/scan.ts'
import { makeReader } from '../../../bot/src/graph/reader.ts'
import { factReads } from '../../../bot/src/store/facts.ts'
import { listFindings } from '../../../bot/src/store/findings.ts'
import { scanById, shownScan } from '../../../bot/src/store/scans.ts'
import { readTx, type StoredJob } from '../../../bot/src/store/transaction.ts'
import { inProcessGraph, type InProcessGraph } from '../../../emulator/graph/in-process.ts'
import { openTestStore, type TestStore } from '../store/test-store.ts'
import { until } from '../until.ts'
import { endOf, newScan, scanDependencies, scanOnce } from './scan-world.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const tenantName = 'contoso-demo'
const late = new Set(factsToRead(checks).flatMap((fact) => (waveOf(fact) === 'late' ? [fact.id] : [])))

let test: TestStore
beforeAll(async () => void (test = await openTestStore()))
afterAll(() => test.close())

/** A scan whose requests to some paths wait until they are let go. */
function heldUp(graph: InProcessGraph, isHeld: (url: string) => boolean) {
  let letGo = (): void => undefined
  const gate = new Promise<void>((resolve) => (letGo = resolve))
  const base = scanDependencies(test.store, graph, tenantName)
  const token = graph.token(tenantName)
  const readerFor = () =>
    makeReader(async () => ({ kind: 'token', token, scopes: [] }), {
      graph: 'https://graph.local',
      userAgent: 'Countersign/test',
      async transport(url, init) {
        if (isHeld(url)) {
          const stopped = new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))))
          await Promise.race([gate, stopped])
        }
        return graph.fetch(url, init)
      },
    })
  return { deps: { ...base, identity: { ...base.identity, readerFor } }, letGo: () => letGo() }
}

const isReport = (url: string): boolean => /signInActivity|\/reports\//.test(url)

/** Everything but the reports is read and judged. */
async function untilRead(who: StoredJob, scanId: string): Promise<void> {
  await until(async () => (await readTx(test.store, who, (tx) => scanById(tx, scanId)))?.coreReadAt ?? undefined)
}

function waitsForReports(checkId: string): boolean {
  return [...neededFacts(checks.filter(({ id }) => id === checkId))].some((fact) => late.has(fact))
}

describe('verdicts while a scan goes on', () => {
  it('are there once all but slow reports is read, wait for what needs those, and are complete in the end; so in the scan after', async () => {
    const graph = inProcessGraph({ tenants: [tenantName], now: () => now })
    const who = await test.newTenant()
    const { deps, letGo } = heldUp(graph, isReport)
    const scan = await newScan(test.store, who, now)
    // Progress is told by the clock.
    const running = { ...deps, now: () => now + performance.now() }
    const work = runScan(running, { ...who, scanId: scan.id }, new AbortController().signal)
    await untilRead(who, scan.id)
    const interim = await endOf(test.store, who, scan.id)
    expect(interim.scan).toMatchObject({ state: 'collecting', finishedAt: null })
    expect((await readTx(test.store, who, shownScan))?.id).toBe(scan.id)
    expect(interim.scan.progress.done).toBeGreaterThan(0)
    const { of } = interim.scan.progress
    expect(of).toBe(factsToRead(checks).length + 1)
    let waiting = 0
    for (const [checkId, outcome] of interim.results) {
      const isWaiting = outcome.verdict === 'unknown' && outcome.reason === 'notYet'
      if (isWaiting) waiting += 1
      expect([checkId, isWaiting && !waitsForReports(checkId)]).toEqual([checkId, false])
    }
    expect(waiting).toBeGreaterThan(0)
    const before = await readTx(test.store, who, listFindings)
    expect(before.length).toBeGreaterThan(0)
    expect(before.filter(({ notReadSince }) => notReadSince !== null)).toEqual([])

    letGo()
    await work
    const end = await endOf(test.store, who, scan.id)
    expect(end.scan).toMatchObject({ state: 'finished', progress: { done: of, of } })
    expect([...end.results.values()].filter(({ verdict }) => verdict === 'unknown')).toEqual([])
    for (const [checkId, outcome] of interim.results) {
      if (outcome.verdict !== 'unknown') expect([checkId, end.results.get(checkId)]).toEqual([checkId, outcome])
    }
    const opened = await readTx(test.store, who, listFindings)
    const known = new Map(opened.map((finding) => [finding.key, finding]))
    for (const { key, firstSeen } of before) expect(known.get(key)).toMatchObject({ firstSeen, state: 'open' })

    // The next scan: findings of checks that wait stay as they were, and it is shown once there is something to see.
    const held = heldUp(graph, isReport)
    const next = await newScan(test.store, who, now)
    expect((await readTx(test.store, who, shownScan))?.id).toBe(scan.id)
    const nextWork = runScan({ ...held.deps, now: running.now }, { ...who, scanId: next.id }, new AbortController().signal)
    await untilRead(who, next.id)
    expect((await readTx(test.store, who, shownScan))?.id).toBe(next.id)
    expect(await readTx(test.store, who, listFindings)).toEqual(opened)
    held.letGo()
    await nextWork
  }, 600_000)

  it('stop at once when a person stops the scan, end with a sentence when the sign-in is gone, and the next scan reads everything', async () => {
    const graph = inProcessGraph({ tenants: [tenantName], now: () => now })
    const who: StoredJob = await test.newTenant()
    const { deps } = heldUp(graph, (url) => url.includes('/applications'))
    const scan = await newScan(test.store, who, now)
    const work = runScan(deps, { ...who, scanId: scan.id }, new AbortController().signal)
    await until(async () => ((await readTx(test.store, who, (tx) => factReads(tx, scan.id))).length > 5 ? true : undefined))
    const person: Principal = { ...who, displayName: 'Ada', roles: ['admin'], door: 'tab' }
    expect((await stopScan(deps, person, scan.id))?.state).toBe('stopped')
    await work

    // The one after loses the sign-in in the middle and says so.
    const base = scanDependencies(test.store, graph, tenantName)
    let asked = 0
    const token = graph.token(tenantName)
    const readerFor = () =>
      makeReader(
        async () => ((asked += 1) > 12 ? { kind: 'needsSignIn', reason: 'Sign in again.' } : { kind: 'token', token, scopes: [] }),
        { graph: 'https://graph.local', userAgent: 'Countersign/test', transport: (url, init) => graph.fetch(url, init) },
      )
    const lost = await scanOnce({ ...base, identity: { ...base.identity, readerFor } }, who)
    expect(lost.scan).toMatchObject({ state: 'failed', problem: 'Sign in again. Then go on with the scan.' })

    const next = await scanOnce(base, who)
    expect(next.scan.state).toBe('finished')
    expect(next.reads.filter(({ state }) => state !== 'read')).toEqual([])
  }, 600_000)
})
