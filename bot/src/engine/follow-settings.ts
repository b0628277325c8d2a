import { z } from 'zod'
import { canonicalJson, type Json } from '@countersign/core/digest.ts'
import { countedSuppressions, judgedWith, type JudgedWith } from '../store/baselines.ts'
import type { Store } from '../store/database.ts'
import { finishedScans, runningScan } from '../store/scans.ts'
import { readSettings } from '../store/settings.ts'
import { activeSuppressions } from '../store/suppressions.ts'
import { readTx, type ReadTx } from '../store/transaction.ts'
import { baselineIn } from './baselines.ts'
import { judgeStoredFacts } from './daily-judge.ts'

export const followJobName = 'follow-settings'
const followJobSchema = z.object({ tenantId: z.string() })
export type FollowJob = z.infer<typeof followJobSchema>

/** While a scan is under way its own judgement may follow: it is looked again afterwards. */
const lookAgainAfterMs = 3_000

interface FollowDependencies {
  readonly store: Store
  readonly now: () => number
}
type Follow = (job: FollowJob, startAfter?: Date) => Promise<void>

/** `waits`: a scan is under way, whose judgement may have begun before the change. `followed`: nothing is left to do. `nothing`: there are no facts to judge. */
export type Followed = 'judged' | 'waits' | 'followed' | 'nothing'

/**
 * Judges the stored facts again where the newest judgement went by other settings, or counted other suppressions, than those in force.
 * However many changes asked for it, the first that comes to be done does it for all of them.
 */
export async function followSettings(deps: FollowDependencies, tenantId: string): Promise<Followed> {
  const state = await readTx(deps.store, { tenantId, objectId: '' }, async (tx) => {
    if (await runningScan(tx)) return 'waits'
    const [newest] = await finishedScans(tx, 1)
    if (!newest) return 'nothing'
    return (await isBehind(tx, newest.id)) ? 'behind' : 'followed'
  })
  if (state !== 'behind') return state
  const { kind } = await judgeStoredFacts(deps, tenantId)
  return kind === 'scanning' ? 'waits' : kind
}

/** The same at once, and later again where a scan is under way. `follow` puts it into the queue. */
export async function followNow(deps: FollowDependencies & { readonly follow: Follow }, tenantId: string): Promise<Followed> {
  const followed = await followSettings(deps, tenantId)
  if (followed === 'waits') await deps.follow({ tenantId })
  return followed
}

/**
 * The same for what is done to many findings in a row: the first has the facts judged at once; those within three seconds of a judgement
 * are left to the queue, where one judgement does it for all of them.
 */
export async function followSoon(deps: FollowDependencies & { readonly follow: Follow }, tenantId: string): Promise<Followed> {
  const [newest] = await readTx(deps.store, { tenantId, objectId: '' }, (tx) => finishedScans(tx, 1))
  const since = newest?.kind === 'judge' ? deps.now() - Date.parse(newest.startedAt) : Number.POSITIVE_INFINITY
  if (since >= lookAgainAfterMs) return followNow(deps, tenantId)
  await deps.follow({ tenantId }, new Date(deps.now() + lookAgainAfterMs))
  return 'waits'
}

/** The same as a job of the queue; `again` puts it back for later. */
export function followingSettings(
  deps: FollowDependencies,
  again: (job: FollowJob, startAfter: Date) => Promise<void>,
): (data: unknown) => Promise<void> {
  return async (data) => {
    const job = followJobSchema.parse(data)
    if ((await followSettings(deps, job.tenantId)) === 'waits') await again(job, new Date(deps.now() + lookAgainAfterMs))
  }
}

async function isBehind(tx: ReadTx, scanId: string): Promise<boolean> {
  return !(await isCurrent(tx, scanId)) || !(await countedSuppressions(tx, scanId, await activeSuppressions(tx)))
}

/** Whether a scan was judged with the baseline and the settings that are in force now. */
export async function isCurrent(tx: ReadTx, scanId: string): Promise<boolean> {
  const stored = await readSettings(tx)
  const then = await judgedWith(tx, scanId)
  return then !== undefined && textOf(then) === textOf({ baseline: baselineIn(stored), settings: stored.settings })
}

function textOf({ baseline, settings }: JudgedWith): string {
  // Both come from JSON; what a running service says of itself is no setting.
  return canonicalJson(JSON.parse(JSON.stringify([baseline.id, baseline.parameters, { ...settings, own: null }])) as Json)
}
