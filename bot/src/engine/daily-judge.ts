import type { Json } from '@countersign/core/digest.ts'
import type { CheckResult } from '@countersign/core/posture/check.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import { scoreOf } from '@countersign/core/posture/score.ts'
import { addFindingHistory, listFindings, putFindings, type StoredFinding } from '../store/findings.ts'
import { newestReading } from '../store/history.ts'
import { appendEvent } from '../store/outbox.ts'
import { putResults, putScore } from '../store/results.ts'
import { insertScan, moveScan, runningScan, type StoredScan } from '../store/scans.ts'
import { readTx, writeTx, type WriteTx } from '../store/transaction.ts'
import type { Store } from '../store/database.ts'
import { changeFindings } from './scan/findings.ts'
import { judgeScan } from './scan/judge.ts'

export type DailyJudgement =
  | { readonly kind: 'judged'; readonly scan: StoredScan }
  /** `nothing`: no finished scan has facts. `scanning`: a scan is under way and will judge newer ones. */
  | { readonly kind: 'nothing' | 'scanning' }

/**
 * Judges the facts of the last finished scan as of now, without reading anything: what ends with time is seen to come nearer. It is one transaction
 * and takes the place of a scan under way for as long, so that it never runs beside one.
 */
export async function judgeStoredFacts(
  deps: { readonly store: Store; readonly now: () => number },
  tenantId: string,
): Promise<DailyJudgement> {
  const now = deps.now()
  const at = new Date(now).toISOString()
  const read = await readTx(deps.store, { tenantId, objectId: '' }, async (tx) => {
    if (await runningScan(tx)) return 'scanning'
    const facts = await newestReading(tx)
    return facts ? { facts, results: await judgeScan(tx, facts.id, now) } : 'nothing'
  })
  if (typeof read === 'string') return { kind: read }
  const { facts, results } = read
  // The row names the person whose scan read the facts: nobody else has had a part in it.
  return writeTx(deps.store, { tenantId, objectId: facts.startedBy }, async (tx) => {
    if ((await newestReading(tx))?.id !== facts.id) return { kind: 'scanning' }
    const made = await insertScan(tx, {
      startedByName: facts.startedByName,
      at,
      judges: { factsOf: facts.id, factsAsOf: facts.finishedAt ?? facts.startedAt },
    })
    if (!made) return { kind: 'scanning' }
    await keep(tx, made, facts, results, at)
    return { kind: 'judged', scan: { ...made, state: 'finished', finishedAt: at } }
  })
}

async function keep(tx: WriteTx, made: StoredScan, facts: StoredScan, results: readonly CheckResult[], at: string): Promise<void> {
  await moveScan(tx, made.id, ['queued'], 'finished', { finishedAt: at })
  await putResults(tx, made.id, results)
  const score = scoreOf(checks, results)
  await putScore(tx, made.id, { value: score.value, detail: JSON.parse(JSON.stringify(score)) as Json })
  const known = await listFindings(tx)
  const mended = new Set(known.filter((finding) => isMendedSince(finding, facts)).map(({ key }) => key))
  const changes = changeFindings(checks, results, known, { id: made.id, at })
  const mayMove = (key: string): boolean => !mended.has(key)
  await putFindings(
    tx,
    changes.findings.filter(({ key }) => mayMove(key)),
  )
  await addFindingHistory(
    tx,
    changes.history.filter(({ findingKey }) => mayMove(findingKey)),
  )
  for (const { kind, key } of changes.events.filter(({ key }) => mayMove(key))) appendEvent(tx, kind, key, at)
  appendEvent(tx, 'scan.finished', made.id, at)
}

/** Facts from before a receipt know nothing of it: only a scan can tell whether it holds. */
function isMendedSince({ state, changedAt }: StoredFinding, facts: StoredScan): boolean {
  return state === 'fixedAwaitingScan' && changedAt > facts.startedAt
}
