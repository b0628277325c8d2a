import type { StoredFinding } from '../store/findings.ts'
import { brokenOffSince, newestReading } from '../store/history.ts'
import { appendEvent } from '../store/outbox.ts'
import { insertScan, moveScan, runningScan, type StoredScan } from '../store/scans.ts'
import { readTx, writeTx } from '../store/transaction.ts'
import type { Store } from '../store/database.ts'
import { keepApplications } from './scan/applications.ts'
import { keepPeople } from './scan/people.ts'
import { judgeSnapshot } from './scan/judge.ts'
import { keepJudgement } from './scan/keep-judgement.ts'

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
    return facts ? { facts, judged: await judgeSnapshot(tx, facts.id, now) } : 'nothing'
  })
  if (typeof read === 'string') return { kind: read }
  const { facts, judged } = read
  // The row names the person whose scan read the facts: nobody else has had a part in it.
  return writeTx(deps.store, { tenantId, objectId: facts.startedBy }, async (tx) => {
    if ((await newestReading(tx))?.id !== facts.id) return { kind: 'scanning' }
    const made = await insertScan(tx, {
      startedByName: facts.startedByName,
      at,
      judges: { factsOf: facts.id, factsAsOf: facts.finishedAt ?? facts.startedAt },
    })
    if (!made) return { kind: 'scanning' }
    const broken = await brokenOffSince(tx, facts)
    const leaves = (finding: StoredFinding): boolean => isMendedSince(finding, facts) || broken.some((scan) => isSeenBy(finding, scan))
    await moveScan(tx, made.id, ['queued'], 'finished', { finishedAt: at })
    await keepJudgement(tx, judged, { id: made.id, at, isFinal: true, leaves })
    await keepApplications(tx, judged.applications, { factsOf: facts.id, isFinal: true })
    await keepPeople(tx, judged.people, { factsOf: facts.id, isFinal: true })
    appendEvent(tx, 'scan.finished', made.id, at)
    return { kind: 'judged', scan: { ...made, state: 'finished', finishedAt: at } }
  })
}

/** Facts from before a receipt know nothing of it: only a scan can tell whether it holds. */
function isMendedSince({ state, changedAt }: StoredFinding, facts: StoredScan): boolean {
  return state === 'fixedAwaitingScan' && changedAt > facts.startedAt
}

/** A scan that was broken off may have judged newer facts before: what it saw is not taken back by older ones. */
function isSeenBy({ changedAt }: StoredFinding, { startedAt, finishedAt }: StoredScan): boolean {
  return changedAt >= startedAt && changedAt <= (finishedAt ?? startedAt)
}
