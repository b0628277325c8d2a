import type { Selectable } from 'kysely'
import type { Follower } from '@countersign/core/alerts/subscription.ts'
import type { AlertFollowerTable } from './alert-tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

export interface StoredFollower extends Follower {
  readonly personId: string
  readonly displayName: string
  readonly since: string
  readonly updatedAt: string
}

/** Everybody who asked to be told, by name. */
export async function followers(tx: ReadTx): Promise<readonly StoredFollower[]> {
  const rows = await tx[inside].db.selectFrom('alert_follower').selectAll().orderBy('display_name').orderBy('person_id').execute()
  return rows.map(toFollower)
}

export async function followerOf(tx: ReadTx, personId: string): Promise<StoredFollower | undefined> {
  const row = await tx[inside].db.selectFrom('alert_follower').selectAll().where('person_id', '=', personId).executeTakeFirst()
  return row && toFollower(row)
}

export async function putFollower(tx: WriteTx, follower: StoredFollower): Promise<void> {
  const row = {
    display_name: follower.displayName,
    wants: JSON.stringify(follower.wants),
    muted: JSON.stringify(follower.muted),
    told_to: follower.toldTo,
    digest_to: follower.digestTo,
    digest_at: follower.digestAt === null ? null : new Date(follower.digestAt).toISOString(),
    updated_at: follower.updatedAt,
  }
  await tx[inside].db
    .insertInto('alert_follower')
    .values({ person_id: follower.personId, since: follower.since, ...row })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'person_id']).doUpdateSet(row))
    .execute()
}

/** False where the person was told nothing anyway. */
export async function deleteFollower(tx: WriteTx, personId: string): Promise<boolean> {
  const answer = await tx[inside].db.deleteFrom('alert_follower').where('person_id', '=', personId).executeTakeFirst()
  return answer.numDeletedRows > 0n
}

function toFollower(row: Selectable<AlertFollowerTable>): StoredFollower {
  return {
    personId: row.person_id,
    displayName: row.display_name,
    wants: row.wants,
    muted: row.muted,
    toldTo: row.told_to,
    digestTo: row.digest_to,
    digestAt: row.digest_at === null ? null : Date.parse(row.digest_at),
    since: row.since,
    updatedAt: row.updated_at,
  }
}
