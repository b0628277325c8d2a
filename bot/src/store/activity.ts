import { sql, type RawBuilder } from 'kysely'
import type { ActivityItem } from '@countersign/core/api/activity.ts'
import { inside, type ReadTx } from './transaction.ts'

/** Something that happened, as the table that holds it says it. */
export interface ActivityRow {
  readonly at: string
  /** Table that it comes from, and its id there. */
  readonly source: string
  readonly id: string
  readonly kind: ActivityItem['kind']
  /** What happened, as a code. */
  readonly what: string
  /** Id of the check, rule or action that it is about; '' for none. */
  readonly code: string
  readonly detail: string
  readonly by_name: string
  /** Id of the object whose page shows more; '' for none. */
  readonly ref: string
}

export interface ActivityPlace {
  readonly at: string
  readonly source: string
  readonly id: string
}

export interface ActivityFilter {
  readonly kind: ActivityItem['kind'] | undefined
  readonly person: string | undefined
  readonly from: string | undefined
  readonly until: string | undefined
  /** Words, with the codes of what carries them in its title. */
  readonly search: { readonly words: string; readonly whats: readonly string[]; readonly codes: readonly string[] } | undefined
  readonly after: ActivityPlace | undefined
}

/** A text within stored JSON; '' where the JSON holds a null character, which PostgreSQL refuses to give out. */
function textIn(json: string, path: string): string {
  return `case when position('\\u0000' in ${json}::text) > 0 then '' else coalesce(${json} #>> '{${path}}', '') end`
}

/** One query for each table that knows of something: nothing is copied. */
const sources: Readonly<Record<string, string>> = {
  scan: `select coalesce(finished_at, started_at) as at, id::text as id, 'scan' as kind,
      case when kind = 'judge' then 'scan.judged' else 'scan.' || state end as what, '' as code, coalesce(problem, '') as detail,
      started_by_name as by_name, '' as ref from scan`,
  finding: `select at, check_id || ':' || what as id, 'finding' as kind, what, check_id as code, count(*)::text as detail, '' as by_name, check_id as ref
      from finding_history where what not in ('finding.suppressed', 'finding.unsuppressed') group by at, check_id, what`,
  journal: `select j.at::timestamptz as at, j.seq::text as id, case when j.kind like 'aid%' then 'aid' when j.kind = 'actionSwitched' then 'setting' else 'change' end as kind,
      'journal.' || j.kind || case when j.kind = 'ended' then '.' || coalesce(j.body ->> 'state', '') when j.kind = 'actionSwitched' then '.' || coalesce(j.body ->> 'enabled', '') else '' end as what,
      case when j.kind = 'actionSwitched' then j.subject_id else coalesce(p.terms ->> 'actionId', '') end as code,
      case when p.id is null then '' else ${textIn('p.terms', 'subject,name')} end as detail,
      case when j.kind like 'aid%' then ${textIn('j.body', 'byName')} when j.body #>> '{by}' like '{%' then ${textIn('j.body', 'by,name')} else '' end as by_name,
      case when p.receipt_number is null then '' else p.id::text end as ref
      from journal j left join proposal p on p.tenant_id = j.tenant_id and p.id::text = j.subject_id
      where j.kind not in ('offered', 'sending', 'answered', 'readBack', 'echo')`,
  suppressed: `select at, id::text as id, 'setting' as kind, 'suppression.set' as what, check_id as code, reason as detail, by_name, check_id as ref from suppression`,
  unsuppressed: `select ended_at as at, id::text as id, 'setting' as kind, 'suppression.' || state as what, check_id as code,
      coalesce(ended_because, '') as detail, coalesce(ended_by_name, '') as by_name, check_id as ref from suppression where ended_at is not null`,
  exception: `select (one ->> 'at')::timestamptz as at, one ->> 'id' as id, 'setting' as kind, 'exception.declared' as what, '' as code,
      ${textIn('one', 'reason')} as detail, ${textIn('one', 'byName')} as by_name, '' as ref
      from setting, lateral json_array_elements(coalesce(settings -> 'declared', '[]'::json)) as one`,
  baseline: `select at, id::text as id, 'setting' as kind, 'baseline.' || what as what, '' as code,
      coalesce(parameter, baseline_id) || coalesce(': ' || reason, '') as detail, by_name, '' as ref from baseline_change`,
  note: `select at, id::text as id, case kind when 'aid' then 'aid' else 'setting' end as kind, 'note.' || kind as what, '' as code, what as detail, by_name, '' as ref from activity_note`,
  sponsor: `select since as at, id::text as id, 'setting' as kind, 'sponsor.begun' as what, '' as code, '' as detail, display_name as by_name, '' as ref from scan_sponsor`,
  unsponsored: `select ended_at as at, id::text as id, 'setting' as kind, 'sponsor.ended' as what, '' as code, coalesce(end_reason, '') as detail, '' as by_name, '' as ref
      from scan_sponsor where ended_at is not null`,
  alert: `select at, seq::text as id, 'alert' as kind, 'alert.raised' as what, rule_id as code, name as detail, '' as by_name, path as ref from alert`,
  message: `select coalesce(settled_at, created_at) as at, id::text as id, 'message' as kind, 'message.' || state as what, kind as code,
      detail, display_name as by_name, '' as ref from alert_message`,
}

/** The newest that fits, at most `limit`, by time and then by place. */
export async function activityRows(tx: ReadTx, filter: ActivityFilter, limit: number): Promise<readonly ActivityRow[]> {
  const parts = Object.entries(sources).map(
    ([source, query]) => sql`
      (select * from (select at, ${sql.lit(source)}::text as source, id, kind, what, code, detail, by_name, ref from (${sql.raw(query)}) as raw) as one
       where ${fits(filter)} order by at desc, source collate "C", id collate "C" limit ${limit})`,
  )
  const { rows } = await sql<ActivityRow>`
    select * from (${sql.join(parts, sql` union all `)}) as every
    order by at desc, source collate "C", id collate "C" limit ${limit}`.execute(tx[inside].db)
  return rows
}

function fits({ kind, person, from, until, search, after }: ActivityFilter): RawBuilder<unknown> {
  const conditions = [
    ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
    ...(person === undefined ? [] : [sql`by_name ilike ${like(person)}`]),
    ...(from === undefined ? [] : [sql`at >= ${from}::timestamptz`]),
    ...(until === undefined ? [] : [sql`at < ${until}::timestamptz`]),
    ...(search === undefined
      ? []
      : [
          sql`(by_name ilike ${like(search.words)} or detail ilike ${like(search.words)}
            or what = any(${search.whats}::text[]) or code = any(${search.codes}::text[]))`,
        ]),
    ...(after === undefined
      ? []
      : [
          sql`(at < ${after.at}::timestamptz or (at = ${after.at}::timestamptz
            and (source collate "C", id collate "C") > (${after.source}::text, ${after.id}::text)))`,
        ]),
  ]
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}

function like(words: string): string {
  return `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`
}
