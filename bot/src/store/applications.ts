import { sql } from 'kysely'
import type { UnreadReason } from '@countersign/core/posture/fact.ts'
import type { StoredApplication, StoredApplicationLine } from './application-tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

export interface ApplicationJudgement {
  /** The scan that read the facts. */
  readonly factsOf: string
  /** ISO time as of which they were judged. */
  readonly at: string
  /** Why there is nothing; null where there is. */
  readonly notKnown: { readonly reason: UnreadReason; readonly detail: string } | null
}

/** Where a page begins: behind this application. */
export type ApplicationPlace =
  | { readonly sort: 'risk'; readonly score: number; readonly id: string }
  | { readonly sort: 'name'; readonly name: string; readonly id: string }

const batch = 500

/** Replaces what is kept of the tenant's applications; those that stay as they are are not written again. */
export async function putApplications(
  tx: WriteTx,
  { factsOf, at, notKnown }: ApplicationJudgement,
  applications: readonly StoredApplication[],
): Promise<void> {
  const { db } = tx[inside]
  const row = { facts_of: factsOf, at, reason: notKnown?.reason ?? null, detail: storable(notKnown?.detail ?? '') }
  await db
    .insertInto('application_judgement')
    .values(row)
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(row))
    .execute()
  const ids = applications.map(({ line }) => line.id)
  await db
    .deleteFrom('application_risk')
    .where(sql<boolean>`not (application_id = any(${ids}::text[]))`)
    .execute()
  for (let from = 0; from < applications.length; from += batch) {
    const values = applications.slice(from, from + batch).map(({ line, detail }) => ({
      application_id: line.id,
      app_id: line.appId,
      name: storable(line.name),
      sort_name: storable(line.name).toLowerCase(),
      score: line.score,
      line: JSON.stringify(line),
      detail: JSON.stringify(detail),
    }))
    await db
      .insertInto('application_risk')
      .values(values)
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'application_id'])
          .doUpdateSet((set) => ({
            app_id: set.ref('excluded.app_id'),
            name: set.ref('excluded.name'),
            sort_name: set.ref('excluded.sort_name'),
            score: set.ref('excluded.score'),
            line: set.ref('excluded.line'),
            detail: set.ref('excluded.detail'),
          }))
          .where(
            sql<boolean>`application_risk.line::text <> excluded.line::text or application_risk.detail::text <> excluded.detail::text`,
          ),
      )
      .execute()
  }
}

export async function applicationJudgement(tx: ReadTx): Promise<ApplicationJudgement | undefined> {
  const row = await tx[inside].db.selectFrom('application_judgement').selectAll().executeTakeFirst()
  if (!row) return undefined
  return { factsOf: row.facts_of, at: row.at, notKnown: row.reason === null ? null : { reason: row.reason, detail: row.detail } }
}

/** One page and how many match in all. Search finds a part of the name, or a whole object or client id. */
export async function applicationPage(
  tx: ReadTx,
  ask: { readonly search: string; readonly sort: 'risk' | 'name'; readonly after?: ApplicationPlace | undefined; readonly limit: number },
): Promise<{ readonly count: number; readonly lines: readonly StoredApplicationLine[] }> {
  const { db } = tx[inside]
  const text = storable(ask.search).toLowerCase()
  const matching = sql<boolean>`(${text} = '' or strpos(sort_name, ${text}) > 0 or lower(application_id) = ${text} or lower(app_id) = ${text})`
  const { count } = await db
    .selectFrom('application_risk')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where(matching)
    .executeTakeFirstOrThrow()
  const { after } = ask
  const behind =
    after === undefined
      ? sql<boolean>`true`
      : after.sort === 'risk'
        ? sql<boolean>`(score < ${after.score} or (score = ${after.score} and application_id > ${after.id}))`
        : sql<boolean>`(sort_name collate "C", application_id) > (${storable(after.name).toLowerCase()} collate "C", ${after.id})`
  const rows = await db
    .selectFrom('application_risk')
    .select('line')
    .where(matching)
    .where(behind)
    .orderBy(ask.sort === 'risk' ? sql`score desc, application_id` : sql`sort_name collate "C", application_id`)
    .limit(ask.limit)
    .execute()
  return { count: Number(count), lines: rows.map(({ line }) => line) }
}

export async function applicationById(tx: ReadTx, id: string): Promise<StoredApplication | undefined> {
  return tx[inside].db
    .selectFrom('application_risk')
    .select(['line', 'detail'])
    .where(sql<boolean>`application_id = ${id} or application_id = ${id.toLowerCase()}`)
    .executeTakeFirst()
}

/** Text columns take no null characters; the names themselves stand in the documents as they are. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '')
}
