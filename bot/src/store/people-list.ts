import { sql, type RawBuilder } from 'kysely'
import { tiers, type PeopleQuery, type PeopleView } from '@countersign/core/api/people.ts'
import type { StoredPerson } from './people-tables.ts'
import { inside, type ReadTx } from './transaction.ts'

export interface PeopleAsk extends Omit<PeopleQuery, 'cursor'> {
  /** Rows to pass over. */
  readonly from: number
  readonly limit: number
}

export interface PeoplePage {
  readonly count: number
  readonly holders: number
  /** `place` is null in rows that stand for a holder with all its holds. */
  readonly rows: readonly { readonly person: StoredPerson; readonly place: number | null }[]
}

/** One page of ways to a role, or of their holders, and how many match in all. Rows are found by what is narrow; what is shown is read last. */
export async function peoplePage(tx: ReadTx, ask: PeopleAsk): Promise<PeoplePage> {
  const { db } = tx[inside]
  const matching = sql`role_hold join role_holder using (tenant_id, principal_id) where ${matches(ask)}`
  const { rows: counts } = await sql<{ count: string; holders: string }>`
    select count(*) as count, count(distinct principal_id) as holders from ${matching}`.execute(db)
  const count = Number(counts[0]?.count ?? 0)
  const holders = Number(counts[0]?.holders ?? 0)
  const order = orderOf(ask)
  const page = sql`limit ${ask.limit} offset ${ask.from}`
  const { rows: found } =
    ask.by === 'role'
      ? await sql<FoundRow>`select principal_id as id, place from ${matching} order by ${order} ${page}`.execute(db)
      : await sql<FoundRow>`
          select role_holder.principal_id as id, null as place
          from role_holder join (select distinct principal_id from ${matching}) as matched using (principal_id)
          order by ${order} ${page}`.execute(db)
  if (found.length === 0) return { count: ask.by === 'role' ? count : holders, holders, rows: [] }
  const people = await db
    .selectFrom('role_holder')
    .select(['principal_id', 'person'])
    .where(
      'principal_id',
      'in',
      found.map(({ id }) => id),
    )
    .execute()
  const byId = new Map(people.map(({ principal_id: id, person }) => [id, person]))
  const rows = found.flatMap(({ id, place }) => {
    const person = byId.get(id)
    return person ? [{ person, place }] : []
  })
  return { count: ask.by === 'role' ? count : holders, holders, rows }
}

interface FoundRow {
  readonly id: string
  readonly place: number | null
}

function orderOf({ by, sort, order }: PeopleAsk): RawBuilder<unknown> {
  const way = order === 'natural' ? sql`asc` : sql`desc`
  const last = by === 'role' ? sql`role_holder.sort_name, principal_id, role_hold.place` : sql`role_holder.sort_name, principal_id`
  switch (sort) {
    case 'tier':
      return by === 'role'
        ? sql`role_hold.tier ${way}, role_hold.role_name ${way}, role_hold.role_id, ${last}`
        : sql`role_holder.tier ${way}, ${last}`
    case 'name':
      return by === 'role'
        ? sql`role_holder.sort_name ${way}, principal_id, role_hold.place`
        : sql`role_holder.sort_name ${way}, principal_id ${way}`
    case 'end':
      return by === 'role' ? sql`role_hold.ends_at ${way}, ${last}` : sql`role_holder.ends_at ${way}, ${last}`
    case 'signIn':
      return sql`role_holder.signed_in ${way}, ${last}`
  }
}

const ways = {
  direct: sql`role_hold.is_direct`,
  group: sql`not role_hold.is_direct`,
  active: sql`role_hold.is_active`,
  eligible: sql`not role_hold.is_active`,
  permanent: sql`role_hold.is_active and role_hold.ends_at = 'infinity'`,
} as const satisfies Record<NonNullable<PeopleQuery['how']>, RawBuilder<unknown>>

function matches({ search = '', tier, kind, how, methods, enabled, role }: PeopleAsk): RawBuilder<unknown> {
  const text = search.replaceAll('\u0000', '').toLowerCase()
  const conditions = [
    text !== '' && sql`(strpos(role_holder.search_text, ${text}) > 0 or strpos(role_hold.search_text, ${text}) > 0)`,
    tier !== undefined && sql`role_hold.tier = ${tiers.indexOf(tier)}`,
    kind !== undefined && sql`role_holder.kind = ${kind}`,
    how !== undefined && ways[how],
    methods !== undefined && sql`role_holder.strength = ${methods}`,
    enabled !== undefined && sql`role_holder.is_enabled = ${enabled === 'yes'}`,
    role !== undefined && sql`role_hold.role_id = ${role.toLowerCase()}`,
  ].filter((condition) => condition !== false)
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}

/** Each role that somebody holds, the strongest tier first, with its holders counted once each. */
export async function roleTally(tx: ReadTx): Promise<PeopleView['roles']> {
  const { rows } = await sql<{ id: string; name: string; tier: PeopleView['roles'][number]['tier'] } & Record<Counted, string>>`
    select id, min(name) as name, min(tier_name) as tier,
      count(*) filter (where kind <> 'group' and is_active) as active,
      count(*) filter (where kind <> 'group' and not is_active) as eligible,
      count(*) filter (where kind = 'guest') as guests,
      count(*) filter (where kind = 'servicePrincipal') as applications,
      count(*) filter (where kind = 'group') as groups
    from (
      select role_id as id, min(role_name) as name, min(role_hold.tier) as tier, min(tier_name) as tier_name, kind, bool_or(is_active) as is_active
      from role_hold join role_holder using (tenant_id, principal_id)
      group by role_id, principal_id, kind
    ) held
    group by id order by min(tier), min(name)`.execute(tx[inside].db)
  return rows.map(({ id, name, tier, ...counts }) => {
    const { active, eligible, guests, applications, groups } = counts
    return {
      ...{ id, name, tier, active: Number(active), eligible: Number(eligible), guests: Number(guests) },
      ...{ applications: Number(applications), groups: Number(groups) },
    }
  })
}
type Counted = 'active' | 'eligible' | 'guests' | 'applications' | 'groups'
