import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Role } from '@countersign/core/principal.ts'
import { serviceDb, type Store } from './database.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** A session id is rotated after this many minutes and a session ends after this many hours, whatever happens. */
export const sessionLimits = { rotateMinutes: 15, absoluteHours: 24, graceSeconds: 30 } as const

export interface StoredSession {
  readonly tenantId: string
  readonly personId: string
  readonly displayName: string
  readonly roles: readonly Role[]
  readonly csrfToken: string
  readonly createdAt: string
  readonly rotatedAt: string
  readonly expiresAt: string
  /** The id is older than 15 minutes: call `rotateSession` and set the new cookie with this answer. */
  readonly rotationDue: boolean
}

interface Person {
  readonly personId: string
  readonly displayName: string
  readonly roles: readonly Role[]
}

/** Opens a browser session. The id is for the cookie alone: the store keeps only its hash. */
export async function openSession(tx: WriteTx, person: Person, now: number): Promise<{ readonly id: string; readonly csrfToken: string }> {
  const id = opaque()
  const csrfToken = opaque()
  await tx[inside].db
    .insertInto('session')
    .values(sessionRow(person, 'cookie', hashId(id), csrfToken, now))
    .execute()
  return { id, csrfToken }
}

/** The live session of a cookie's id. Knowing the id is what lets the row be read: the tenant is known only afterwards. */
export async function findSession(store: Store, id: string, now: number): Promise<StoredSession | undefined> {
  const idHash = hashId(id)
  const row = await serviceDb(store)
    .transaction()
    .setAccessMode('read only')
    .execute(async (db) => {
      await sql`select set_config('app.tenant_id', '', true), set_config('app.session_hash', ${idHash}, true)`.execute(db)
      return db.selectFrom('session').selectAll().where('kind', '=', 'cookie').executeTakeFirst()
    })
  if (!row || Date.parse(row.expires_at) <= now) return undefined
  const age = now - Date.parse(row.rotated_at)
  if (row.id_hash !== idHash && age > sessionLimits.graceSeconds * 1000) return undefined
  return {
    tenantId: row.tenant_id,
    personId: row.person_id,
    displayName: row.display_name,
    roles: row.roles,
    csrfToken: row.csrf_token,
    createdAt: row.created_at,
    rotatedAt: row.rotated_at,
    expiresAt: row.expires_at,
    rotationDue: row.id_hash === idHash && age >= sessionLimits.rotateMinutes * 60_000,
  }
}

/** People of the tenant with a live session in which they hold the role. */
export async function peopleWithSessions(tx: ReadTx, role: Role, now: number): Promise<readonly string[]> {
  const rows = await tx[inside].db
    .selectFrom('session')
    .select(['person_id', 'roles'])
    .where('expires_at', '>', new Date(now).toISOString())
    .execute()
  return [...new Set(rows.filter(({ roles }) => roles.includes(role)).map((row) => row.person_id))]
}

/** Names of people who hold the role by a sign-in of the last day, at most five. */
export async function namesWithRole(tx: ReadTx, role: Role, now: number): Promise<readonly string[]> {
  const rows = await tx[inside].db
    .selectFrom('session')
    .select(['person_id', 'display_name', 'roles'])
    .where('expires_at', '>', new Date(now).toISOString())
    .orderBy('created_at', 'desc')
    .execute()
  const names = new Map(rows.filter(({ roles }) => roles.includes(role)).map((row) => [row.person_id, row.display_name]))
  return [...names.values()].slice(0, 5)
}

/**
 * Replaces the id by a new one and the roles by those that the sign-in service gives now; the old id still answers for 30 seconds, for requests
 * already under way. Undefined when another request has rotated it.
 */
export async function rotateSession(
  tx: WriteTx,
  id: string,
  now: number,
  roles?: readonly Role[],
): Promise<{ readonly id: string } | undefined> {
  const next = opaque()
  const answer = await tx[inside].db
    .updateTable('session')
    .set({ id_hash: hashId(next), previous_id_hash: hashId(id), rotated_at: iso(now), ...(roles ? { roles: JSON.stringify(roles) } : {}) })
    .where('id_hash', '=', hashId(id))
    .executeTakeFirst()
  return answer.numUpdatedRows === 1n ? { id: next } : undefined
}

/** Ends a session at once, also for the id it had before. */
export async function closeSession(tx: WriteTx, id: string): Promise<void> {
  const idHash = hashId(id)
  await tx[inside].db
    .deleteFrom('session')
    .where((where) => where.or([where('id_hash', '=', idHash), where('previous_id_hash', '=', idHash)]))
    .execute()
}

/** Ends every session of a person, for example after consent was withdrawn. */
export async function closeSessionsOf(tx: WriteTx, personId: string): Promise<void> {
  await tx[inside].db.deleteFrom('session').where('person_id', '=', personId).execute()
}

/**
 * Notes that a bearer token was used and since when its session runs: the row is keyed by person and token id (`uti`),
 * so that the 24-hour rule holds for tokens that the host keeps handing out.
 */
export async function noteBearer(
  tx: WriteTx,
  person: Person & { readonly tokenId: string },
  now: number,
): Promise<{ readonly createdAt: string; readonly expired: boolean }> {
  const idHash = hashId(`bearer\n${tx.tenantId}\n${person.personId}\n${person.tokenId}`)
  await tx[inside].db
    .insertInto('session')
    .values(sessionRow(person, 'bearer', idHash, '', now))
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id_hash']).doNothing())
    .execute()
  const row = await tx[inside].db
    .selectFrom('session')
    .select(['created_at', 'expires_at'])
    .where('id_hash', '=', idHash)
    .executeTakeFirstOrThrow()
  return { createdAt: row.created_at, expired: Date.parse(row.expires_at) <= now }
}

/** Ages that the Trust Center shows: of the oldest live session and of the oldest live cookie id. */
export async function sessionAges(
  tx: ReadTx,
  now: number,
): Promise<{ readonly live: number; readonly oldestCreatedAt: string | null; readonly oldestRotatedAt: string | null }> {
  const row = await tx[inside].db
    .selectFrom('session')
    .select((select) => [
      select.fn.countAll<number>().as('live'),
      select.fn.min('created_at').as('oldest'),
      sql<string | null>`min(rotated_at) filter (where kind = 'cookie')`.as('rotated'),
    ])
    .where('expires_at', '>', iso(now))
    .executeTakeFirstOrThrow()
  return { live: row.live, oldestCreatedAt: row.oldest, oldestRotatedAt: row.rotated }
}

export async function deleteExpiredSessions(tx: WriteTx, now: number): Promise<void> {
  await tx[inside].db.deleteFrom('session').where('expires_at', '<=', iso(now)).execute()
}

function sessionRow(person: Person, kind: 'cookie' | 'bearer', idHash: string, csrfToken: string, now: number) {
  return {
    id_hash: idHash,
    previous_id_hash: null,
    kind,
    person_id: person.personId,
    display_name: person.displayName,
    roles: JSON.stringify(person.roles),
    csrf_token: csrfToken,
    created_at: iso(now),
    rotated_at: iso(now),
    expires_at: iso(now + sessionLimits.absoluteHours * 3_600_000),
  }
}

function opaque(): string {
  return randomBytes(32).toString('base64url')
}

function hashId(id: string): string {
  return createHash('sha256').update(id).digest('hex')
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
