import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql } from 'kysely'
import type { Json } from '../../../core/digest.ts'
import { applyChanges, countSeen, keepRows, planParts, positionOf, restartReading } from '../../../bot/src/store/fact-parts.ts'
import { makeForesight } from '../../../bot/src/engine/scan/foresight.ts'
import type { KeyedRow } from '../../../bot/src/store/fact-rows.ts'
import { finishFact, markUnread, openFactWriter, streamRows, type FactWriter } from '../../../bot/src/store/facts.ts'
import { insertScan, moveScan, type StoredScan } from '../../../bot/src/store/scans.ts'
import { inside, readTx, writeTx, type StoredJob, type WriteTx } from '../../../bot/src/store/transaction.ts'
import { fc } from '../../random.ts'
import { openTestStore, type TestStore } from './test-store.ts'

const at = '2026-11-20T10:00:00.000Z'
const fact = 'users'
let test: TestStore
beforeAll(async () => void (test = await openTestStore()))
afterAll(() => test.close())

async function newScan(tenant: StoredJob): Promise<StoredScan> {
  const scan = await writeTx(test.store, tenant, (tx) => insertScan(tx, { startedByName: 'Ada', at }))
  if (!scan) throw new Error('A scan is already under way.')
  return scan
}

async function snapshot(tenant: StoredJob, scanId: string): Promise<Record<string, Json> | string> {
  const rows: Record<string, Json> = {}
  const reading = await readTx(test.store, tenant, (tx) => streamRows(tx, scanId, fact, (key, row) => void (rows[key] = row)))
  return reading.state === 'read' ? rows : reading.reason
}

function keyed(rows: ReadonlyMap<string, number>): KeyedRow[] {
  return [...rows].map(([key, row]) => ({ key, row }))
}

/** What happens to a tenant between two readings: a value, or null for an object that is deleted. */
const edits = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.option(fc.integer({ min: 0, max: 2 }))), { maxLength: 5 })
const step = fc.record({
  edits,
  /** Objects that change while the list is read, after it has passed them by. */
  meanwhile: edits,
  /** After how many parts, of two, something goes wrong; 3: nothing does. */
  breaksAfter: fc.integer({ min: 0, max: 3 }),
  how: fc.constantFrom('crash' as const, 'restart' as const, 'unread' as const),
  /** Whether Graph still knows the link of the reading before. */
  linkLives: fc.boolean(),
})
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** A tenant that tells changes as Graph does: every object that was touched since, as it is now, also one that changed back. */
class Tenant {
  readonly rows = new Map([
    ['a', 0],
    ['c', 0],
  ])
  readonly #touched: string[] = []

  edit(changes: Step['edits']): void {
    for (const [key, value] of changes) {
      this.#touched.push(key)
      if (value === null) this.rows.delete(key)
      else this.rows.set(key, value)
    }
  }
  get moment(): number {
    return this.#touched.length
  }
  since(moment: number): { readonly upserts: readonly KeyedRow[]; readonly removed: readonly string[] } {
    const keys = [...new Set(this.#touched.slice(moment))]
    const upserts = keys.flatMap((key) => {
      const row = this.rows.get(key)
      return row === undefined ? [] : [{ key, row }]
    })
    return { upserts, removed: keys.filter((key) => !this.rows.has(key)) }
  }
}

/** One reading of the fact as collectFact does it: changes where a link lives, else two parts and the changes since their plan. */
class Reader {
  /** The moment that each link that was ever given stands for. */
  readonly #moments = new Map<string, number>()
  readonly #who: StoredJob
  readonly seen = { full: 0, delta: 0, crash: 0, restart: 0, unread: 0, resync: 0, foreseen: 0 }
  constructor(who: StoredJob) {
    this.#who = who
  }

  #write<T>(fn: (tx: WriteTx) => Promise<T>): Promise<T> {
    return writeTx(test.store, this.#who, fn)
  }
  #link(tenant: Tenant): string {
    const link = `link ${this.#moments.size}`
    this.#moments.set(link, tenant.moment)
    return link
  }

  async read(scanId: string, tenant: Tenant, { meanwhile, breaksAfter, how, linkLives }: Step): Promise<'read' | 'unread'> {
    let breaks = breaksAfter
    for (;;) {
      const writer = await this.#write((tx) => openFactWriter(tx, scanId, fact, at))
      const position = await readTx(test.store, this.#who, (tx) => positionOf(tx, writer, 'source'))
      const broken = async (): Promise<'again' | 'unread' | undefined> => {
        if (breaks-- !== 0) return undefined
        this.seen[how] += 1
        if (how === 'restart') {
          tenant.edit(meanwhile)
          await this.#write((tx) => restartReading(tx, writer))
        }
        if (how === 'unread') await this.#write((tx) => markUnread(tx, scanId, fact, { reason: 'graph', detail: '503' }))
        return how === 'unread' ? 'unread' : 'again'
      }
      const outcome =
        position.plan === null && position.deltaLink !== null && how !== 'restart'
          ? await this.#readChanges(writer, position.deltaLink, tenant, { meanwhile, linkLives }, broken)
          : await this.#readFull(writer, position.plan, tenant, meanwhile, broken)
      if (outcome !== 'again') return outcome
    }
  }

  async #readChanges(
    writer: FactWriter,
    link: string,
    tenant: Tenant,
    { meanwhile, linkLives }: Pick<Step, 'meanwhile' | 'linkLives'>,
    broken: () => Promise<'again' | 'unread' | undefined>,
  ): Promise<'read' | 'again' | 'unread'> {
    const { upserts, removed } = tenant.since(this.#moments.get(link) ?? 0)
    const half = Math.ceil(upserts.length / 2)
    // A page's own link: going on from it gives the rest, and giving everything again does no harm.
    await this.#write((tx) => applyChanges(tx, writer, { upserts: upserts.slice(0, half), removed, link, source: 'source' }))
    const stop = await broken()
    if (stop) return stop
    if (!linkLives) {
      this.seen.resync += 1
      tenant.edit(meanwhile)
      await this.#write((tx) => restartReading(tx, writer))
      return this.#readFull(writer, null, tenant, [], broken)
    }
    const next = this.#link(tenant)
    await this.#write((tx) => applyChanges(tx, writer, { upserts: upserts.slice(half), removed: [], link: next, source: 'source' }))
    await this.#write((tx) => finishFact(tx, writer, at, { mode: 'delta', delta: { link: next, source: 'source' } }))
    this.seen.delta += 1
    return 'read'
  }

  async #readFull(
    writer: FactWriter,
    plan: Awaited<ReturnType<typeof positionOf>>['plan'],
    tenant: Tenant,
    meanwhile: Step['edits'],
    broken: () => Promise<'again' | 'unread' | undefined>,
  ): Promise<'read' | 'again' | 'unread'> {
    const foresight = makeForesight((fn) => readTx(test.store, this.#who, fn), writer)
    const ranges: Readonly<Record<string, string>> = { first: 'ab', rest: 'cde' }
    const parts = plan?.parts ?? Object.keys(ranges).map((id) => ({ id, next: null, done: false }))
    let link = plan?.deltaLink ?? this.#link(tenant)
    if (!plan) await this.#write((tx) => planParts(tx, writer, Object.keys(ranges), link))
    for (const { id, done } of parts) {
      if (done) continue
      const rows = keyed(tenant.rows).filter(({ key }) => ranges[id]?.includes(key))
      const first = await this.#write((tx) => keepRows(tx, writer, rows.slice(0, 1), [{ id, next: 'page 2', done: false }]))
      foresight.kept(rows.slice(0, 1), first.added)
      if (id === 'rest' && this.seen.full % 3 === 0) await foresight.begin()
      const others = await this.#write((tx) => keepRows(tx, writer, rows.slice(1), [{ id, next: null, done: true }]))
      foresight.kept(rows.slice(1), others.added)
      const stop = await broken()
      if (stop) return stop
    }
    tenant.edit(meanwhile)
    if (!foresight.holds()) await foresight.begin()
    const { upserts, removed } = tenant.since(this.#moments.get(link) ?? 0)
    link = this.#link(tenant)
    if (upserts.length + removed.length > 0) foresight.changed()
    const foreseen = await foresight.result()
    await this.#write((tx) => applyChanges(tx, writer, { upserts, removed, link, source: 'source' }))
    expect(await this.#write((tx) => countSeen(tx, writer))).toBe(tenant.rows.size)
    const known = foreseen && this.seen.full % 2 === 0 ? { foreseen } : {}
    const { rows } = await this.#write((tx) => finishFact(tx, writer, at, { mode: 'full', delta: { link, source: 'source' }, ...known }))
    expect(rows).toBe(tenant.rows.size)
    if (foreseen && foreseen.unseen.length > 0) this.seen.foreseen += 1
    this.seen.full += 1
    return 'read'
  }
}

describe('readings in parts and of changes', () => {
  it('show each scan the tenant as it was, through crashes, restarts, failures, lost links and changes meanwhile (random histories)', async () => {
    const seen: Record<string, number> = {}
    const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (history) => {
      const who = await test.newTenant()
      const tenant = new Tenant()
      const reader = new Reader(who)
      const model = new Map<string, Record<string, Json> | string>()
      for (const one of history) {
        tenant.edit(one.edits)
        const scan = await newScan(who)
        const outcome = await reader.read(scan.id, tenant, one)
        model.set(scan.id, outcome === 'unread' ? 'graph' : Object.fromEntries(tenant.rows))
        await writeTx(test.store, who, (tx) => moveScan(tx, scan.id, ['queued'], 'finished', { finishedAt: at }))
      }
      for (const [scanId, rows] of model) expect(await snapshot(who, scanId)).toEqual(rows)
      const left = await readTx(test.store, who, (tx) =>
        sql<{ count: number }>`select (select count(*) from fact_part) + (select count(*) from fact_seen) as count`.execute(tx[inside].db),
      )
      expect(left.rows[0]?.count).toBe(0)
      for (const [kind, count] of Object.entries(reader.seen)) seen[kind] = (seen[kind] ?? 0) + count
    })
    await fc.assert(property, { numRuns: process.env['DRILL'] === '1' ? 500 : 20, seed: 20261122 })
    for (const kind of ['full', 'delta', 'crash', 'restart', 'unread', 'resync', 'foreseen'])
      expect([kind, (seen[kind] ?? 0) > 5]).toEqual([kind, true])
  })

  it('read in full again when the way of reading has changed', async () => {
    const who = await test.newTenant()
    const scan = await newScan(who)
    await writeTx(test.store, who, async (tx) => {
      const writer = await openFactWriter(tx, scan.id, fact, at)
      await planParts(tx, writer, [''], null)
      await keepRows(tx, writer, [{ key: 'a', row: 1 }], [{ id: '', next: null, done: true }])
      await finishFact(tx, writer, at, { mode: 'full', delta: { link: 'L', source: 'id,displayName' } })
    })
    const position = (source: string) => readTx(test.store, who, (tx) => positionOf(tx, { scanId: scan.id, fact }, source))
    expect(await position('id,displayName')).toEqual({ plan: null, deltaLink: 'L' })
    expect(await position('id,displayName,mail')).toEqual({ plan: null, deltaLink: null })
  })

  it('keep where each part stands, and take no row once the scan has ended', async () => {
    const who = await test.newTenant()
    const scan = await newScan(who)
    const writer = await writeTx(test.store, who, (tx) => openFactWriter(tx, scan.id, fact, at))
    await writeTx(test.store, who, (tx) => planParts(tx, writer, ['a', 'b', 'rest'], 'since'))
    const rows = [
      { key: 'x', row: 1 },
      { key: 'x', row: 2 },
    ]
    await writeTx(test.store, who, (tx) =>
      keepRows(tx, writer, rows, [
        { id: 'a', next: 'page 2', done: false },
        { id: 'b', next: null, done: true },
        { id: 'a', next: 'page 3', done: false },
      ]),
    )
    expect(await readTx(test.store, who, (tx) => positionOf(tx, writer, ''))).toEqual({
      plan: {
        parts: [
          { id: 'a', next: 'page 3', done: false },
          { id: 'b', next: null, done: true },
          { id: 'rest', next: null, done: false },
        ],
        deltaLink: 'since',
      },
      deltaLink: null,
    })
    await writeTx(test.store, who, (tx) => moveScan(tx, scan.id, ['queued'], 'stopped', { finishedAt: at }))
    await expect(writeTx(test.store, who, (tx) => keepRows(tx, writer, rows, []))).rejects.toThrow('is not being read')
  })
})
