import { sql } from 'kysely'
import { tiers } from '@countersign/core/api/people.ts'
import type { UnreadReason } from '@countersign/core/posture/fact.ts'
import type { PeopleSources, StoredPerson } from './people-tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

export interface PeopleJudgement {
  /** The scan that read the facts. */
  readonly factsOf: string
  /** ISO time as of which they were judged. */
  readonly at: string
  /** Why there is nothing; null where there is. */
  readonly notKnown: { readonly reason: UnreadReason; readonly detail: string } | null
  readonly sources: PeopleSources
}

const batch = 500

/** Replaces what is kept of the tenant's holders of roles; those that stay as they are are not written again. */
export async function putPeople(tx: WriteTx, judgement: PeopleJudgement, people: readonly StoredPerson[]): Promise<void> {
  const { db } = tx[inside]
  const { factsOf, at, notKnown, sources } = judgement
  const row = {
    ...{ facts_of: factsOf, at, reason: notKnown?.reason ?? null, detail: storable(notKnown?.detail ?? '') },
    sources: JSON.stringify(sources),
  }
  await db
    .insertInto('people_judgement')
    .values(row)
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(row))
    .execute()
  const known = await db
    .selectFrom('role_holder')
    .select(['principal_id', sql<string>`md5(person::text)`.as('digest')])
    .execute()
  const before = new Map(known.map(({ principal_id: id, digest }) => [id, digest]))
  const now = new Set(people.map(({ id }) => id))
  const gone = [...before.keys()].filter((id) => !now.has(id))
  if (gone.length > 0) await db.deleteFrom('role_holder').where('principal_id', 'in', gone).execute()
  for (let from = 0; from < people.length; from += batch) await putBatch(tx, people.slice(from, from + batch), before)
}

async function putBatch(tx: WriteTx, people: readonly StoredPerson[], before: ReadonlyMap<string, string>): Promise<void> {
  const { db } = tx[inside]
  const texts = people.map((person) => ({ person, text: JSON.stringify(person) }))
  const { rows: digests } = await sql<{ digest: string }>`
    select md5(text) as digest from unnest(${texts.map(({ text }) => text)}::text[]) with ordinality as given (text, place) order by place`.execute(
    db,
  )
  const changed = texts.filter(({ person }, index) => before.get(person.id) !== digests[index]?.digest)
  if (changed.length === 0) return
  await db
    .deleteFrom('role_holder')
    .where(
      'principal_id',
      'in',
      changed.map(({ person }) => person.id),
    )
    .execute()
  await db
    .insertInto('role_holder')
    .values(changed.map(({ person, text }) => ({ ...holderColumns(person), person: text })))
    .execute()
  const holds = changed.flatMap(({ person }) => holdColumns(person))
  // A statement takes 65,535 parameters at most.
  for (let from = 0; from < holds.length; from += 5000)
    await db
      .insertInto('role_hold')
      .values(holds.slice(from, from + 5000))
      .execute()
}

function holderColumns(person: StoredPerson) {
  const ends = person.holds.flatMap(({ until }) => (until === null ? [] : [until]))
  return {
    principal_id: person.id,
    search_text: storable(`${person.name}\n${person.userPrincipalName}\n${person.id}`).toLowerCase(),
    sort_name: storable(person.name).toLowerCase(),
    kind: person.kind,
    is_enabled: person.isEnabled,
    strength: person.methods.strength,
    signed_in: person.lastSignIn ?? '-infinity',
    tier: Math.min(...person.holds.map(({ tier }) => tiers.indexOf(tier))),
    ends_at: ends.sort()[0] ?? 'infinity',
  }
}

function holdColumns({ id, holds }: StoredPerson) {
  return holds.map((hold, place) => ({
    principal_id: id,
    place,
    role_id: hold.roleId,
    role_name: storable(hold.roleName),
    search_text: storable(`${hold.roleName}\n${hold.roleId}`).toLowerCase(),
    tier: tiers.indexOf(hold.tier),
    tier_name: hold.tier,
    is_active: hold.isActive,
    is_direct: hold.via.length === 0,
    ends_at: hold.until ?? 'infinity',
  }))
}

export async function peopleJudgement(tx: ReadTx): Promise<PeopleJudgement | undefined> {
  const row = await tx[inside].db.selectFrom('people_judgement').selectAll().executeTakeFirst()
  if (!row) return undefined
  const notKnown = row.reason === null ? null : { reason: row.reason, detail: row.detail }
  return { factsOf: row.facts_of, at: row.at, notKnown, sources: row.sources }
}

export async function personById(tx: ReadTx, id: string): Promise<StoredPerson | undefined> {
  const row = await tx[inside].db
    .selectFrom('role_holder')
    .select('person')
    .where('principal_id', 'in', [id, id.toLowerCase()])
    .executeTakeFirst()
  return row?.person
}

/** Text columns take no null characters; the names themselves stand in the documents as they are. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '')
}
