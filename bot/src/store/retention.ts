import { sql } from 'kysely'
import { deleteAlertsBefore } from './alert-messages.ts'
import { pruneFacts } from './facts.ts'
import { inside, type WriteTx } from './transaction.ts'

export interface Pruned {
  /** Snapshots whose facts and results were deleted now. */
  readonly snapshots: number
  /** Scans of which nothing is left now. */
  readonly scans: number
}

/** What a kept score no longer says: who started the scan. */
const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * Deletes what is older than `before`: facts, results, attributions, history, changes of the baseline, closed findings, ended suppressions and sponsorships, alerts with their messages, scans that came to nothing. What
 * is shown now is never deleted: the newest finished scan with its facts, and the newest judgement of them. Of an older day the last score stays,
 * without names.
 */
export async function pruneBefore(tx: WriteTx, before: string): Promise<Pruned> {
  const { db } = tx[inside]
  const finished = db.selectFrom('scan').where('state', '=', 'finished').where('pruned_at', 'is', null)
  const newest = await finished.select(['id', 'ordinal']).orderBy('ordinal', 'desc').limit(1).executeTakeFirst()
  const reading = await finished.select(['id', 'ordinal']).where('kind', '=', 'scan').orderBy('ordinal', 'desc').limit(1).executeTakeFirst()
  const kept = [newest?.id, reading?.id].filter((id) => id !== undefined)
  const pruned = await db
    .updateTable('scan')
    .set({ pruned_at: before, started_by: nobody, started_by_name: '' })
    .where('state', '=', 'finished')
    .where('pruned_at', 'is', null)
    .where('finished_at', '<', before)
    .$if(kept.length > 0, (query) => query.where('id', 'not in', kept))
    .returning('id')
    .execute()
  const ids = pruned.map(({ id }) => id)
  if (ids.length > 0) {
    await db.deleteFrom('check_result').where('scan_id', 'in', ids).execute()
    await db.deleteFrom('attribution').where('scan_id', 'in', ids).execute()
    await db.deleteFrom('fact_read').where('scan_id', 'in', ids).execute()
    await db.deleteFrom('judged_with').where('scan_id', 'in', ids).execute()
  }
  const oldest = await finished
    .select((select) => select.fn.min('ordinal').as('ordinal'))
    .where('kind', '=', 'scan')
    .executeTakeFirst()
  if (oldest?.ordinal != null) await pruneFacts(tx, oldest.ordinal)
  const scans = await deleteScans(tx, before)
  await db.deleteFrom('finding_history').where('at', '<', before).execute()
  await db.deleteFrom('finding').where('state', '=', 'closed').where('changed_at', '<', before).execute()
  await db.deleteFrom('suppression').where('state', '!=', 'active').where('ended_at', '<', before).execute()
  await db.deleteFrom('baseline_change').where('at', '<', before).execute()
  await db.deleteFrom('scan_sponsor').where('state', '=', 'ended').where('ended_at', '<', before).execute()
  await deleteAlertsBefore(tx, before)
  return { snapshots: ids.length, scans }
}

/** Scans that came to nothing, and pruned ones whose score is not the last of its day (UTC). */
async function deleteScans(tx: WriteTx, before: string): Promise<number> {
  const { db } = tx[inside]
  const failed = await db
    .deleteFrom('scan')
    .where('state', 'in', ['failed', 'stopped'])
    .where('finished_at', '<', before)
    .executeTakeFirst()
  const thin = await db
    .deleteFrom('scan')
    .where('pruned_at', 'is not', null)
    .where(
      sql<boolean>`exists (select from scan later where later.state = 'finished' and later.ordinal > scan.ordinal
        and date_trunc('day', later.finished_at at time zone 'UTC') = date_trunc('day', scan.finished_at at time zone 'UTC'))`,
    )
    .executeTakeFirst()
  return Number(failed.numDeletedRows) + Number(thin.numDeletedRows)
}
