import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { attributionsBetween, attributionsOf, putAttributions } from '../../../bot/src/store/attribution.ts'
import { factReads, finishFact, openFactWriter, readWhole, writeFactRows } from '../../../bot/src/store/facts.ts'
import { addFindingHistory, listFindings, putFindings, type StoredFinding } from '../../../bot/src/store/findings.ts'
import { changedRows, closedUntil, finishedAt, newestReading, newestTwo, scanLines, trend } from '../../../bot/src/store/history.ts'
import { putResults, putScore, resultsOf } from '../../../bot/src/store/results.ts'
import { pruneBefore } from '../../../bot/src/store/retention.ts'
import { insertScan, moveScan, scanById, type StoredScan } from '../../../bot/src/store/scans.ts'
import { activeSponsor, endedSponsorships, endSponsor, putSponsor, takeRun } from '../../../bot/src/store/sponsors.ts'
import { readTx, writeTx, type ReadTx, type StoredJob, type WriteTx } from '../../../bot/src/store/transaction.ts'
import type { Json } from '../../../core/digest.ts'
import { openTestStore, type TestStore } from './test-store.ts'

let test: TestStore
beforeAll(async () => void (test = await openTestStore()))
afterAll(() => test.close())

function day(number: number, hour = 10): string {
  return new Date(Date.UTC(2026, 9, number, hour)).toISOString()
}

/** A finished scan with one fact, one result and a score, as of a day. */
async function scanned(tx: WriteTx, at: string, rows: Readonly<Record<string, Json>>, score = 50): Promise<StoredScan> {
  const scan = await insertScan(tx, { startedByName: 'Ada', at })
  if (!scan) throw new Error('A scan was under way.')
  const writer = await openFactWriter(tx, scan.id, 'applications')
  await writeFactRows(
    tx,
    writer,
    Object.entries(rows).map(([key, row]) => ({ key, row })),
  )
  await finishFact(tx, writer, at)
  await settled(tx, scan, at, score)
  return (await scanById(tx, scan.id)) ?? scan
}

async function settled(tx: WriteTx, scan: StoredScan, at: string, score: number): Promise<void> {
  await putResults(tx, scan.id, [{ checkId: 'a', outcome: { verdict: 'pass', reason: 'x', values: {}, basis: [] } }])
  await putScore(tx, scan.id, { value: score, detail: { areas: { applications: score } } })
  await moveScan(tx, scan.id, ['queued'], 'finished', { finishedAt: at })
}

async function judged(tx: WriteTx, at: string, facts: StoredScan, score = 40): Promise<StoredScan> {
  const judges = { factsOf: facts.id, factsAsOf: facts.finishedAt ?? facts.startedAt }
  const row = await insertScan(tx, { startedByName: 'Ada', at, judges })
  if (!row) throw new Error('A scan was under way.')
  await settled(tx, row, at, score)
  return (await scanById(tx, row.id)) ?? row
}

function write<T>(who: StoredJob, fn: (tx: WriteTx) => Promise<T>): Promise<T> {
  return writeTx(test.store, who, fn)
}
function read<T>(who: StoredJob, fn: (tx: ReadTx) => Promise<T>): Promise<T> {
  return readTx(test.store, who, fn)
}

describe('history', () => {
  it('finds results by day, tells scans from judgements, and keeps every score', async () => {
    const who = await test.newTenant()
    const [first, second, third] = await write(who, async (tx) => {
      const one = await scanned(tx, day(1), { p: { n: 1 } }, 60)
      const two = await judged(tx, day(2), one, 55)
      return [one, two, await scanned(tx, day(3), { p: { n: 2 } }, 70)] as const
    })
    await read(who, async (tx) => {
      expect((await scanLines(tx, 10)).map(({ kind, score, factsOf }) => [kind, score, factsOf])).toEqual([
        ['scan', 70, third.id],
        ['judge', 55, first.id],
        ['scan', 60, first.id],
      ])
      expect((await finishedAt(tx, day(2, 23)))?.id).toBe(second.id)
      expect(await finishedAt(tx, day(1, 0))).toBeUndefined()
      expect((await newestReading(tx))?.id).toBe(third.id)
      expect((await newestReading(tx, third))?.id).toBe(first.id)
      expect((await newestTwo(tx)).map(({ id }) => id)).toEqual([third.id, second.id])
      expect((await trend(tx, day(2), 10)).map(({ at, value, kind }) => [at, value, kind])).toEqual([
        [day(2), 55, 'judge'],
        [day(3), 70, 'scan'],
      ])
    })
  })

  it('tells which rows differ between two snapshots, and nothing of those that do not', async () => {
    const who = await test.newTenant()
    const [before, after] = await write(who, async (tx) => [
      await scanned(tx, day(1), { same: { n: 1 }, changed: { n: 1 }, gone: { n: 1 } }),
      await scanned(tx, day(2), { same: { n: 1 }, changed: { n: 2 }, fresh: { n: 9 } }),
    ])
    const keys = ['same', 'changed', 'gone', 'fresh', 'never'].map((key) => ({ fact: 'applications', key }))
    expect(await read(who, (tx) => changedRows(tx, keys, before?.ordinal ?? 0, after?.ordinal ?? 0))).toEqual([
      { fact: 'applications', key: 'changed', before: { n: 1 }, after: { n: 2 } },
      { fact: 'applications', key: 'fresh', before: undefined, after: { n: 9 } },
      { fact: 'applications', key: 'gone', before: { n: 1 }, after: undefined },
    ])
    const stranger = await test.newTenant('Other')
    expect(await read(stranger, (tx) => changedRows(tx, keys, before?.ordinal ?? 0, after?.ordinal ?? 0))).toEqual([])
  })

  it('knows which findings had been closed before', async () => {
    const who = await test.newTenant()
    const entry = { checkId: 'c', receiptNumber: null }
    await write(who, (tx) =>
      addFindingHistory(tx, [
        { ...entry, findingKey: 'c:1', at: day(1), what: 'finding.opened' },
        { ...entry, findingKey: 'c:1', at: day(2), what: 'finding.closed' },
        { ...entry, findingKey: 'c:2', at: day(1), what: 'finding.opened' },
      ]),
    )
    expect([...(await read(who, (tx) => closedUntil(tx, ['c:1', 'c:2', 'c:3'], day(3))))]).toEqual(['c:1'])
    expect([...(await read(who, (tx) => closedUntil(tx, ['c:1'], day(2))))]).toEqual([])
  })
})

describe('attributions', () => {
  it('are kept by scan and object, and found over the scans in between', async () => {
    const who = await test.newTenant()
    const [first, second] = await write(who, async (tx) => [await scanned(tx, day(1), {}), await scanned(tx, day(2), {})] as const)
    const row = {
      id: 'r',
      at: day(1, 12),
      activity: 'Update application',
      actor: { type: 'user', id: 'u', name: 'ada@contoso.com' },
    } as const
    const found = { scanId: second.id, objectId: 'o1', state: 'found', reason: null, detail: '', rows: [row], lookedAt: day(2) } as const
    const refused = { ...found, objectId: 'o2', state: 'notReadable', reason: 'scope', detail: 'AuditLog.Read.All', rows: [] } as const
    await write(who, (tx) => putAttributions(tx, [{ ...found, state: 'none', rows: [] }, refused]))
    await write(who, (tx) => putAttributions(tx, [found]))
    await read(who, async (tx) => {
      expect(await attributionsOf(tx, second.id)).toEqual([found, refused])
      expect(await attributionsBetween(tx, ['o1', 'o9'], first.ordinal, second.ordinal)).toEqual([found])
      expect(await attributionsBetween(tx, ['o1'], second.ordinal, 99)).toEqual([])
    })
  })
})

describe('the scan sponsor', () => {
  it('is one for a tenant, whoever comes at the same time, and ends once', async () => {
    const ada = await test.newTenant()
    const people = [ada, ...Array.from({ length: 5 }, (_, index) => ({ ...ada, objectId: `22222222-2222-4222-8222-22222222222${index}` }))]
    const made = await Promise.all(people.map((who) => write(who, (tx) => putSponsor(tx, { displayName: 'P', hour: 3, at: day(1) }))))
    expect(made.filter((one) => one !== undefined)).toHaveLength(1)
    const sponsor = await read(ada, activeSponsor)
    const who = { ...ada, objectId: sponsor?.personId ?? '' }
    expect(await write(who, (tx) => putSponsor(tx, { displayName: 'P', hour: 4, at: day(2) }))).toMatchObject({
      id: sponsor?.id,
      hour: 4,
      since: day(1),
    })
    const runs = await Promise.all([1, 2, 3].map(() => write(who, (tx) => takeRun(tx, { id: sponsor?.id ?? '' }, day(3, 4), day(3, 5)))))
    expect(runs.filter(Boolean)).toHaveLength(1)
    expect(await write(ada, (tx) => endSponsor(tx, sponsor?.id ?? '', { at: day(4), reason: 'Withdrawn.' }))).toBe(true)
    expect(await write(ada, (tx) => endSponsor(tx, sponsor?.id ?? '', { at: day(5), reason: 'Again.' }))).toBe(false)
    expect(await read(ada, activeSponsor)).toBeUndefined()
    expect(await read(ada, (tx) => endedSponsorships(tx, 5))).toMatchObject([{ endedAt: day(4), endReason: 'Withdrawn.' }])
    expect(await write(ada, (tx) => takeRun(tx, { id: sponsor?.id ?? '' }, day(9), day(9)))).toBe(false)
  })
})

describe('retention', () => {
  const finding: StoredFinding = {
    key: 'c:1',
    checkId: 'c',
    object: { type: 'application', id: '1', part: '', name: 'Payroll' },
    severity: 'low',
    state: 'closed',
    values: {},
    basis: [],
    firstSeen: day(1),
    changedAt: day(2),
    notReadSince: null,
    scanId: null,
  }

  it('deletes old snapshots, keeps the last score of each day without names, and never what is shown now', async () => {
    const who = await test.newTenant()
    const [early, late, shown, today] = await write(who, async (tx) => {
      const one = await scanned(tx, day(1, 8), { p: { n: 1 }, gone: { n: 1 } }, 10)
      const two = await scanned(tx, day(1, 9), { p: { n: 2 }, gone: { n: 1 } }, 20)
      const three = await scanned(tx, day(2), { p: { n: 3 } }, 30)
      const failed = await insertScan(tx, { startedByName: 'Ada', at: day(3) })
      await moveScan(tx, failed?.id ?? '', ['queued'], 'failed', { finishedAt: day(3), problem: 'x' })
      const four = await judged(tx, day(20), three, 25)
      await putFindings(tx, [finding, { ...finding, key: 'c:2', state: 'open' }, { ...finding, key: 'c:3', changedAt: day(19) }])
      await addFindingHistory(tx, [{ findingKey: 'c:1', checkId: 'c', at: day(2), what: 'finding.closed', receiptNumber: null }])
      return [one, two, three, four] as const
    })
    const before = day(10)
    expect(await write(who, (tx) => pruneBefore(tx, before))).toEqual({ snapshots: 2, scans: 2 })
    expect(await write(who, (tx) => pruneBefore(tx, before))).toEqual({ snapshots: 0, scans: 0 })
    await read(who, async (tx) => {
      expect(
        (await scanLines(tx, 10)).map(({ id, score, startedByName, prunedAt }) => [id, score, startedByName, prunedAt !== null]),
      ).toEqual([
        [today.id, 25, 'Ada', false],
        [shown.id, 30, 'Ada', false],
        [late.id, 20, '', true],
      ])
      expect(await scanById(tx, early.id)).toBeUndefined()
      expect(await resultsOf(tx, late.id)).toEqual([])
      expect(await resultsOf(tx, shown.id)).toHaveLength(1)
      expect(await factReads(tx, late.id)).toEqual([])
      expect(await readWhole(tx, shown.id, 'applications')).toMatchObject({ state: 'read', rows: [{ n: 3 }] })
      expect(await changedRows(tx, [{ fact: 'applications', key: 'gone' }], late.ordinal, shown.ordinal)).toEqual([])
      expect((await listFindings(tx)).map(({ key }) => key)).toEqual(['c:2', 'c:3'])
      expect(await closedUntil(tx, ['c:1'], day(30))).toEqual(new Set())
      expect((await trend(tx, day(1, 0), 10)).map(({ value }) => value)).toEqual([20, 30, 25])
    })
  })

  it('leaves a tenant that has not been scanned, and one that is being scanned, as they are', async () => {
    const who = await test.newTenant()
    expect(await write(who, (tx) => pruneBefore(tx, day(30)))).toEqual({ snapshots: 0, scans: 0 })
    const running = await write(who, (tx) => insertScan(tx, { startedByName: 'Ada', at: day(1) }))
    expect(await write(who, (tx) => pruneBefore(tx, day(30)))).toEqual({ snapshots: 0, scans: 0 })
    expect((await read(who, (tx) => scanById(tx, running?.id ?? '')))?.state).toBe('queued')
  })
})
