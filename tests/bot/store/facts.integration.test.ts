import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Json } from '../../../core/digest.ts'
import { sql } from 'kysely'
import {
  factReads,
  finishFact,
  markUnread,
  openFactWriter,
  pruneFacts,
  readWhole,
  rowsByKey,
  streamRows,
  writeFactRows,
} from '../../../bot/src/store/facts.ts'
import type { KeyedRow } from '../../../bot/src/store/fact-rows.ts'
import { insertScan, moveScan, type StoredScan } from '../../../bot/src/store/scans.ts'
import { inside, readTx, writeTx, type ReadTx, type StoredJob } from '../../../bot/src/store/transaction.ts'
import { fc } from '../../random.ts'
import { openTestStore, type TestStore } from './test-store.ts'

const at = '2026-11-20T10:00:00.000Z'
let test: TestStore
beforeAll(async () => void (test = await openTestStore()))
afterAll(() => test.close())

async function newScan(tenant: StoredJob): Promise<StoredScan> {
  const scan = await writeTx(test.store, tenant, (tx) => insertScan(tx, { startedByName: 'Ada', at }))
  if (!scan) throw new Error('A scan is already under way.')
  return scan
}

async function endScan(tenant: StoredJob, scan: StoredScan): Promise<void> {
  await writeTx(test.store, tenant, (tx) => moveScan(tx, scan.id, ['queued', 'collecting'], 'finished', { finishedAt: at }))
}

/** Writes a fact in batches, each in a transaction of its own, as a scan does. */
async function writeFact(tenant: StoredJob, scan: StoredScan, fact: string, batches: readonly (readonly KeyedRow[])[]): Promise<void> {
  const writer = await writeTx(test.store, tenant, (tx) => openFactWriter(tx, scan.id, fact))
  for (const batch of batches) await writeTx(test.store, tenant, (tx) => writeFactRows(tx, writer, batch, 'next'))
  await writeTx(test.store, tenant, (tx) => finishFact(tx, writer, at))
}

async function snapshot(tx: ReadTx, scanId: string, fact: string): Promise<Record<string, Json> | string> {
  const rows: Record<string, Json> = {}
  const reading = await streamRows(tx, scanId, fact, (key, row) => void (rows[key] = row))
  return reading.state === 'read' ? rows : reading.reason
}

type Scanned =
  | { readonly kind: 'read'; readonly rows: readonly (readonly [string, string])[]; readonly batch: number }
  | { readonly kind: 'broken'; readonly rows: readonly (readonly [string, string])[]; readonly ends: 'unread' | 'crash' }
  | { readonly kind: 'resumed'; readonly rows: readonly (readonly [string, string])[]; readonly before: number }

const rowsArbitrary = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'D', 'é', '𝒳', ''), fc.constantFrom('1', '2', '\u0000\ud800')), {
  maxLength: 8,
})
const scannedArbitrary: fc.Arbitrary<Scanned> = fc.oneof(
  fc.record({ kind: fc.constant('read' as const), rows: rowsArbitrary, batch: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('broken' as const), rows: rowsArbitrary, ends: fc.constantFrom('unread' as const, 'crash' as const) }),
  fc.record({ kind: fc.constant('resumed' as const), rows: rowsArbitrary, before: fc.nat({ max: 8 }) }),
)

describe('versioned facts', () => {
  it('show the same snapshots as a model that keeps a copy per scan (random histories)', async () => {
    const seen = { read: 0, broken: 0, resumed: 0, unchanged: 0 }
    const property = fc.asyncProperty(fc.array(scannedArbitrary, { minLength: 1, maxLength: 6 }), async (history) => {
      const tenant = await test.newTenant()
      const model = new Map<string, Record<string, Json> | string>()
      for (const step of history) {
        seen[step.kind]++
        const scan = await newScan(tenant)
        const keyed = step.rows.map(([key, value]) => ({ key, row: { value } }))
        if (step.kind === 'read') {
          const batches = Array.from({ length: Math.ceil(keyed.length / step.batch) }, (_each, index) =>
            keyed.slice(index * step.batch, (index + 1) * step.batch),
          )
          await writeFact(tenant, scan, 'users', batches)
          model.set(scan.id, asRecord(keyed))
        } else if (step.kind === 'resumed') {
          const first = await writeTx(test.store, tenant, (tx) => openFactWriter(tx, scan.id, 'users'))
          await writeTx(test.store, tenant, (tx) => writeFactRows(tx, first, keyed.slice(0, step.before), 'page 2'))
          const again = await writeTx(test.store, tenant, (tx) => openFactWriter(tx, scan.id, 'users'))
          expect(again.cursor).toBe('page 2')
          await writeTx(test.store, tenant, (tx) => writeFactRows(tx, again, keyed.slice(step.before)))
          await writeTx(test.store, tenant, (tx) => finishFact(tx, again, at))
          model.set(scan.id, asRecord(keyed))
        } else {
          const writer = await writeTx(test.store, tenant, (tx) => openFactWriter(tx, scan.id, 'users'))
          await writeTx(test.store, tenant, (tx) => writeFactRows(tx, writer, keyed))
          if (step.ends === 'unread')
            await writeTx(test.store, tenant, (tx) => markUnread(tx, scan.id, 'users', { reason: 'scope', detail: 'User.Read.All' }))
          model.set(scan.id, step.ends === 'unread' ? 'scope' : 'notYet')
        }
        await endScan(tenant, scan)
      }
      await readTx(test.store, tenant, async (tx) => {
        for (const [scanId, rows] of model) expect(await snapshot(tx, scanId, 'users')).toEqual(rows)
      })
    })
    await fc.assert(property, { numRuns: process.env['DRILL'] === '1' ? 100 : 20, seed: 20261122 })
    for (const kind of ['read', 'broken', 'resumed'] as const) expect([kind, seen[kind] > 10]).toEqual([kind, true])
  })

  it('do not rewrite an unchanged row and keep one version per change', async () => {
    const tenant = await test.newTenant()
    const versions = () =>
      readTx(
        test.store,
        tenant,
        async (tx) =>
          (
            await sql<{
              key: string
              from_scan: number
              to_scan: number | null
              place: string
            }>`select key, from_scan, to_scan, (ctid::text || xmin::text) as place from fact_row order by key, from_scan`.execute(
              tx[inside].db,
            )
          ).rows,
      )
    const rows = (changed: number) => [
      { key: 'same', row: { b: 1, a: [null, true] } },
      { key: 'moving', row: { n: changed } },
    ]
    for (const changed of [1, 2]) {
      const scan = await newScan(tenant)
      await writeFact(tenant, scan, 'users', [rows(changed)])
      await endScan(tenant, scan)
    }
    const before = await versions()
    expect(before.map(({ key, from_scan, to_scan }) => [key, from_scan, to_scan])).toEqual([
      ['moving', 1, 2],
      ['moving', 2, null],
      ['same', 1, null],
    ])
    const scan = await newScan(tenant)
    await writeFact(tenant, scan, 'users', [
      [
        { key: 'same', row: { a: [null, true], b: 1 } },
        { key: 'moving', row: { n: 2 } },
      ],
    ])
    expect(await versions()).toEqual(before)
  })

  it('report what was read, with number and reason, and refuse to write a finished fact', async () => {
    const tenant = await test.newTenant()
    const scan = await newScan(tenant)
    await writeFact(tenant, scan, 'users', [
      [
        { key: '1', row: {} },
        { key: '2', row: {} },
      ],
      [{ key: '2', row: {} }],
    ])
    await writeTx(test.store, tenant, (tx) => markUnread(tx, scan.id, 'signIns', { reason: 'licence', detail: 'AAD_PREMIUM' }))
    await readTx(test.store, tenant, async (tx) => {
      expect(await factReads(tx, scan.id)).toEqual([
        { fact: 'signIns', state: 'unread', reason: 'licence', detail: 'AAD_PREMIUM', asOf: null, rows: 0 },
        { fact: 'users', state: 'read', reason: null, detail: '', asOf: at, rows: 2 },
      ])
      expect(await readWhole(tx, scan.id, 'users')).toEqual({ state: 'read', rows: [{}, {}], asOf: at })
      expect(await readWhole(tx, scan.id, 'signIns')).toEqual({ state: 'unread', reason: 'licence', detail: 'AAD_PREMIUM' })
      expect(await readWhole(tx, scan.id, 'never')).toMatchObject({ state: 'unread', reason: 'notYet' })
      expect(await rowsByKey(tx, scan.id, 'users', ['2', 'nobody'])).toEqual([{ key: '2', row: {} }])
    })
    await expect(writeTx(test.store, tenant, (tx) => openFactWriter(tx, scan.id, 'users'))).rejects.toThrow('already read')
  })

  it('move rows and cursor together or not at all', async () => {
    const tenant = await test.newTenant()
    const scan = await newScan(tenant)
    const writer = await writeTx(test.store, tenant, (tx) => openFactWriter(tx, scan.id, 'users'))
    await writeTx(test.store, tenant, (tx) => writeFactRows(tx, writer, [{ key: '1', row: 1 }], 'page 2'))
    const crash = writeTx(test.store, tenant, async (tx) => {
      await writeFactRows(tx, writer, [{ key: '2', row: 2 }], 'page 3')
      throw new Error('crash')
    })
    await expect(crash).rejects.toThrow('crash')
    expect((await writeTx(test.store, tenant, (tx) => openFactWriter(tx, scan.id, 'users'))).cursor).toBe('page 2')
    await writeTx(test.store, tenant, (tx) => finishFact(tx, writer, at))
    expect(await readTx(test.store, tenant, (tx) => snapshot(tx, scan.id, 'users'))).toEqual({ 1: 1 })
  })

  it('are pruned without touching the snapshots that are kept', async () => {
    const tenant = await test.newTenant()
    const scans: StoredScan[] = []
    for (const value of [1, 2, 3]) {
      const scan = await newScan(tenant)
      await writeFact(tenant, scan, 'users', [
        [
          { key: 'moving', row: value },
          { key: `only ${value}`, row: value },
          { key: 'same', row: 0 },
        ],
      ])
      await endScan(tenant, scan)
      scans.push(scan)
    }
    const kept = await Promise.all(scans.slice(1).map(({ id }) => readTx(test.store, tenant, (tx) => snapshot(tx, id, 'users'))))
    await writeTx(test.store, tenant, (tx) => pruneFacts(tx, 2))
    expect(await Promise.all(scans.slice(1).map(({ id }) => readTx(test.store, tenant, (tx) => snapshot(tx, id, 'users'))))).toEqual(kept)
    expect(await readTx(test.store, tenant, (tx) => snapshot(tx, scans[0]?.id ?? '', 'users'))).toBe('notYet')
  })

  it('stream in the order of the keys with few rows in memory, several at a time', async () => {
    const tenant = await test.newTenant()
    const scan = await newScan(tenant)
    const rows = Array.from({ length: 20_000 }, (_each, index) => ({
      key: String(index).padStart(6, '0'),
      row: { index, text: 'x'.repeat(200) },
    }))
    const batches = Array.from({ length: 20 }, (_each, index) => rows.slice(index * 1000, (index + 1) * 1000))
    await writeFact(tenant, scan, 'users', batches)
    let most = 0
    const before = process.memoryUsage().heapUsed
    await readTx(test.store, tenant, async (tx) => {
      const keys: string[] = []
      await streamRows(tx, scan.id, 'users', async (key) => {
        keys.push(key)
        if (keys.length === 700) expect(await snapshot(tx, scan.id, 'none')).toBe('notYet')
        most = Math.max(most, process.memoryUsage().heapUsed - before)
      })
      expect(keys).toEqual(rows.map(({ key }) => key))
    })
    expect(most).toBeLessThan(60_000_000)
  })
})

function asRecord(rows: readonly KeyedRow[]): Record<string, Json> {
  return Object.fromEntries(rows.map(({ key, row }) => [key, row]))
}
