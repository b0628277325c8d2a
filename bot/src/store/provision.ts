import pg from 'pg'
import { messageOf, type Log } from './log.ts'
import { jobsRole, schemaName, serviceRole } from './names.ts'

/** The oldest server that the schema works on, as `server_version_num`. */
export const oldestServer = 150_000

/**
 * Makes what must be there before the first migration: the two roles without login that the service and the job queue
 * run under, and their schemas. The given role owns the tables and needs CREATE on the database; it needs CREATEROLE
 * only while the two roles do not exist.
 */
export async function provision(connection: pg.ClientConfig, log: Log): Promise<{ readonly serverVersion: string }> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 15_000, application_name: 'countersign set-up' })
  client.on('error', (problem) => log.warn({ problem: problem.message }, 'The set-up connection was lost'))
  try {
    await client.connect()
  } catch (cause) {
    throw new Error(`PostgreSQL cannot be reached: ${messageOf(cause)}. Check DATABASE_URL, or leave it out to use the embedded server.`, {
      cause,
    })
  }
  try {
    await refuseOldServer(client)
    for (const role of [serviceRole, jobsRole]) await ensureRole(client, role)
    await ensureSchema(client, schemaName)
    await ensureSchema(client, 'pgboss')
    await client.query(`grant usage on schema ${schemaName} to ${serviceRole}`)
    await client.query(`grant usage, create on schema pgboss to ${jobsRole}`)
    const { rows } = await client.query<{ version: string }>('select version()')
    return { serverVersion: rows[0]?.version ?? '' }
  } finally {
    await client.end()
  }
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string; name: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as name`,
  )
  const problem = rows[0] && serverProblem(Number(rows[0].number), rows[0].name)
  if (problem !== undefined) throw new Error(problem)
}

/** Why a server of this version (server_version_num) cannot be used; undefined when it can. */
export function serverProblem(versionNumber: number, versionName: string): string | undefined {
  return versionNumber < oldestServer ? `The PostgreSQL server is version ${versionName}; Countersign needs 15 or newer.` : undefined
}

interface RoleFlags {
  readonly superuser: boolean
  readonly bypasses: boolean
  readonly enterable: boolean
  readonly user: string
}

async function ensureRole(client: pg.Client, role: string): Promise<void> {
  if (!(await roleFlags(client, role))) await createRole(client, role)
  const made = await roleFlags(client, role)
  if (!made) throw new Error(`The role ${role} could not be created.`)
  if (made.superuser || made.bypasses) {
    const flag = made.superuser ? 'a superuser' : 'allowed to bypass row level security'
    throw new Error(
      `The role ${role} is ${flag}, so the database would not keep tenants apart. Run: ALTER ROLE ${role} NOSUPERUSER NOBYPASSRLS;`,
    )
  }
  if (!made.enterable)
    throw new Error(
      `The database user ${made.user} may not act as the role ${role}. Let an administrator of the server run: GRANT ${role} TO ${made.user};`,
    )
}

/** Creating and granting in one block: processes that start together may both try. */
async function createRole(client: pg.Client, role: string): Promise<void> {
  try {
    await client.query(`do $$ begin
      create role ${role} nologin nosuperuser nocreatedb nocreaterole noinherit nobypassrls noreplication;
    exception when duplicate_object or unique_violation then null; end $$`)
    await client.query(`grant ${role} to current_user`)
  } catch (cause) {
    throw new Error(
      `The role ${role} does not exist and the database user may not create it (${messageOf(cause)}). Let an administrator of the server run: CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOBYPASSRLS; GRANT ${role} TO <the user in DATABASE_URL>;`,
      { cause },
    )
  }
}

async function roleFlags(client: pg.Client, role: string): Promise<RoleFlags | undefined> {
  const { rows } = await client.query<RoleFlags>(
    `select rolsuper as superuser, rolbypassrls as bypasses, pg_has_role(current_user, oid, 'MEMBER') as enterable, current_user as user from pg_roles where rolname = $1`,
    [role],
  )
  return rows[0]
}

async function ensureSchema(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query('select from pg_namespace where nspname = $1', [name])
  if (rows.length > 0) return
  await client.query(`do $$ begin create schema ${name}; exception when duplicate_schema or unique_violation then null; end $$`)
}
