import { sql } from 'kysely'
import type { FindingState } from '@countersign/core/posture/finding.ts'
import { inside, type ReadTx } from './transaction.ts'

export interface FoundPerson {
  readonly id: string
  readonly name: string
  readonly userPrincipalName: string
}

/** Milliseconds that may be spent on looking through all people; a search that takes longer helps nobody who is typing. */
const peopleWithinMs = 1500

/**
 * People whose name or user principal name has the text, as of the newest reading; undefined when that took too long. Rows are canonical
 * JSON, in which a quotation mark inside of a text has a backslash, so that a member is found by its name without taking each row apart.
 */
export async function peopleHaving(tx: ReadTx, text: string, limit: number): Promise<readonly FoundPerson[] | undefined> {
  const { db } = tx[inside]
  const wanted = text.replaceAll('\u0000', '').toLowerCase()
  await sql`savepoint looking`.execute(db)
  await sql`select set_config('statement_timeout', ${String(peopleWithinMs)}, true)`.execute(db)
  try {
    const { rows } = await sql<{ key: string; row: unknown }>`
      select key, row from fact_row
      where fact = 'users' and to_scan is null
        and (strpos(lower(${member('displayName')}), ${wanted}) > 0 or strpos(lower(${member('userPrincipalName')}), ${wanted}) > 0)
      limit ${limit}`.execute(db)
    return rows.map(({ key, row }) => personIn(key, row))
  } catch (error) {
    if (!isTimeout(error)) throw error
    await sql`rollback to savepoint looking`.execute(db)
    return undefined
  } finally {
    await sql`select set_config('statement_timeout', '0', true)`.execute(db)
  }
}

/** Enterprise applications with the text in their name, or with this very object or client id; the riskiest first. */
export async function applicationsHaving(
  tx: ReadTx,
  text: string,
  limit: number,
): Promise<readonly { readonly id: string; readonly name: string; readonly appId: string }[]> {
  const wanted = text.replaceAll('\u0000', '').toLowerCase()
  const rows = await tx[inside].db
    .selectFrom('application_risk')
    .select(['application_id', 'name', 'app_id'])
    .where(sql<boolean>`(strpos(sort_name, ${wanted}) > 0 or lower(application_id) = ${wanted} or lower(app_id) = ${wanted})`)
    .orderBy(sql`sort_name <> ${wanted}, score desc, application_id`)
    .limit(limit)
    .execute()
  return rows.map((row) => ({ id: row.application_id, name: row.name, appId: row.app_id }))
}

/** The proposal with this receipt number. */
export async function receiptNumbered(tx: ReadTx, receiptNumber: number): Promise<string | undefined> {
  const row = await tx[inside].db.selectFrom('proposal').select('id').where('receipt_number', '=', receiptNumber).executeTakeFirst()
  return row?.id
}

/** How many findings of each of these checks are in one of the states. */
export async function countsOf(
  tx: ReadTx,
  checkIds: readonly string[],
  states: readonly FindingState[],
): Promise<ReadonlyMap<string, number>> {
  if (checkIds.length === 0) return new Map()
  const rows = await tx[inside].db
    .selectFrom('finding')
    .select(['check_id', ({ fn }) => fn.countAll<string>().as('count')])
    .where('check_id', 'in', checkIds)
    .where('state', 'in', states)
    .groupBy('check_id')
    .execute()
  return new Map(rows.map((row) => [row.check_id, Number(row.count)]))
}

function member(name: string) {
  return sql`split_part(split_part(row::text, ${sql.lit(`"${name}":"`)}, 2), '"', 1)`
}

function personIn(key: string, row: unknown): FoundPerson {
  const name: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, 'displayName') : undefined
  const principalName: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, 'userPrincipalName') : undefined
  const userPrincipalName = typeof principalName === 'string' ? principalName : ''
  return { id: key, name: typeof name === 'string' && name !== '' ? name : userPrincipalName, userPrincipalName }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: query_canceled. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'code') === '57014'
}
