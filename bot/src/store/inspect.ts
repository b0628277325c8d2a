import pg from 'pg'
import { startEmbedded } from './embedded.ts'
import { messageOf, type Log } from './log.ts'
import { pendingMigrations } from './migrate.ts'
import { oldestServer } from './provision.ts'

/** What can be seen of a database without changing anything in it. */
export interface DatabaseLook {
  /** For example 18.4. */
  readonly serverVersion: string
  readonly isNewEnough: boolean
  /** Migrations that the next start of the service will carry out. */
  readonly pendingMigrations: readonly string[]
}

/** Looks at the database of a deployment that does not run, or of any by its address. Throws a sentence when it cannot be reached. */
export async function lookAtDatabase(
  settings: { readonly dataDir: string } | { readonly databaseUrl: string },
  log: Log,
): Promise<DatabaseLook> {
  if ('databaseUrl' in settings) return lookAt({ connectionString: settings.databaseUrl })
  const server = await startEmbedded(settings.dataDir, log)
  try {
    return await lookAt(server.connection)
  } finally {
    await server.stop()
  }
}

async function lookAt(connection: pg.ClientConfig): Promise<DatabaseLook> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 15_000, application_name: 'countersign doctor' })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ number: string; name: string }>(
      `select current_setting('server_version_num') as number, current_setting('server_version') as name`,
    )
    const version = rows[0] ?? { number: '0', name: 'unknown' }
    return {
      serverVersion: version.name,
      isNewEnough: Number(version.number) >= oldestServer,
      pendingMigrations: await pendingMigrations(connection),
    }
  } catch (cause) {
    throw new Error(`PostgreSQL cannot be reached: ${messageOf(cause)}.`, { cause })
  } finally {
    await client.end().catch(() => undefined)
  }
}
