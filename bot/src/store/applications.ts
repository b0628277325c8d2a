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
      registration_id: detail.evidence.registrationId,
      level: line.level,
      publisher: line.publisher,
      is_enabled: line.isEnabled,
      control: line.permissions.control,
      permissions: line.permissions.application + line.permissions.delegated,
      owners: line.owners,
      ends_at: line.nextEnd ?? 'infinity',
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
            registration_id: set.ref('excluded.registration_id'),
            level: set.ref('excluded.level'),
            publisher: set.ref('excluded.publisher'),
            is_enabled: set.ref('excluded.is_enabled'),
            control: set.ref('excluded.control'),
            permissions: set.ref('excluded.permissions'),
            owners: set.ref('excluded.owners'),
            ends_at: set.ref('excluded.ends_at'),
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

/** By the object id of the enterprise application, or of its registration. */
export async function applicationById(tx: ReadTx, id: string): Promise<StoredApplication | undefined> {
  return tx[inside].db
    .selectFrom('application_risk')
    .select(['line', 'detail'])
    .where(sql<boolean>`application_id in (${id}, ${id.toLowerCase()}) or registration_id in (${id}, ${id.toLowerCase()})`)
    .executeTakeFirst()
}

/** Applications by their registration or enterprise application, for whoever owns them. */
export async function applicationsWith(
  tx: ReadTx,
  ids: readonly string[],
): Promise<(StoredApplicationLine & { readonly registrationId: string | null })[]> {
  if (ids.length === 0) return []
  const rows = await tx[inside].db
    .selectFrom('application_risk')
    .select(['line', 'registration_id'])
    .where((where) => where.or([where('application_id', 'in', ids), where('registration_id', 'in', ids)]))
    .orderBy('score', 'desc')
    .execute()
  return rows.map(({ line, registration_id: registrationId }) => ({ ...line, registrationId }))
}

/** Text columns take no null characters; the names themselves stand in the documents as they are. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '')
}
