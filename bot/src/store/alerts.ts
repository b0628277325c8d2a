import { sql, type Selectable } from 'kysely'
import type { AlertValues } from '@countersign/core/alerts/rule.ts'
import type { Remembered, Step } from '@countersign/core/alerts/step.ts'
import type { EventKind } from '@countersign/core/events.ts'
import type { AlertSeverity, ActivityNoteTable, AlertTable } from './alert-tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** What a tenant chose for a rule; without one the rule's own values count. */
export interface StoredRule {
  readonly ruleId: string
  readonly isOn: boolean
  readonly severity: AlertSeverity
  readonly parameters: AlertValues
  readonly byName: string
  readonly at: string
}

export interface StoredAlert {
  /** Rising in the order in which they were raised. */
  readonly seq: number
  readonly ruleId: string
  readonly severity: AlertSeverity
  /** Cleaned for showing; '' where the alert is about no object. */
  readonly name: string
  readonly values: AlertValues
  /** Path of the page of the tab. */
  readonly path: string
  readonly at: string
}

/** Held until the commit: alerts get their numbers, and people their places, one transaction after another. */
export async function lockAlerts(tx: WriteTx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('alerts:' || ${tx.tenantId}, 0))`.execute(tx[inside].db)
}

export async function storedRules(tx: ReadTx): Promise<readonly StoredRule[]> {
  const rows = await tx[inside].db.selectFrom('alert_rule').selectAll().execute()
  return rows.map((row) => ({
    ruleId: row.rule_id,
    isOn: row.is_on,
    severity: row.severity,
    parameters: row.parameters,
    byName: row.by_name,
    at: row.at,
  }))
}

export async function putRule(tx: WriteTx, rule: StoredRule): Promise<void> {
  const row = {
    is_on: rule.isOn,
    severity: rule.severity,
    parameters: JSON.stringify(rule.parameters),
    by_id: tx.personId,
    by_name: rule.byName,
    at: rule.at,
  }
  await tx[inside].db
    .insertInto('alert_rule')
    .values({ rule_id: rule.ruleId, ...row })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'rule_id']).doUpdateSet(row))
    .execute()
}

/** What each rule remembers, and when anything was looked at last. */
export async function rememberedAlerts(
  tx: ReadTx,
): Promise<{ readonly byRule: ReadonlyMap<string, Remembered>; readonly lookedAt: string | null }> {
  const { db } = tx[inside]
  const [parts, standing] = [
    await db.selectFrom('alert_part').selectAll().execute(),
    await db.selectFrom('alert_standing').select(['rule_id', 'mark']).execute(),
  ]
  const byRule = new Map<string, { readonly standing: Set<string>; readonly parts: Set<string> }>()
  const of = (ruleId: string) => {
    const known = byRule.get(ruleId) ?? { standing: new Set<string>(), parts: new Set<string>() }
    byRule.set(ruleId, known)
    return known
  }
  for (const row of parts) of(row.rule_id).parts.add(row.part)
  for (const row of standing) of(row.rule_id).standing.add(row.mark)
  return {
    byRule,
    lookedAt:
      parts
        .map((row) => row.looked_at)
        .toSorted()
        .at(-1) ?? null,
  }
}

/** How many conditions of each rule stand now. */
export async function countStanding(tx: ReadTx): Promise<ReadonlyMap<string, number>> {
  const rows = await tx[inside].db
    .selectFrom('alert_standing')
    .select(['rule_id', ({ fn }) => fn.countAll<number>().as('count')])
    .groupBy('rule_id')
    .execute()
  return new Map(rows.map((row) => [row.rule_id, Number(row.count)]))
}

/** When the newest alert of each rule was raised. */
export async function newestAlerts(tx: ReadTx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx[inside].db
    .selectFrom('alert')
    .select(['rule_id', ({ fn }) => fn.max('at').as('at')])
    .groupBy('rule_id')
    .execute()
  return new Map(rows.map((row) => [row.rule_id, row.at]))
}

/** Keeps what a look at one rule made. */
export async function keepStep(
  tx: WriteTx,
  ruleId: string,
  { begun, ended }: Pick<Step, 'begun' | 'ended'>,
  parts: readonly string[],
  at: string,
): Promise<void> {
  const { db } = tx[inside]
  if (ended.length > 0)
    await db
      .deleteFrom('alert_standing')
      .where('rule_id', '=', ruleId)
      .where('mark', '=', sql<string>`any(${ended}::text[])`)
      .execute()
  for (let start = 0; start < begun.length; start += 5000)
    await db
      .insertInto('alert_standing')
      .values(begun.slice(start, start + 5000).map((mark) => ({ rule_id: ruleId, mark, since: at })))
      .execute()
  for (const part of parts)
    await db
      .insertInto('alert_part')
      .values({ rule_id: ruleId, part, looked_at: at })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'rule_id', 'part']).doUpdateSet({ looked_at: at }))
      .execute()
}

export async function addAlerts(tx: WriteTx, alerts: readonly Omit<StoredAlert, 'seq'>[]): Promise<void> {
  for (let start = 0; start < alerts.length; start += 1000)
    await tx[inside].db
      .insertInto('alert')
      .values(
        alerts.slice(start, start + 1000).map(({ ruleId, severity, name, values, path, at }) => ({
          rule_id: ruleId,
          severity,
          name,
          values: JSON.stringify(values),
          path,
          at,
        })),
      )
      .execute()
}

/** Alerts after a number, oldest first. */
export async function alertsAfter(tx: ReadTx, seq: number): Promise<readonly StoredAlert[]> {
  return (await tx[inside].db.selectFrom('alert').selectAll().where('seq', '>', seq).orderBy('seq').execute()).map(toAlert)
}

export async function alertsSince(tx: ReadTx, at: string): Promise<readonly StoredAlert[]> {
  return (await tx[inside].db.selectFrom('alert').selectAll().where('at', '>=', at).orderBy('seq').execute()).map(toAlert)
}

export async function alertsBySeq(tx: ReadTx, seqs: readonly number[]): Promise<readonly StoredAlert[]> {
  if (seqs.length === 0) return []
  const rows = await tx[inside].db
    .selectFrom('alert')
    .selectAll()
    .where('seq', '=', sql<number>`any(${seqs}::bigint[])`)
    .orderBy('seq')
    .execute()
  return rows.map(toAlert)
}

/** Number of the newest alert, 0 when there is none. */
export async function newestAlert(tx: ReadTx): Promise<number> {
  const row = await tx[inside].db
    .selectFrom('alert')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .executeTakeFirst()
  return row?.seq ?? 0
}

/** Number of the newest event of these kinds after a cursor; undefined when there is none. */
export async function newestEventOf(tx: ReadTx, kinds: readonly EventKind[], after: number): Promise<number | undefined> {
  const row = await tx[inside].db
    .selectFrom('event')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('seq', '>', after)
    .where('kind', 'in', kinds)
    .executeTakeFirst()
  return row?.seq ?? undefined
}

/** Open findings of the severities critical and high. */
export async function seriousFindings(
  tx: ReadTx,
): Promise<readonly { readonly key: string; readonly checkId: string; readonly name: string; readonly severity: 'critical' | 'high' }[]> {
  const rows = await tx[inside].db
    .selectFrom('finding')
    .select(['key', 'check_id', 'name', 'severity'])
    .where('state', 'in', ['open', 'returned'])
    .where('severity', 'in', ['critical', 'high'])
    .orderBy('key')
    .execute()
  return rows.map((row) => ({
    key: row.key,
    checkId: row.check_id,
    name: row.name,
    severity: row.severity === 'critical' ? 'critical' : 'high',
  }))
}

/** Notes what happened where no other table holds it; never data of the tenant. */
export async function addActivityNote(
  tx: WriteTx,
  note: {
    readonly kind: ActivityNoteTable['kind']
    readonly byId: string | null
    readonly byName: string
    readonly what: string
    readonly at: string
  },
): Promise<void> {
  await tx[inside].db
    .insertInto('activity_note')
    .values({ at: note.at, kind: note.kind, by_id: note.byId, by_name: note.byName, what: note.what })
    .execute()
}

function toAlert(row: Selectable<AlertTable>): StoredAlert {
  return { seq: row.seq, ruleId: row.rule_id, severity: row.severity, name: row.name, values: row.values, path: row.path, at: row.at }
}
