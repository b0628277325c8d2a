import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { compareScans } from '../../../bot/src/engine/compare-scans.ts'
import { judgeStoredFacts } from '../../../bot/src/engine/daily-judge.ts'
import { judgeAgain } from '../../../bot/src/engine/judge-again.ts'
import { findingsOfCheck, moveFinding } from '../../../bot/src/store/findings.ts'
import { scanLines } from '../../../bot/src/store/history.ts'
import { resultOf, resultsOf } from '../../../bot/src/store/results.ts'
import { pruneBefore } from '../../../bot/src/store/retention.ts'
import { insertScan, moveScan, scanById } from '../../../bot/src/store/scans.ts'
import { readTx, writeTx, type ReadTx, type StoredJob, type WriteTx } from '../../../bot/src/store/transaction.ts'
import { judgementView } from '../../../bot/src/http/views/history.ts'
import { now } from '../../build/facts.ts'
import { openTestStore, type TestStore } from '../store/test-store.ts'
import { applicationsEnding, dayMs, daysOn, objectId, snapshot } from './snapshots.ts'

let test: TestStore
beforeAll(async () => void (test = await openTestStore()))
afterAll(() => test.close())

const soon = 'app-secret-expires-soon'
function read<T>(who: StoredJob, fn: (tx: ReadTx) => Promise<T>): Promise<T> {
  return readTx(test.store, who, fn)
}
function write<T>(who: StoredJob, fn: (tx: WriteTx) => Promise<T>): Promise<T> {
  return writeTx(test.store, who, fn)
}
function judgeOn(who: StoredJob, days: number): ReturnType<typeof judgeStoredFacts> {
  return judgeStoredFacts({ store: test.store, now: () => now + days * dayMs }, who.tenantId)
}

describe('the daily judgement of stored facts', () => {
  it('sees a secret come nearer to its end without reading anything: findings, score and history move', async () => {
    const who = await test.newTenant()
    const scan = await snapshot(test.store, who, daysOn(0), { applications: applicationsEnding({ 1: 45 }), servicePrincipals: [] })
    expect((await read(who, (tx) => resultOf(tx, scan.id, soon)))?.outcome.verdict).toBe('pass')

    const warned = await judgeOn(who, 20)
    const failed = await judgeOn(who, 42)
    if (warned.kind !== 'judged' || failed.kind !== 'judged') throw new Error('Nothing was judged.')
    expect(warned.scan).toMatchObject({
      kind: 'judge',
      factsOf: scan.id,
      factsAsOf: daysOn(0),
      startedBy: who.objectId,
      finishedAt: daysOn(20),
    })
    await read(who, async (tx) => {
      expect((await resultOf(tx, warned.scan.id, soon))?.outcome).toMatchObject({
        verdict: 'warn',
        objects: [{ severity: 'medium', values: { days: 25 } }],
      })
      expect((await resultOf(tx, failed.scan.id, soon))?.outcome).toMatchObject({ verdict: 'fail', objects: [{ values: { days: 3 } }] })
      expect(await findingsOfCheck(tx, soon)).toMatchObject([
        { state: 'open', severity: 'high', firstSeen: daysOn(20), object: { id: objectId(1) } },
      ])
      const scores = (await scanLines(tx, 5)).map(({ score }) => score ?? -1)
      expect(scores[0]).toBeLessThan(scores[1] ?? 0)
      const fresh = await compareScans(tx, scan, warned.scan)
      expect(fresh.checks.find(({ checkId }) => checkId === soon)?.objects).toMatchObject([{ kind: 'new' }])
      const worse = await compareScans(tx, warned.scan, failed.scan)
      expect(worse.checks.find(({ checkId }) => checkId === soon)?.objects).toMatchObject([{ kind: 'worse' }])
    })
  })

  it('does nothing before the first scan, and never runs beside a scan', async () => {
    const who = await test.newTenant()
    expect(await judgeOn(who, 1)).toEqual({ kind: 'nothing' })
    await snapshot(test.store, who, daysOn(0), { applications: applicationsEnding({ 1: 45 }), servicePrincipals: [] })
    const running = await write(who, (tx) => insertScan(tx, { startedByName: 'Ada', at: daysOn(1) }))
    expect(await judgeOn(who, 20)).toEqual({ kind: 'scanning' })
    await write(who, (tx) => moveScan(tx, running?.id ?? '', ['queued'], 'stopped', { finishedAt: daysOn(1) }))
    // Many at once: each is one transaction that holds the place of a scan, so that all of them leave one row each and none is torn.
    const answers = await Promise.all([20, 21, 22].map((days) => judgeOn(who, days)))
    const judged = answers.filter(({ kind }) => kind === 'judged').length
    expect(judged).toBeGreaterThan(0)
    expect((await read(who, (tx) => scanLines(tx, 10))).filter(({ kind, state }) => kind === 'judge' && state === 'finished')).toHaveLength(
      judged,
    )
  })

  it('takes back nothing that was mended after the facts were read', async () => {
    const who = await test.newTenant()
    await snapshot(test.store, who, daysOn(0), { applications: applicationsEnding({ 1: 3 }), servicePrincipals: [] })
    const [finding] = await read(who, (tx) => findingsOfCheck(tx, soon))
    await write(who, (tx) => moveFinding(tx, finding?.key ?? '', ['open'], 'fixedAwaitingScan', daysOn(0.5)))
    expect((await judgeOn(who, 1)).kind).toBe('judged')
    expect(await read(who, (tx) => findingsOfCheck(tx, soon))).toMatchObject([{ state: 'fixedAwaitingScan', changedAt: daysOn(0.5) }])
  })
})

describe('an earlier snapshot, judged again', () => {
  it('gives today’s verdicts for the facts and the time of then, and stores nothing', async () => {
    const who = await test.newTenant()
    const scan = await snapshot(test.store, who, daysOn(0), { applications: applicationsEnding({ 1: 3, 2: -4 }), servicePrincipals: [] })
    await snapshot(test.store, who, daysOn(9), { applications: applicationsEnding({ 2: -4 }), servicePrincipals: [] })
    const before = await read(who, async (tx) => [await scanLines(tx, 9), await resultsOf(tx, scan.id)])
    const again = await read(who, (tx) => judgeAgain(tx, scan.id))
    if (again.kind !== 'judged') throw new Error(again.kind)
    expect([...again.now].sort((one, other) => (one.checkId < other.checkId ? -1 : 1))).toEqual(again.then)
    const view = judgementView(again, 'en')
    expect(view.newChecks).toEqual([])
    expect(view.score.now).toBe(view.score.then)
    expect(view.checks.find(({ checkId }) => checkId === soon)).toMatchObject({ verdict: 'fail', verdictThen: 'fail', objects: 1 })
    expect(await read(who, async (tx) => [await scanLines(tx, 9), await resultsOf(tx, scan.id)])).toEqual(before)
  })

  it('says which checks did not exist then, and which no longer do', async () => {
    const who = await test.newTenant()
    const scan = await snapshot(test.store, who, daysOn(0), { applications: applicationsEnding({ 1: 3 }), servicePrincipals: [] })
    const again = await read(who, (tx) => judgeAgain(tx, scan.id))
    if (again.kind !== 'judged') throw new Error(again.kind)
    const older = again.then.filter(({ checkId }) => checkId !== soon)
    const gone = { checkId: 'retired-check', outcome: { verdict: 'pass', reason: 'x', values: {}, basis: [] } } as const
    const view = judgementView({ ...again, then: [...older, gone] }, 'en')
    expect(view).toMatchObject({
      newChecks: [soon],
      goneChecks: ['retired-check'],
      sentence: expect.stringContaining('1 of them did not exist then'),
    })
    expect(view.checks.find(({ checkId }) => checkId === soon)?.verdictThen).toBeNull()
  })

  it('judges a daily judgement as of its own day, and says when the facts are gone', async () => {
    const who = await test.newTenant()
    const scan = await snapshot(test.store, who, daysOn(0), { applications: applicationsEnding({ 1: 45 }), servicePrincipals: [] })
    const daily = await judgeOn(who, 42)
    if (daily.kind !== 'judged') throw new Error(daily.kind)
    const again = await read(who, (tx) => judgeAgain(tx, daily.scan.id))
    expect(again.kind === 'judged' && again.now.find(({ checkId }) => checkId === soon)?.outcome.verdict).toBe('fail')
    await snapshot(test.store, who, daysOn(50), { applications: [], servicePrincipals: [] })
    await write(who, (tx) => pruneBefore(tx, daysOn(48)))
    expect(await read(who, (tx) => judgeAgain(tx, scan.id))).toEqual({ kind: 'pruned' })
    expect(await read(who, (tx) => judgeAgain(tx, objectId(9)))).toEqual({ kind: 'noSuchScan' })
    expect(await read(who, (tx) => scanById(tx, scan.id))).toMatchObject({ startedByName: '' })
  })
})
