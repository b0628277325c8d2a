import { sql } from 'kysely'
import type { Json } from '@countersign/core/digest.ts'
import type { Bucket } from '@countersign/core/posture/fact.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/**
 * Changes the budget of one bucket alone, whoever else asks at the same time. `now` is the database's clock in milliseconds, which all
 * processes share. The state is null the first time.
 */
export async function changeBudget<T>(
  tx: WriteTx,
  bucket: Bucket,
  change: (state: Json, now: number) => { readonly state: Json; readonly answer: T },
): Promise<T> {
  const { db } = tx[inside]
  // The row is locked before its values and the time are returned.
  const { rows } = await sql<{ state: Json; now: number }>`
    insert into graph_budget (bucket, state) values (${bucket}, 'null')
    on conflict (tenant_id, bucket) do update set bucket = excluded.bucket
    returning state, extract(epoch from clock_timestamp())::float8 * 1000 as now`.execute(db)
  const [row] = rows
  if (!row) throw new Error(`The budget of the bucket "${bucket}" could not be taken.`)
  const { state, answer } = change(row.state, row.now)
  await db
    .updateTable('graph_budget')
    .set({ state: JSON.stringify(state) })
    .where('bucket', '=', bucket)
    .execute()
  return answer
}

/** The budget as it is now, without taking it. */
export async function readBudget(tx: ReadTx, bucket: Bucket): Promise<Json> {
  const row = await tx[inside].db.selectFrom('graph_budget').select('state').where('bucket', '=', bucket).executeTakeFirst()
  return row?.state ?? null
}
