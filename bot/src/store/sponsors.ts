import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { ScanSponsorTable } from './time-tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** A person who lends their own sign-in, by their own choice, so that scans run by the clock. */
export interface Sponsorship {
  readonly id: string
  readonly personId: string
  readonly displayName: string
  /** Hour of the day at which a scan starts, in UTC. */
  readonly hour: number
  readonly state: 'active' | 'ended'
  readonly since: string
  /** When the sign-in service last confirmed that the sign-in, the consent and the role still stand. */
  readonly provedAt: string
  readonly lastRunAt: string | null
  readonly endedAt: string | null
  /** Sentence for a person: who or what ended it. */
  readonly endReason: string | null
}

/** The active sponsorship; a tenant has at most one. */
export async function activeSponsor(tx: ReadTx): Promise<Sponsorship | undefined> {
  const row = await tx[inside].db.selectFrom('scan_sponsor').selectAll().where('state', '=', 'active').executeTakeFirst()
  return row && toSponsorship(row)
}

/** Ended sponsorships, newest first. */
export async function endedSponsorships(tx: ReadTx, limit: number): Promise<Sponsorship[]> {
  const rows = await tx[inside].db
    .selectFrom('scan_sponsor')
    .selectAll()
    .where('state', '=', 'ended')
    .orderBy('ended_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toSponsorship)
}

/** Makes the person of the transaction the sponsor, or changes the hour of their sponsorship; undefined when somebody else is the sponsor. */
export async function putSponsor(
  tx: WriteTx,
  sponsor: { readonly displayName: string; readonly hour: number; readonly at: string },
): Promise<Sponsorship | undefined> {
  const { db } = tx[inside]
  const changed = await db
    .updateTable('scan_sponsor')
    .set({ hour: sponsor.hour, display_name: sponsor.displayName, proved_at: sponsor.at })
    .where('state', '=', 'active')
    .where('person_id', '=', tx.personId)
    .returningAll()
    .executeTakeFirst()
  if (changed) return toSponsorship(changed)
  const made = await db
    .insertInto('scan_sponsor')
    .values({
      id: randomUUID(),
      person_id: tx.personId,
      display_name: sponsor.displayName,
      hour: sponsor.hour,
      state: 'active',
      since: sponsor.at,
      proved_at: sponsor.at,
      last_run_at: null,
      ended_at: null,
      end_reason: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  return made && toSponsorship(made)
}

/** Compare-and-swap: false when it had already ended. */
export async function endSponsor(tx: WriteTx, id: string, end: { readonly at: string; readonly reason: string }): Promise<boolean> {
  const answer = await tx[inside].db
    .updateTable('scan_sponsor')
    .set({ state: 'ended', ended_at: end.at, end_reason: end.reason })
    .where('id', '=', id)
    .where('state', '=', 'active')
    .executeTakeFirst()
  return answer.numUpdatedRows === 1n
}

export async function noteProof(tx: WriteTx, id: string, at: string): Promise<void> {
  await tx[inside].db.updateTable('scan_sponsor').set({ proved_at: at }).where('id', '=', id).execute()
}

/** Compare-and-swap of the last run, so that of several processes one starts the scan of this hour. */
export async function takeRun(tx: WriteTx, sponsor: Pick<Sponsorship, 'id'>, due: string, at: string): Promise<boolean> {
  const answer = await tx[inside].db
    .updateTable('scan_sponsor')
    .set({ last_run_at: at })
    .where('id', '=', sponsor.id)
    .where('state', '=', 'active')
    .where((where) => where.or([where('last_run_at', 'is', null), where('last_run_at', '<', due)]))
    .executeTakeFirst()
  return answer.numUpdatedRows === 1n
}

function toSponsorship(row: Selectable<ScanSponsorTable>): Sponsorship {
  return {
    id: row.id,
    personId: row.person_id,
    displayName: row.display_name,
    hour: row.hour,
    state: row.state,
    since: row.since,
    provedAt: row.proved_at,
    lastRunAt: row.last_run_at,
    endedAt: row.ended_at,
    endReason: row.end_reason,
  }
}
