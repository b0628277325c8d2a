import { checkOf } from '@countersign/core/posture/checks.ts'
import type { Suppressed } from '@countersign/core/posture/suppression.ts'
import { readUntil, type SuppressedCounting } from '@countersign/core/posture/suppression.ts'
import type { Principal } from '@countersign/core/principal.ts'
import type { Store } from '../store/database.ts'
import { addFindingHistory, findingByKey, type FindingHistoryEntry } from '../store/findings.ts'
import { appendEvent } from '../store/outbox.ts'
import { readSettings, writeSettings } from '../store/settings.ts'
import {
  activeSuppressions,
  countActive,
  endSuppression,
  expireSuppressions,
  insertSuppression,
  returnFindings,
  suppressFindings,
  suppressionById,
  type StoredSuppression,
} from '../store/suppressions.ts'
import { writeTx, type WriteTx } from '../store/transaction.ts'

export type Suppressing =
  | { readonly kind: 'suppressed'; readonly suppression: StoredSuppression }
  | { readonly kind: 'badDay'; readonly problem: string }
  | { readonly kind: 'noSuchCheck' | 'noSuchFinding' | 'notOpen' | 'already' | 'tooMany' }

export interface WantedSuppression {
  readonly checkId: string
  readonly findingKey?: string | undefined
  readonly reason: string
  /** Who answers for it; who asks, unless given. */
  readonly owner?: string | undefined
  /** A day or a moment. */
  readonly until: string
}

/** As many as a judgement looks through for each scan. */
export const mostSuppressions = 10_000

/** Lets a finding, or all that a check finds, stay as it is for a while. The verdict is not touched. */
export async function suppress(store: Store, by: Principal, wanted: WantedSuppression, at: string): Promise<Suppressing> {
  const day = readUntil(wanted.until, Date.parse(at))
  if (!day.ok) return { kind: 'badDay', problem: day.problem }
  if (!checkOf(wanted.checkId)) return { kind: 'noSuchCheck' }
  return writeTx(store, by, async (tx): Promise<Suppressing> => {
    const key = wanted.findingKey
    const finding = key === undefined ? undefined : await findingByKey(tx, key)
    if (key !== undefined) {
      if (!finding || finding.checkId !== wanted.checkId) return { kind: 'noSuchFinding' }
      if (finding.state === 'suppressed') return { kind: 'already' }
      if (finding.state !== 'open' && finding.state !== 'returned') return { kind: 'notOpen' }
    }
    if ((await countActive(tx)).suppressions >= mostSuppressions) return { kind: 'tooMany' }
    const suppression = await insertSuppression(tx, {
      checkId: wanted.checkId,
      findingKey: key ?? null,
      objectName: finding ? finding.object.name : null,
      reason: wanted.reason,
      owner: wanted.owner ?? by.displayName,
      byName: by.displayName,
      at,
      until: day.until,
    })
    if (!suppression) return { kind: 'already' }
    await record(tx, suppression, await suppressFindings(tx, suppression, at), 'finding.suppressed', at)
    return { kind: 'suppressed', suppression }
  })
}

export type Lifting =
  { readonly kind: 'lifted'; readonly suppression: StoredSuppression } | { readonly kind: 'noSuchSuppression' | 'endedBefore' }

/** Ends a suppression before its day; what no other one covers returns at once. */
export async function lift(store: Store, by: Principal, id: string, reason: string, at: string): Promise<Lifting> {
  return writeTx(store, by, async (tx): Promise<Lifting> => {
    if (!(await suppressionById(tx, id))) return { kind: 'noSuchSuppression' }
    const suppression = await endSuppression(tx, id, { byName: by.displayName, because: reason, at })
    if (!suppression) return { kind: 'endedBefore' }
    await record(tx, suppression, await returnFindings(tx, suppression, at), 'finding.unsuppressed', at)
    return { kind: 'lifted', suppression }
  })
}

/** Ends what has come to its day, before anything is judged, and answers what is left. */
export async function suppressionsFor(tx: WriteTx, at: string): Promise<readonly StoredSuppression[]> {
  for (const ended of await expireSuppressions(tx, at))
    await record(tx, ended, await returnFindings(tx, ended, at), 'finding.unsuppressed', at)
  return activeSuppressions(tx)
}

/** The same by itself, for days on which nothing is judged. */
export async function expireSuppressed(
  { store, now }: { readonly store: Store; readonly now: () => number },
  tenantId: string,
): Promise<void> {
  await writeTx(store, { tenantId, objectId: '' }, (tx) => suppressionsFor(tx, new Date(now()).toISOString()))
}

/** False where it was so before. */
export async function chooseCounting(store: Store, owner: Principal, inScore: SuppressedCounting, at: string): Promise<boolean> {
  return writeTx(store, owner, async (tx) => {
    const stored = await readSettings(tx)
    if (stored.settings.suppressedInScore === inScore) return false
    await writeSettings(tx, { ...stored, settings: { ...stored.settings, suppressedInScore: inScore } }, at)
    appendEvent(tx, 'settings.changed', 'suppressedInScore', at)
    return true
  })
}

async function record(
  tx: WriteTx,
  { id, checkId }: Suppressed & { readonly id: string },
  keys: readonly string[],
  what: 'finding.suppressed' | 'finding.unsuppressed',
  at: string,
): Promise<void> {
  await addFindingHistory(
    tx,
    keys.map((findingKey): FindingHistoryEntry => ({ findingKey, checkId, at, what, receiptNumber: null, suppressionId: id })),
  )
  for (const key of keys) appendEvent(tx, 'finding.changed', key, at)
  appendEvent(tx, 'suppression.changed', id, at)
}
