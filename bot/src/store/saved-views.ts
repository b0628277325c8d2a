import { randomUUID } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'
import type { SavedViewTable } from './view-tables.ts'

export interface StoredView {
  readonly id: string
  readonly personId: string
  readonly byName: string
  readonly name: string
  readonly query: string
  readonly shared: boolean
  readonly at: string
}

/** The person's own views and those that are shared, by name. */
export async function viewsFor(tx: ReadTx): Promise<StoredView[]> {
  const rows = await tx[inside].db
    .selectFrom('saved_view')
    .selectAll()
    .where((where) => where.or([where('person_id', '=', tx.personId), where('shared', '=', true)]))
    .orderBy(sql`lower(name) collate "C"`)
    .orderBy('id')
    .execute()
  return rows.map(toView)
}

/** Makes what one tenant keeps of views wait for what it keeps elsewhere, until this transaction ends: names and limits are looked at first. */
export async function inTurnOfViews(tx: WriteTx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('view:' || ${tx.tenantId}, 0))`.execute(tx[inside].db)
}

export async function insertView(tx: WriteTx, view: Pick<StoredView, 'byName' | 'name' | 'query' | 'shared' | 'at'>): Promise<StoredView> {
  const row = {
    id: randomUUID(),
    person_id: tx.personId,
    by_name: view.byName,
    name: view.name,
    query: view.query,
    shared: view.shared,
    at: view.at,
  }
  await tx[inside].db.insertInto('saved_view').values(row).execute()
  return { ...view, id: row.id, personId: tx.personId }
}

export async function updateView(tx: WriteTx, { id, name, query, shared }: StoredView): Promise<void> {
  await tx[inside].db.updateTable('saved_view').set({ name, query, shared }).where('id', '=', id).execute()
}

export async function removeView(tx: WriteTx, id: string): Promise<void> {
  await tx[inside].db.deleteFrom('saved_view').where('id', '=', id).execute()
}

/** Others who have this view as their default lose it when it is no longer shared. */
export async function dropDefaults(tx: WriteTx, viewId: string): Promise<void> {
  await tx[inside].db.deleteFrom('default_view').where('view_id', '=', viewId).where('person_id', '!=', tx.personId).execute()
}

export async function defaultView(tx: ReadTx): Promise<string | undefined> {
  const row = await tx[inside].db.selectFrom('default_view').select('view_id').where('person_id', '=', tx.personId).executeTakeFirst()
  return row?.view_id
}

/** Null for none. */
export async function setDefaultView(tx: WriteTx, viewId: string | null): Promise<void> {
  const { db } = tx[inside]
  await db.deleteFrom('default_view').where('person_id', '=', tx.personId).execute()
  if (viewId !== null) await db.insertInto('default_view').values({ person_id: tx.personId, view_id: viewId }).execute()
}

export interface ScoreTarget {
  readonly value: number
  readonly byName: string
  readonly at: string
}

export async function scoreTarget(tx: ReadTx): Promise<ScoreTarget | null> {
  const row = await tx[inside].db.selectFrom('score_target').selectAll().executeTakeFirst()
  return row ? { value: row.value, byName: row.by_name, at: row.at } : null
}

export async function putScoreTarget(tx: WriteTx, target: ScoreTarget | null): Promise<void> {
  const { db } = tx[inside]
  await db.deleteFrom('score_target').execute()
  if (target)
    await db.insertInto('score_target').values({ value: target.value, by_id: tx.personId, by_name: target.byName, at: target.at }).execute()
}

function toView(row: Selectable<SavedViewTable>): StoredView {
  return { id: row.id, personId: row.person_id, byName: row.by_name, name: row.name, query: row.query, shared: row.shared, at: row.at }
}
