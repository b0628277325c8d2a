import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { startEmbedded } from './embedded.ts'
import type { Log } from './log.ts'
import { migrate } from './migrate.ts'
import { jobsRole, schemaName, serviceRole } from './names.ts'
import { provision } from './provision.ts'
import { makeDeploymentKey, type DeploymentKey } from './seal.ts'
import { openSigningKey, type SigningKey } from './signing.ts'
import type { Tables } from './tables.ts'

export type { Log } from './log.ts'

export type StoreSettings = ({ readonly dataDir: string } | { readonly databaseUrl: string }) & {
  /** 32 bytes (DEPLOYMENT_KEY): wraps every tenant's data key. */
  readonly deploymentKey: Uint8Array
}

const hidden: unique symbol = Symbol('the store itself')

/** An open store. Its tables are reached only through readTx and writeTx. */
export interface Store {
  /** For pg-boss: its own role, which reaches the schema `pgboss` and no tenant's table. */
  readonly jobs: { readonly schema: 'pgboss'; readonly executeSql: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }> }
  /** What `select version()` says, for the Trust Center. */
  readonly serverVersion: string
  /** Ends every connection, then the embedded server if there is one. Safe to call twice. */
  readonly close: () => Promise<void>
  readonly [hidden]: {
    readonly db: Kysely<Tables>
    readonly keys: { readonly deploymentKey: DeploymentKey; readonly signing: SigningKey }
    readonly connection: pg.ClientConfig
    readonly log: Log
  }
}

/** Opens PostgreSQL (embedded, or by URL), brings its schema up to date and refuses a server or a role that cannot keep tenants apart. */
export async function openStore(settings: StoreSettings, log: Log): Promise<Store> {
  const deploymentKey = makeDeploymentKey(settings.deploymentKey)
  const server = 'dataDir' in settings ? await startEmbedded(settings.dataDir, log) : undefined
  const connection = server ? server.connection : { connectionString: 'databaseUrl' in settings ? settings.databaseUrl : '' }
  try {
    return await openOn(connection, deploymentKey, log, async () => server?.stop())
  } catch (problem) {
    await server?.stop()
    throw problem
  }
}

async function openOn(
  connection: pg.ClientConfig,
  deploymentKey: DeploymentKey,
  log: Log,
  stopServer: () => Promise<void>,
): Promise<Store> {
  const { serverVersion } = await provision(connection, log)
  await migrate(connection, log)

  const servicePool = makePool(connection, serviceRole, 10, connectionLost)
  const jobsPool = makePool(connection, jobsRole, 4, connectionLost)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: servicePool }) })
  let closing: Promise<void> | undefined
  const listeners = new Set<() => Promise<void>>()
  try {
    const signing = await openSigningKey(db, deploymentKey)
    const store: Store = {
      jobs: { schema: 'pgboss', executeSql: (text, values) => runForJobs(jobsPool, text, values) },
      serverVersion,
      close: () => (closing ??= close()),
      [hidden]: { db, keys: { deploymentKey, signing }, connection, log },
    }
    openListeners.set(store, listeners)
    return store
  } catch (problem) {
    await close()
    throw problem
  }

  function connectionLost(problem: Error): void {
    if (!closing) log.warn({ problem: problem.message }, 'A database connection was lost')
  }

  async function close(): Promise<void> {
    await Promise.all([...listeners].map((end) => end()))
    await Promise.all([db.destroy(), jobsPool.end()])
    await stopServer()
  }
}

/** The queue also sends several statements in one text; pg then answers a list of results. */
async function runForJobs(pool: pg.Pool, text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
  const answer: pg.QueryResult | readonly pg.QueryResult[] = await pool.query(text, values)
  return { rows: Array.isArray(answer) ? answer.flatMap(({ rows }: pg.QueryResult) => rows) : (answer as pg.QueryResult).rows }
}

const openListeners = new WeakMap<Store, Set<() => Promise<void>>>()

/** For files of bot/src/store only. */
export function serviceDb(store: Store): Kysely<Tables> {
  return store[hidden].db
}

/** For files of bot/src/store only. */
export function storeKeys(store: Store): Store[typeof hidden]['keys'] {
  return store[hidden].keys
}

const typeParsers = pg.types
const numberTypes = [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]

/** int8 as number (our counters stay far below 2^53) and timestamptz as ISO text in UTC. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (numberTypes.includes(oid)) return Number
    if (oid === pg.types.builtins.TIMESTAMPTZ) return (text: string) => new Date(text).toISOString()
    return typeParsers.getTypeParser(oid, format)
  }) as pg.CustomTypesConfig['getTypeParser'],
}

/** Connection options that enter a role for the whole session, so that no statement runs outside it. */
export function asRole(connection: pg.ClientConfig, role: string): pg.ClientConfig {
  return { ...connection, types, options: `-c role=${role} -c search_path=${schemaName} -c timezone=UTC`, application_name: 'countersign' }
}

/** A new connection costs 10 ms and more. Closed after ten seconds, as the library would, they would be new whenever somebody comes. */
const idleMs = 120_000

/** Without these handlers a connection that the server ends would end this process (57P01). */
function makePool(connection: pg.ClientConfig, role: string, max: number, onLost: (problem: Error) => void): pg.Pool {
  const pool = new pg.Pool({ ...asRole(connection, role), max, connectionTimeoutMillis: 30_000, idleTimeoutMillis: idleMs })
  pool.on('error', onLost)
  // The pool speaks for idle connections only; one in use tells its query, so nothing is left to say here.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Hears a channel on a connection of its own, which comes back by itself when it is lost. For files of bot/src/store only. */
export async function listenOn(
  store: Store,
  channel: string,
  onPayload: (payload: string) => void,
  onReconnect: () => void,
): Promise<{ readonly close: () => Promise<void> }> {
  const { connection, log } = store[hidden]
  let closed = false
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined
  await connect()
  const end = async () => {
    closed = true
    clearTimeout(retry)
    openListeners.get(store)?.delete(end)
    await client?.end()
  }
  openListeners.get(store)?.add(end)
  return { close: end }

  async function connect(): Promise<void> {
    const next = new pg.Client({ ...asRole(connection, serviceRole), keepAlive: true })
    next.on('error', (problem) => closed || log.warn({ problem: problem.message }, 'The connection for events was lost'))
    next.on('notification', ({ payload }) => payload !== undefined && onPayload(payload))
    next.on('end', () => {
      if (!closed && client === next) retry = setTimeout(reconnect, 250)
    })
    await next.connect()
    await next.query(`listen ${channel}`)
    client = next
  }

  function reconnect(): void {
    connect().then(onReconnect, () => {
      if (!closed) retry = setTimeout(reconnect, 1000)
    })
  }
}
