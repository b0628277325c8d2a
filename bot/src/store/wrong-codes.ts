import { sql } from 'kysely'
import { inside, type WriteTx } from './transaction.ts'

/** Times of codes that a person typed and that fit none of the person's cards, newest first; nobody else adds to them until this transaction ends. */
export async function wrongCodesSince(tx: WriteTx, personId: string, since: string): Promise<readonly string[]> {
  const { db } = tx[inside]
  await sql`select pg_advisory_xact_lock(hashtextextended('code:' || ${tx.tenantId} || ${personId}, 0))`.execute(db)
  const rows = await db
    .selectFrom('wrong_code')
    .select('at')
    .where('person_id', '=', personId)
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .execute()
  return rows.map(({ at }) => at)
}

/** Notes one, and forgets those from before a time. */
export async function noteWrongCode(tx: WriteTx, personId: string, at: string, forgetBefore: string): Promise<void> {
  const { db } = tx[inside]
  await db.deleteFrom('wrong_code').where('person_id', '=', personId).where('at', '<', forgetBefore).execute()
  await db.insertInto('wrong_code').values({ person_id: personId, at }).execute()
}
