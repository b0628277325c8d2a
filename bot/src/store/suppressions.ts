import { randomUUID } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import type { Suppressed } from '@countersign/core/posture/suppression.ts'
import type { SuppressionTable } from './time-tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

export interface StoredSuppression extends Suppressed {
  readonly id: string
  /** Name of the object at the time; null for the whole check. */
  readonly objectName: string | null
  readonly reason: string
  /** Who answers for it. */
  readonly owner: string
  readonly by: string
  readonly byName: string
  readonly at: string
  /** From then on it counts again. */
  readonly until: string
  readonly state: 'active' | 'lifted' | 'expired'
  readonly endedAt: string | null
  /** Who lifted it and why. */
  readonly endedByName: string | null
  readonly endedBecause: string | null
}

/** Undefined where the same is suppressed already. */
export async function insertSuppression(
  tx: WriteTx,
  wanted: Pick<StoredSuppression, 'checkId' | 'findingKey' | 'objectName' | 'reason' | 'owner' | 'byName' | 'at' | 'until'>,
): Promise<StoredSuppression | undefined> {
  const row = await tx[inside].db
    .insertInto('suppression')
    .values({
      id: randomUUID(),
      check_id: wanted.checkId,
      finding_key: wanted.findingKey,
      object_name: wanted.objectName,
      reason: wanted.reason,
      owner: wanted.owner,
      by_id: tx.personId,
      by_name: wanted.byName,
      at: wanted.at,
      until: wanted.until,
      state: 'active',
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && toSuppression(row)
}

/** Every active one, or those of one check. */
export async function activeSuppressions(tx: ReadTx, checkId?: string): Promise<StoredSuppression[]> {
  const query = tx[inside].db.selectFrom('suppression').selectAll().where('state', '=', 'active').orderBy('at').orderBy('id')
  return (await (checkId === undefined ? query : query.where('check_id', '=', checkId)).execute()).map(toSuppression)
}

/** Every one that was in force at a time. */
export async function suppressionsAt(tx: ReadTx, at: string): Promise<StoredSuppression[]> {
  const rows = await tx[inside].db
    .selectFrom('suppression')
    .selectAll()
    .where('at', '<=', at)
    .where('until', '>', at)
    .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>', at)]))
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map(toSuppression)
}

/** The newest of a state with how many there are. */
export async function listSuppressions(
  tx: ReadTx,
  { isActive, checkId }: { readonly isActive: boolean; readonly checkId: string | undefined },
  limit: number,
): Promise<{ readonly suppressions: StoredSuppression[]; readonly total: number }> {
  const state = tx[inside].db.selectFrom('suppression').where('state', isActive ? '=' : '!=', 'active')
  const query = checkId === undefined ? state : state.where('check_id', '=', checkId)
  const rows = await query.selectAll().orderBy('at', 'desc').orderBy('id').limit(limit).execute()
  const counted = await query.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirst()
  return { suppressions: rows.map(toSuppression), total: Number(counted?.count ?? 0) }
}

export async function suppressionById(tx: ReadTx, id: string): Promise<StoredSuppression | undefined> {
  const row = await tx[inside].db.selectFrom('suppression').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toSuppression(row)
}

/** Undefined where it is not active. */
export async function endSuppression(
  tx: WriteTx,
  id: string,
  lifted: { readonly byName: string; readonly because: string; readonly at: string },
): Promise<StoredSuppression | undefined> {
  const row = await tx[inside].db
    .updateTable('suppression')
    .set({ state: 'lifted', ended_at: lifted.at, ended_by_name: lifted.byName, ended_because: lifted.because })
    .where('id', '=', id)
    .where('state', '=', 'active')
    .returningAll()
    .executeTakeFirst()
  return row && toSuppression(row)
}

/** Ends those whose day has come. */
export async function expireSuppressions(tx: WriteTx, at: string): Promise<StoredSuppression[]> {
  const rows = await tx[inside].db
    .updateTable('suppression')
    .set({ state: 'expired', ended_at: at })
    .where('state', '=', 'active')
    .where('until', '<=', at)
    .returningAll()
    .execute()
  return rows.map(toSuppression)
}

/** Moves the open findings that this covers; their keys. */
export async function suppressFindings(tx: WriteTx, { checkId, findingKey }: Suppressed, at: string): Promise<string[]> {
  const query = tx[inside].db
    .updateTable('finding')
    .set({ state: 'suppressed', changed_at: at })
    .where('check_id', '=', checkId)
    .where('state', 'in', ['open', 'returned'])
    .returning('key')
  const rows = await (findingKey === null ? query : query.where('key', '=', findingKey)).execute()
  return rows.map(({ key }) => key).sort()
}

/** Moves back what an ended suppression covered and no other one covers; the keys. */
export async function returnFindings(tx: WriteTx, { checkId, findingKey }: Suppressed, at: string): Promise<string[]> {
  const query = tx[inside].db
    .updateTable('finding')
    .set({ state: 'returned', changed_at: at })
    .where('check_id', '=', checkId)
    .where('state', '=', 'suppressed')
    .where(
      sql<boolean>`not exists (select from suppression as other where other.state = 'active' and other.check_id = finding.check_id
        and (other.finding_key is null or other.finding_key = finding.key))`,
    )
    .returning('key')
  const rows = await (findingKey === null ? query : query.where('key', '=', findingKey)).execute()
  return rows.map(({ key }) => key).sort()
}

/** How many suppressed findings each of them covers, by its id. */
export async function coveredBy(tx: ReadTx, list: readonly StoredSuppression[]): Promise<ReadonlyMap<string, number>> {
  if (list.length === 0) return new Map()
  const { db } = tx[inside]
  const suppressed = db.selectFrom('finding').where('state', '=', 'suppressed')
  const keys = list.flatMap(({ findingKey }) => findingKey ?? [])
  const found = keys.length === 0 ? [] : await suppressed.select('key').where('key', 'in', keys).execute()
  const counts = await suppressed
    .select(({ fn }) => ['check_id', fn.countAll<number>().as('count')])
    .groupBy('check_id')
    .execute()
  const known = new Set(found.map(({ key }) => key))
  const byCheck = new Map(counts.map(({ check_id: id, count }) => [id, Number(count)]))
  return new Map(
    list.map(({ id, checkId, findingKey }) => [id, findingKey === null ? (byCheck.get(checkId) ?? 0) : Number(known.has(findingKey))]),
  )
}

export async function countActive(tx: ReadTx): Promise<{ readonly suppressions: number; readonly findings: number }> {
  const { db } = tx[inside]
  const count = db.fn.countAll<number>().as('count')
  const [active, findings] = await Promise.all([
    db.selectFrom('suppression').select(count).where('state', '=', 'active').executeTakeFirst(),
    db.selectFrom('finding').select(count).where('state', '=', 'suppressed').executeTakeFirst(),
  ])
  return { suppressions: Number(active?.count ?? 0), findings: Number(findings?.count ?? 0) }
}

function toSuppression(row: Selectable<SuppressionTable>): StoredSuppression {
  return {
    id: row.id,
    checkId: row.check_id,
    findingKey: row.finding_key,
    objectName: row.object_name,
    reason: row.reason,
    owner: row.owner,
    by: row.by_id,
    byName: row.by_name,
    at: row.at,
    until: row.until,
    state: row.state,
    endedAt: row.ended_at,
    endedByName: row.ended_by_name,
    endedBecause: row.ended_because,
  }
}
