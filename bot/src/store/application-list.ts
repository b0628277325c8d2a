import { sql, type RawBuilder } from 'kysely'
import type { ApplicationSort, ApplicationsView } from '@countersign/core/api/applications.ts'
import type { StoredApplicationLine } from './application-tables.ts'
import { storable } from './applications.ts'
import { inside, type ReadTx } from './transaction.ts'

/** Where a page begins: behind this application. */
export interface ApplicationPlace {
  readonly sort: ApplicationSort
  readonly order: 'natural' | 'reversed'
  readonly value: string | number
  readonly id: string
}

export interface ApplicationAsk {
  /** A part of the name, or a whole object or client id. */
  readonly search?: string | undefined
  readonly sort: ApplicationSort
  readonly order: 'natural' | 'reversed'
  readonly level?: string | undefined
  readonly publisher?: string | undefined
  readonly control?: boolean
  /** ISO time by which a credential ends. */
  readonly endsBy?: string | undefined
  readonly withoutOwner?: boolean
  readonly isEnabled?: boolean | undefined
  readonly after?: ApplicationPlace | undefined
  readonly limit: number
}

const sorts = {
  risk: { by: sql`score`, falls: true, type: sql`integer` },
  name: { by: sql`sort_name collate "C"`, falls: false, type: sql`text` },
  end: { by: sql`ends_at`, falls: false, type: sql`timestamptz` },
  permissions: { by: sql`permissions`, falls: true, type: sql`integer` },
} as const satisfies Record<ApplicationSort, { by: RawBuilder<unknown>; falls: boolean; type: RawBuilder<unknown> }>

/** One page and how many match in all. */
export async function applicationPage(
  tx: ReadTx,
  ask: ApplicationAsk,
): Promise<{ readonly count: number; readonly lines: readonly StoredApplicationLine[] }> {
  const { db } = tx[inside]
  const { by, falls, type } = sorts[ask.sort]
  const isFalling = falls === (ask.order === 'natural')
  const matching = matches(ask)
  const { count } = await db
    .selectFrom('application_risk')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where(matching)
    .executeTakeFirstOrThrow()
  const { after } = ask
  const place = after && sql`${after.value}::${type}`
  const behind =
    after === undefined
      ? sql<boolean>`true`
      : sql<boolean>`(${by} ${isFalling ? sql`<` : sql`>`} ${place} or (${by} = ${place} and application_id > ${after.id}))`
  const rows = await db
    .selectFrom('application_risk')
    .select('line')
    .where(matching)
    .where(behind)
    .orderBy(sql`${by} ${isFalling ? sql`desc` : sql`asc`}, application_id`)
    .limit(ask.limit)
    .execute()
  return { count: Number(count), lines: rows.map(({ line }) => line) }
}

/** What the next page begins behind. */
export function placeAfter(line: StoredApplicationLine, { sort, order }: Pick<ApplicationAsk, 'sort' | 'order'>): ApplicationPlace {
  const values = {
    risk: line.score,
    name: storable(line.name).toLowerCase(),
    end: line.nextEnd ?? 'infinity',
    permissions: line.permissions.application + line.permissions.delegated,
  } as const satisfies Record<ApplicationSort, string | number>
  return { sort, order, value: values[sort], id: line.id }
}

function matches({ search = '', level, publisher, control, endsBy, withoutOwner, isEnabled }: ApplicationAsk): RawBuilder<boolean> {
  const text = storable(search).toLowerCase()
  const conditions = [
    text !== '' && sql`(strpos(sort_name, ${text}) > 0 or lower(application_id) = ${text} or lower(app_id) = ${text})`,
    level !== undefined && sql`level = ${level}`,
    publisher !== undefined && sql`publisher = ${publisher}`,
    control === true && sql`control > 0`,
    endsBy !== undefined && sql`ends_at <= ${endsBy}`,
    withoutOwner === true && sql`owners = 0`,
    isEnabled !== undefined && sql`is_enabled = ${isEnabled}`,
  ].filter((condition) => condition !== false)
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(conditions, sql` and `)}`
}

/** How many there are of each publisher and level. */
export async function applicationTally(tx: ReadTx): Promise<ApplicationsView['tally']> {
  const rows = await tx[inside].db
    .selectFrom('application_risk')
    .select(['publisher', 'level', ({ fn }) => fn.countAll<string>().as('count')])
    .groupBy(['publisher', 'level'])
    .orderBy('publisher')
    .orderBy('level')
    .execute()
  return rows.map(({ publisher, level, count }) => ({ publisher, level, count: Number(count) }))
}
