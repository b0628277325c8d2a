import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { FactSink } from '../../../bot/src/graph/collect.ts'
import { openSink, type StoreSink } from '../../../bot/src/engine/scan/sink.ts'
import { streamRows } from '../../../bot/src/store/facts.ts'
import { insertScan, moveScan } from '../../../bot/src/store/scans.ts'
import { readTx, writeTx, type StoredJob } from '../../../bot/src/store/transaction.ts'
import { openTestStore, type TestStore } from '../store/test-store.ts'

const at = '2026-11-20T10:00:00.000Z'
const fact = 'users'
let test: TestStore
beforeAll(async () => void (test = await openTestStore()))
afterAll(() => test.close())

/** One reading of a new scan; answers the keys that it leaves. */
async function readIn(who: StoredJob, read: (opened: StoreSink) => Promise<void>): Promise<readonly string[]> {
  const scan = await writeTx(test.store, who, (tx) => insertScan(tx, { startedByName: 'Ada', at }))
  if (!scan) throw new Error('A scan is already under way.')
  await read(await openSink({ store: test.store, who, scanId: scan.id, fact, source: 'source', at, onRows: () => undefined }))
  const keys: string[] = []
  await readTx(test.store, who, (tx) => streamRows(tx, scan.id, fact, (key) => void keys.push(key)))
  await writeTx(test.store, who, (tx) => moveScan(tx, scan.id, ['queued'], 'finished', { finishedAt: at }))
  return keys
}

const rows = (sink: FactSink, keys: string, next: string | null = null): Promise<void> =>
  sink.rows(
    '',
    [...keys].map((key) => ({ key, row: key })),
    next,
  )
const full = { mode: 'full', deltaLink: 'link' } as const

describe('the end of a reading that was foreseen', () => {
  it('closes what the list no longer holds, and counts what came after the look', async () => {
    const who = await test.newTenant()
    const whole = await readIn(who, async ({ sink, finish }) => {
      sink.plan([''], 'link')
      await rows(sink, 'abc')
      sink.allKept?.()
      await finish(full)
    })
    expect(whole).toEqual(['a', 'b', 'c'])
    const later = await readIn(who, async ({ sink, finish }) => {
      sink.plan([''], 'link')
      await rows(sink, 'a', 'page 2')
      sink.endIsNear?.()
      await rows(sink, 'cd')
      sink.allKept?.()
      await finish(full)
    })
    expect(later).toEqual(['a', 'c', 'd'])
  })

  it('forgets a look that still waited for its turn when the list began again', async () => {
    const who = await test.newTenant()
    await readIn(who, async ({ sink, finish }) => {
      sink.plan([''], 'link')
      await rows(sink, 'abc')
      await finish(full)
    })
    const left = await readIn(who, async ({ sink, finish }) => {
      for (const pages of [['a'], ['abc', 'c']]) {
        sink.plan([''], 'link')
        const kept = pages.map((page) => rows(sink, page, 'on'))
        sink.endIsNear?.()
        await Promise.all([...kept, sink.restart()])
      }
      sink.plan([''], 'link')
      await rows(sink, 'a')
      await finish(full)
    })
    expect(left).toEqual(['a'])
  })
})
