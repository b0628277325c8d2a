import type { Json } from '../../../core/digest.ts'
import { judgeSnapshot } from '../../../bot/src/engine/scan/judge.ts'
import { keepJudgement } from '../../../bot/src/engine/scan/keep-judgement.ts'
import { finishFact, openFactWriter, writeFactRows } from '../../../bot/src/store/facts.ts'
import { insertScan, moveScan, scanById, type StoredScan } from '../../../bot/src/store/scans.ts'
import { readTx, writeTx, type StoredJob } from '../../../bot/src/store/transaction.ts'
import type { Store } from '../../../bot/src/store/database.ts'
import { application, now, secret } from '../../build/facts.ts'

export const dayMs = 24 * 3_600_000

/** Days after the moment that the builders of facts call now, as ISO time. */
export function daysOn(days: number): string {
  return new Date(now + days * dayMs).toISOString()
}

/** A finished scan that found these facts, as the engine would have left it. */
export async function snapshot(
  store: Store,
  who: StoredJob,
  at: string,
  facts: Readonly<Record<string, readonly { readonly id: string }[]>>,
): Promise<StoredScan> {
  const id = await writeTx(store, who, async (tx) => {
    const scan = await insertScan(tx, { startedByName: 'Ada', at })
    if (!scan) throw new Error('A scan was under way.')
    for (const [fact, rows] of Object.entries(facts)) {
      const writer = await openFactWriter(tx, scan.id, fact)
      await writeFactRows(
        tx,
        writer,
        rows.map((row) => ({ key: row.id, row: JSON.parse(JSON.stringify(row)) as Json })),
      )
      await finishFact(tx, writer, at)
    }
    return scan.id
  })
  const judged = await readTx(store, who, (tx) => judgeSnapshot(tx, id))
  return writeTx(store, who, async (tx) => {
    await keepJudgement(tx, judged, { id, at, isFinal: true })
    await moveScan(tx, id, ['queued'], 'finished', { finishedAt: at })
    const scan = await scanById(tx, id)
    if (!scan) throw new Error('The scan is gone.')
    return scan
  })
}

/** An id that the tenant's audit log could name. */
export function objectId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

/** Applications by number, each with one secret that ends that many days after now. */
export function applicationsEnding(ends: Readonly<Record<number, number>>): readonly { readonly id: string }[] {
  return Object.entries(ends).map(([number, days]) => application(objectId(Number(number)), secret(`key-${number}`, daysOn(days))))
}
