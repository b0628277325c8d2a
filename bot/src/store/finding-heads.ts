import { sql, type Selectable } from 'kysely'
import type { Severity } from '@countersign/core/posture/check.ts'
import { toFinding, type StoredFinding } from './findings.ts'
import type { Tables } from './tables.ts'
import { inside, type ReadTx } from './transaction.ts'

/** For each check the first open findings, those that can be fixed first. */
export async function firstOpen(tx: ReadTx, perCheck: number): Promise<StoredFinding[]> {
  const { rows } = await sql<Selectable<Tables['finding']>>`
    select finding.* from (
      select tenant_id, key, row_number() over (partition by check_id order by fixable is true desc, key) as place
      from finding where state in ('open', 'returned')
    ) as first
    join finding on finding.tenant_id = first.tenant_id and finding.key = first.key
    where first.place <= ${perCheck}
    order by finding.key`.execute(tx[inside].db)
  return rows.map(toFinding)
}

/** What was opened, found again or mended since a time, the most serious first, at most `limit` of each kind. */
export async function changedSince(tx: ReadTx, since: string, limit: number): Promise<StoredFinding[]> {
  const { rows } = await sql<Selectable<Tables['finding']>>`
    select finding.* from (
      select tenant_id, key, row_number() over (
        partition by state order by array_position(array['critical', 'high', 'medium', 'low', 'info'], severity), key) as place
      from finding where changed_at >= ${since}::timestamptz and state in ('open', 'returned', 'closed')
    ) as first
    join finding on finding.tenant_id = first.tenant_id and finding.key = first.key
    where first.place <= ${limit}
    order by array_position(array['critical', 'high', 'medium', 'low', 'info'], finding.severity), finding.key`.execute(tx[inside].db)
  return rows.map(toFinding)
}

/** Of each of these checks the first open finding that can be fixed, and how many there are. */
export async function firstFixable(
  tx: ReadTx,
  checkIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly finding: StoredFinding; readonly count: number }>> {
  if (checkIds.length === 0) return new Map()
  const { rows } = await sql<Selectable<Tables['finding']> & { count: number }>`
    select distinct on (check_id) finding.*, (count(*) over (partition by check_id))::integer as count
    from finding
    where check_id = any(${[...checkIds]}::text[]) and state in ('open', 'returned') and fixable is not false
    order by check_id, fixable is true desc, key`.execute(tx[inside].db)
  return new Map(rows.map((row) => [row.check_id, { finding: toFinding(row), count: row.count }]))
}

/** Open findings of other checks about the same objects as those of this one, counted by check; the most first. */
export async function aboutSameObjects(
  tx: ReadTx,
  checkId: string,
  limit: number,
): Promise<readonly { readonly checkId: string; readonly severity: Severity; readonly shared: number }[]> {
  const { rows } = await sql<{ check_id: string; severity: Severity; shared: number }>`
    select other.check_id,
      (array['critical', 'high', 'medium', 'low', 'info'])[min(array_position(array['critical', 'high', 'medium', 'low', 'info'], other.severity))] as severity,
      count(distinct other.object_id)::integer as shared
    from (select distinct object_id from finding where check_id = ${checkId} and state in ('open', 'returned') and object_id <> '' limit 1000) as own
    join finding as other on other.object_id = own.object_id
    where other.check_id <> ${checkId} and other.state in ('open', 'returned')
    group by other.check_id
    order by shared desc, other.check_id
    limit ${limit}`.execute(tx[inside].db)
  return rows.map(({ check_id: id, severity, shared }) => ({ checkId: id, severity, shared }))
}

/** Points by check as the score of a scan was stored; empty where there is none. */
export async function gainsOf(tx: ReadTx, scanId: string): Promise<Readonly<Record<string, number>>> {
  const row = await tx[inside].db
    .selectFrom('score')
    .select(sql<Readonly<Record<string, number>> | null>`detail->'gains'`.as('gains'))
    .where('scan_id', '=', scanId)
    .executeTakeFirst()
  return row?.gains ?? {}
}
