import { z } from 'zod'
import { canonicalJson, type Json } from '@countersign/core/digest.ts'
import { judgedWith, type JudgedWith } from '../store/baselines.ts'
import type { Store } from '../store/database.ts'
import { finishedScans, runningScan } from '../store/scans.ts'
import { readSettings } from '../store/settings.ts'
import { readTx, type ReadTx } from '../store/transaction.ts'
import { baselineIn } from './baselines.ts'
import { judgeStoredFacts } from './daily-judge.ts'

export const followJobName = 'follow-settings'
const followJobSchema = z.object({ tenantId: z.string() })
export type FollowJob = z.infer<typeof followJobSchema>

/** While a scan is under way its own judgement may follow: it is looked again afterwards. */
const lookAgainAfterMs = 3_000

/** `waits`: a scan is under way, whose judgement may have begun before the change. `followed`: nothing is left to do. */
export type Followed = 'judged' | 'waits' | 'followed'

/**
 * Judges the stored facts again where the newest judgement went by other settings than those in force. However many changes asked for
 * it, the first that comes to be done does it for all of them.
 */
export async function followSettings(deps: { readonly store: Store; readonly now: () => number }, tenantId: string): Promise<Followed> {
  const state = await readTx(deps.store, { tenantId, objectId: '' }, async (tx) => {
    if (await runningScan(tx)) return 'waits'
    const [newest] = await finishedScans(tx, 1)
    return newest && !(await isCurrent(tx, newest.id)) ? 'behind' : 'followed'
  })
  if (state !== 'behind') return state
  const { kind } = await judgeStoredFacts(deps, tenantId)
  return kind === 'nothing' ? 'followed' : kind === 'scanning' ? 'waits' : 'judged'
}

/** The same at once, and later again where a scan is under way. `follow` puts it into the queue. */
export async function followNow(
  deps: { readonly store: Store; readonly now: () => number; readonly follow: (job: FollowJob) => Promise<void> },
  tenantId: string,
): Promise<void> {
  if ((await followSettings(deps, tenantId)) === 'waits') await deps.follow({ tenantId })
}

/** The same as a job of the queue; `again` puts it back for later. */
export function followingSettings(
  deps: { readonly store: Store; readonly now: () => number },
  again: (job: FollowJob, startAfter: Date) => Promise<void>,
): (data: unknown) => Promise<void> {
  return async (data) => {
    const job = followJobSchema.parse(data)
    if ((await followSettings(deps, job.tenantId)) === 'waits') await again(job, new Date(deps.now() + lookAgainAfterMs))
  }
}

/** Whether a scan was judged with what is in force now. */
export async function isCurrent(tx: ReadTx, scanId: string): Promise<boolean> {
  const stored = await readSettings(tx)
  const then = await judgedWith(tx, scanId)
  return then !== undefined && textOf(then) === textOf({ baseline: baselineIn(stored), settings: stored.settings })
}

function textOf({ baseline, settings }: JudgedWith): string {
  // Both come from JSON; what a running service says of itself is no setting.
  return canonicalJson(JSON.parse(JSON.stringify([baseline.id, baseline.parameters, { ...settings, own: null }])) as Json)
}
