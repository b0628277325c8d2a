import { dayMs } from '@countersign/core/day.ts'
import type { Identity } from '../identity/identity.ts'
import type { Log } from '../log.ts'
import { deleteEventsBefore } from '../store/outbox.ts'
import { deleteExpiredSessions } from '../store/sessions.ts'
import { deleteTokenScopesBefore } from '../store/token-scopes.ts'
import { tenantOf } from '../store/tenants.ts'
import { readTx, writeTx } from '../store/transaction.ts'
import type { Store } from '../store/database.ts'
import { signHeadOfDay } from '../store/journal-range.ts'
import { pruneBefore } from '../store/retention.ts'
import { judgeStoredFacts } from './daily-judge.ts'
import { expireSuppressed } from './suppressions.ts'
import { renewSponsor, type SponsorDependencies } from './sponsor.ts'

export const dailyJobName = 'daily'
/** Every night, at an odd minute so that many deployments do not come at once. */
export const dailyCron = '17 3 * * *'

const eventsKeptDays = 30
const tokenNotesKeptDays = 30

export interface DailyDependencies {
  readonly store: Store
  readonly identity: Pick<Identity, 'aid'>
  readonly attest: (tenantId: string) => Promise<void>
  readonly sponsoring: SponsorDependencies
  /** Days that snapshots, results, history and attributions stay. */
  readonly retentionDays: number
  readonly log: Log
  readonly now: () => number
}

/**
 * What has to happen once a day for each tenant: look after the Aid and the scan sponsor, end suppressions whose day has come, judge the stored facts as of today, renew the evidence,
 * delete what is too old. One tenant's trouble is not another's, and one piece of work does not keep the next from being done.
 */
export async function runDaily(deps: DailyDependencies, tenantIds: readonly string[]): Promise<void> {
  for (const tenantId of tenantIds) {
    if (!(await readTx(deps.store, { tenantId, objectId: '' }, tenantOf))) continue
    for (const [name, work] of Object.entries(works)) {
      try {
        await work(deps, tenantId)
      } catch (error) {
        deps.log.error({ err: error, tenantId, work: name }, 'a daily work of a tenant failed')
      }
    }
  }
}

type Work = (deps: DailyDependencies, tenantId: string) => Promise<unknown>

const works: Readonly<Record<string, Work>> = {
  aid: async (deps, tenantId) => deps.identity.aid?.check(tenantId),
  sponsor: (deps, tenantId) => renewSponsor(deps.sponsoring, tenantId),
  suppressions: expireSuppressed,
  judge: judgeStoredFacts,
  attest: (deps, tenantId) => deps.attest(tenantId),
  heads: (deps, tenantId) => writeTx(deps.store, { tenantId, objectId: '' }, (tx) => signHeadOfDay(tx, new Date(deps.now()).toISOString())),
  prune: (deps, tenantId) => prune(deps, tenantId),
}

async function prune(deps: DailyDependencies, tenantId: string): Promise<void> {
  const now = deps.now()
  const before = (days: number): string => new Date(now - days * dayMs).toISOString()
  await writeTx(deps.store, { tenantId, objectId: '' }, async (tx) => {
    await deleteExpiredSessions(tx, now)
    await deleteEventsBefore(tx, before(eventsKeptDays))
    await deleteTokenScopesBefore(tx, before(tokenNotesKeptDays))
    await pruneBefore(tx, before(deps.retentionDays))
  })
}
