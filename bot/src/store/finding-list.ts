import { sql, type RawBuilder } from 'kysely'
import { objectTypes, severities, type ObjectType, type Severity, type Values } from '@countersign/core/posture/check.ts'
import { findingStates, type FindingState } from '@countersign/core/posture/finding.ts'
import { inside, type ReadTx } from './transaction.ts'

/** Facets by what the check is; each lets through a set of checks. */
export const checkFacets = ['area', 'framework', 'policy', 'licence'] as const
export type CheckFacet = (typeof checkFacets)[number]

/** What a list of findings shows. A facet that is left out lets everything through. */
export interface FindingQuery {
  /** Checks that exist; findings of others are shown nowhere. */
  readonly checks: readonly string[]
  /** Each word with the checks that speak of it: it must stand in the object's name or id, or the check must be one of them. */
  readonly words: readonly { readonly text: string; readonly checks: readonly string[] }[]
  readonly byCheck: Partial<Record<CheckFacet, readonly string[]>>
  readonly severity?: readonly Severity[] | undefined
  readonly state?: readonly FindingState[] | undefined
  readonly type?: readonly ObjectType[] | undefined
  readonly fixable: boolean
  /** Checks whose findings the Aid can fix where nothing better is known. */
  readonly fixableChecks: readonly string[]
  /** Only what was opened or returned since. */
  readonly isNew: boolean
  /** When the last scan began; null before the second one, when nothing is new. */
  readonly newSince: string | null
}

/** Order by a column of the finding, or by a place that is given for each check. */
export type FindingOrder = { readonly falls: boolean } & (
  | { readonly by: 'object' | 'type' | 'firstSeen' | 'state' }
  | { readonly by: 'severity' | 'check'; readonly places: ReadonlyMap<string, number> }
)

/** Value and key of the last row of a page. */
export interface Place {
  readonly value: string | number
  readonly key: string
}

export interface ListedFinding {
  readonly key: string
  readonly checkId: string
  readonly object: { readonly type: ObjectType; readonly id: string; readonly part: string; readonly name: string }
  readonly severity: Severity
  readonly state: FindingState
  readonly values: Values
  readonly firstSeen: string
  readonly isNew: boolean
  readonly place: Place
}

const isNew = (query: FindingQuery): RawBuilder<boolean> =>
  query.newSince === null
    ? sql<boolean>`false`
    : sql<boolean>`(finding.changed_at >= ${query.newSince}::timestamptz and finding.state in ('open', 'returned'))`
const isFixable = (query: FindingQuery): RawBuilder<boolean> =>
  sql<boolean>`(coalesce(finding.fixable, finding.check_id = any(${[...query.fixableChecks]}::text[])) and finding.state in ('open', 'returned'))`

/** What every facet lets through of each row, so that a facet's own counts can leave its own choice aside. */
function masks(query: FindingQuery): Record<'severity' | 'state' | 'type' | 'fixable' | 'new' | CheckFacet, RawBuilder<boolean>> {
  const among = (column: string, values: readonly string[] | undefined): RawBuilder<boolean> =>
    values === undefined ? sql<boolean>`true` : sql<boolean>`(finding.${sql.ref(column)} = any(${[...values]}::text[]))`
  return {
    severity: among('severity', query.severity),
    state: among('state', query.state),
    type: among('object_type', query.type),
    fixable: query.fixable ? isFixable(query) : sql<boolean>`true`,
    new: query.isNew ? isNew(query) : sql<boolean>`true`,
    area: among('check_id', query.byCheck.area),
    framework: among('check_id', query.byCheck.framework),
    policy: among('check_id', query.byCheck.policy),
    licence: among('check_id', query.byCheck.licence),
  }
}

function base({ checks, words }: FindingQuery): RawBuilder<boolean> {
  const pattern = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const terms = words.map(
    ({ text, checks: speaking }) =>
      sql`(finding.name ilike ${pattern(text)} or finding.object_id = ${text} or finding.check_id = any(${[...speaking]}::text[]))`,
  )
  return sql<boolean>`${sql.join([sql`finding.check_id = any(${[...checks]}::text[])`, ...terms], sql` and `)}`
}

function fits(query: FindingQuery): RawBuilder<boolean> {
  return sql<boolean>`${sql.join([base(query), ...Object.values(masks(query))], sql` and `)}`
}

const severityPlace = sql<number>`array_position(${[...severities]}::text[], finding.severity)`

function valueOf(order: FindingOrder): RawBuilder<unknown> {
  switch (order.by) {
    case 'object':
      return sql`lower(finding.name) collate "C"`
    case 'type':
      return sql`array_position(${[...objectTypes]}::text[], finding.object_type)::float8`
    case 'state':
      return sql`array_position(${[...findingStates]}::text[], finding.state)::float8`
    case 'firstSeen':
      return sql`floor(extract(epoch from finding.first_seen) * 1000)::float8`
    case 'severity':
      return sql`(${severityPlace} * 100000 + catalogue.place)::float8`
    case 'check':
      return sql`catalogue.place::float8`
  }
}

/** One page in a stable order: what follows `after`, at most `limit` rows. A row that does not move is listed once, whatever happens to others meanwhile. */
export async function findingPageOf(
  tx: ReadTx,
  query: FindingQuery,
  order: FindingOrder,
  after: Place | undefined,
  limit: number,
): Promise<ListedFinding[]> {
  const value = valueOf(order)
  const places = 'places' in order ? order.places : new Map<string, number>()
  const ids = [...query.checks]
  const beyond = order.falls ? sql`<` : sql`>`
  const given = after && (typeof after.value === 'number' ? sql`${after.value}::float8` : sql`${after.value}::text`)
  const from = after ? sql`and (${value} ${beyond} ${given} or (${value} = ${given} and finding.key > ${after.key}))` : sql``
  const { rows } = await sql<ListedRow>`
    select finding.key, finding.check_id, finding.object_type, finding.object_id, finding.part, finding.name, finding.severity, finding.state,
      finding.values, finding.first_seen, ${isNew(query)} as is_new, ${value} as place
    from finding
    join unnest(${ids}::text[], ${ids.map((id) => places.get(id) ?? 0)}::integer[]) as catalogue (check_id, place) on catalogue.check_id = finding.check_id
    where ${fits(query)} ${from}
    order by ${value} ${order.falls ? sql`desc` : sql`asc`}, finding.key
    limit ${limit}`.execute(tx[inside].db)
  return rows.map(toListed)
}

export interface FindingCounts {
  readonly total: number
  /** By facet and value; facets of checks have the check's id for a value. */
  readonly facets: Readonly<Record<'severity' | 'state' | 'type' | 'fixable' | 'new' | CheckFacet, ReadonlyMap<string, number>>>
}

/** How many findings fit, and for each facet how many would with each of its values, in one look at the rows. */
export async function countFindings(tx: ReadTx, query: FindingQuery): Promise<FindingCounts> {
  const all = masks(query)
  const names = Object.keys(all) as (keyof typeof all)[]
  const values: Record<keyof typeof all, RawBuilder<unknown>> = {
    severity: sql`severity`,
    state: sql`state`,
    type: sql`object_type`,
    fixable: sql`case when fixable then 'yes' end`,
    new: sql`case when is_new then 'yes' end`,
    area: sql`check_id`,
    framework: sql`check_id`,
    policy: sql`check_id`,
    licence: sql`check_id`,
  }
  const letThrough = (left: string): RawBuilder<unknown> =>
    sql.join(
      names.filter((name) => name !== left).map((name) => sql.ref(`in_${name}`)),
      sql` and `,
    )
  const counts = names.map(
    (name) => sql`select ${name}::text as facet, ${values[name]} as value, count(*)::integer as count from seen
      where ${letThrough(name)} group by 2`,
  )
  const { rows } = await sql<{ facet: keyof typeof all | 'total'; value: string | null; count: number }>`
    with seen as materialized (
      select finding.severity, finding.state, finding.object_type, finding.check_id, ${isFixable(query)} as fixable, ${isNew(query)} as is_new,
        ${sql.join(names.map((name) => sql`${all[name]} as ${sql.ref(`in_${name}`)}`))}
      from finding where ${base(query)}
    )
    select 'total' as facet, null as value, count(*)::integer as count from seen where ${letThrough('')}
    union all ${sql.join(counts, sql` union all `)}`.execute(tx[inside].db)
  const of = (name: keyof typeof all): ReadonlyMap<string, number> =>
    new Map(rows.flatMap(({ facet, value, count }) => (facet === name && value !== null ? [[value, count] as const] : [])))
  return {
    total: rows.find(({ facet }) => facet === 'total')?.count ?? 0,
    facets: {
      severity: of('severity'),
      state: of('state'),
      type: of('type'),
      fixable: of('fixable'),
      new: of('new'),
      area: of('area'),
      framework: of('framework'),
      policy: of('policy'),
      licence: of('licence'),
    },
  }
}

export interface CheckCount {
  readonly checkId: string
  readonly state: FindingState
  readonly severity: Severity
  readonly count: number
  readonly firstSeen: string
}

/** How many findings each check has in each state and severity, of all or of those that fit. */
export async function countsByCheck(tx: ReadTx, query?: FindingQuery): Promise<CheckCount[]> {
  const { rows } = await sql<{ check_id: string; state: FindingState; severity: Severity; count: number; first_seen: string }>`
    select check_id, state, severity, count(*)::integer as count, min(first_seen) as first_seen
    from finding ${query ? sql`where ${fits(query)}` : sql``} group by check_id, state, severity order by check_id, state, severity`.execute(
    tx[inside].db,
  )
  return rows.map(({ check_id: checkId, state, severity, count, first_seen: firstSeen }) => ({
    checkId,
    state,
    severity,
    count,
    firstSeen,
  }))
}

interface ListedRow {
  key: string
  check_id: string
  object_type: ObjectType
  object_id: string
  part: string
  name: string
  severity: Severity
  state: FindingState
  values: Values
  first_seen: string
  is_new: boolean
  place: string | number
}

function toListed(row: ListedRow): ListedFinding {
  return {
    key: row.key,
    checkId: row.check_id,
    object: { type: row.object_type, id: row.object_id, part: row.part, name: row.name },
    severity: row.severity,
    state: row.state,
    values: row.values,
    firstSeen: row.first_seen,
    isNew: row.is_new,
    place: { value: row.place, key: row.key },
  }
}
