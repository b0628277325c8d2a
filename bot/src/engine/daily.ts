import type { Identity } from '../identity/identity.ts'
import type { Log } from '../log.ts'
import { deleteEventsBefore } from '../store/outbox.ts'
import { deleteExpiredSessions } from '../store/sessions.ts'
import { deleteTokenScopesBefore } from '../store/token-scopes.ts'
import { tenantOf } from '../store/tenants.ts'
import { readTx, writeTx } from '../store/transaction.ts'
import type { Store } from '../store/database.ts'

export const dailyJobName = 'daily'
/** Every night, at an odd minute so that many deployments do not come at once. */
export const dailyCron = '17 3 * * *'

const dayMs = 24 * 3_600_000
const eventsKeptDays = 30
const tokenNotesKeptDays = 30

export interface DailyDependencies {
  readonly store: Store
  readonly identity: Pick<Identity, 'aid'>
  readonly attest: (tenantId: string) => Promise<void>
  readonly log: Log
  readonly now: () => number
}

/** What has to happen once a day for each tenant: look after the Aid, renew the evidence, delete what is too old. One tenant's trouble is not another's. */
export async function runDaily(deps: DailyDependencies, tenantIds: readonly string[]): Promise<void> {
  for (const tenantId of tenantIds) {
    try {
      await runFor(deps, tenantId)
    } catch (error) {
      deps.log.error({ err: error, tenantId }, 'the daily work of a tenant failed')
    }
  }
}

async function runFor(deps: DailyDependencies, tenantId: string): Promise<void> {
  const nobody = { tenantId, objectId: '' }
  if (!(await readTx(deps.store, nobody, tenantOf))) return
  await deps.identity.aid?.check(tenantId)
  await deps.attest(tenantId)
  await writeTx(deps.store, nobody, async (tx) => {
    const now = deps.now()
    await deleteExpiredSessions(tx, now)
    await deleteEventsBefore(tx, new Date(now - eventsKeptDays * dayMs).toISOString())
    await deleteTokenScopesBefore(tx, new Date(now - tokenNotesKeptDays * dayMs).toISOString())
  })
}
