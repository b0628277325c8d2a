import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { serverAccount, type Account } from './embedded-account.ts'
import { giveTo, prepareHome, type Home } from './embedded-home.ts'
import { lockDataDir } from './embedded-lock.ts'
import { commandLineOf, isAlive, waitUntil } from './embedded-process.ts'
import { messageOf, type Log } from './log.ts'

export interface EmbeddedServer {
  /** As the owner of the database, over the socket. */
  readonly connection: pg.ClientConfig
  /** Fast shutdown: open transactions are rolled back, everything acknowledged is on disk. */
  readonly stop: () => Promise<void>
}

/** The child's environment: none of ours, which may hold secrets. */
const environment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' }

const serverSettings = {
  listen_addresses: '',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // The people of a large tenant fit, so that what looks at all of them need not go to the disk. Taken as it is used.
  shared_buffers: '256MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Failed statements may quote a tenant's data, so errors stay out of the server's log.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

/** Starts PostgreSQL on a data directory that no other process uses; makes the database at the first start. */
export async function startEmbedded(dataDir: string, log: Log): Promise<EmbeddedServer> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const directory = realpathSync(dataDir)
  const lock = await lockDataDir(directory)
  try {
    const account = serverAccount()
    const home = prepareHome(directory, account, log)
    const password = readPassword(directory)
    await endOrphan(home, log)
    if (!existsSync(join(home.cluster, 'PG_VERSION'))) await initialise(home, account, password)
    const server = await start(home, account, password)
    let stopping = false
    server.once('exit', (code, signal) => stopping || log.error({ code, signal }, 'The database server ended by itself'))
    const ownerPassword = randomBytes(24).toString('base64url')
    await prepareDatabase({ host: home.sockets, port: 5432, user: 'postgres', password, database: 'postgres' }, ownerPassword)
    return {
      connection: { host: home.sockets, port: 5432, user: 'countersign_owner', password: ownerPassword, database: 'countersign' },
      stop: async () => {
        stopping = true
        await stop(server)
        lock.release()
      },
    }
  } catch (problem) {
    lock.release()
    throw problem
  }
}

/** Password of the server's superuser: only this process can read it. */
function readPassword(dataDir: string): string {
  const path = join(dataDir, 'postgres-password')
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readFileSync(path, 'utf8')
}

/** A killed process leaves its server running. It is ours, because we hold the lock of the directory: it is ended and a new one started. */
async function endOrphan(home: Home, log: Log): Promise<void> {
  const pidFile = join(home.cluster, 'postmaster.pid')
  const pid = readPid(pidFile)
  if (pid === undefined) return
  const isServer = commandLineOf(pid).includes(home.cluster) || !existsSync('/proc/self')
  if (isServer && isAlive(pid)) {
    log.warn({ pid }, 'A database server was left behind by a killed process and is being ended')
    process.kill(pid, 'SIGINT')
    if (!(await waitUntil(() => !isAlive(pid), 10_000))) {
      process.kill(pid, 'SIGQUIT')
      await waitUntil(() => !isAlive(pid), 5_000)
    }
  }
  // A server that was killed itself cannot remove its file, and its number may belong to another program by now.
  if (readPid(pidFile) === pid && (!isServer || !isAlive(pid))) unlinkSync(pidFile)
}

function readPid(path: string): number | undefined {
  try {
    return Number(readFileSync(path, 'utf8').split('\n')[0]) || undefined
  } catch {
    return undefined
  }
}

/** Builds the cluster beside its place and moves it there when it is whole, so that a crash leaves none or all of it. */
async function initialise(home: Home, account: Account | undefined, password: string): Promise<void> {
  const draft = `${home.cluster}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  giveTo(draft, account)
  const passwordFile = join(home.sockets, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  giveTo(passwordFile, account)
  try {
    await runInitdb(home, account, [
      `--pgdata=${draft}`,
      `--pwfile=${passwordFile}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
    ])
  } finally {
    unlinkSync(passwordFile)
  }
  renameSync(draft, home.cluster)
}

async function runInitdb(home: Home, account: Account | undefined, flags: readonly string[]): Promise<void> {
  const child = spawn(join(home.bin, 'initdb'), flags, {
    ...identity(account),
    env: environment,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code === 0) return
  const mend = said.includes('shared libraries') ? ' Its libraries are not linked: run npm rebuild, with install scripts allowed.' : ''
  throw new Error(`The database could not be created: ${said.trim()}.${mend}`)
}

async function start(home: Home, account: Account | undefined, password: string): Promise<ChildProcess> {
  const flags = Object.entries({ ...serverSettings, unix_socket_directories: home.sockets }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const end = performance.now() + 60_000
  for (;;) {
    const output = openSync(home.logFile, 'w', 0o600)
    // A session of its own: Ctrl+C in a terminal must reach us alone, who then end the server in order.
    const child = spawn(join(home.bin, 'postgres'), ['-D', home.cluster, ...flags], {
      ...identity(account),
      env: environment,
      cwd: '/',
      detached: true,
      stdio: ['ignore', output, output],
    })
    closeSync(output)
    const failed = new Promise<string>((resolve) => {
      child.once('error', (problem) => resolve(problem.message))
      child.once('exit', () => resolve(readFileSync(home.logFile, 'utf8')))
    })
    const ended = await Promise.race([
      failed,
      untilReady({ host: home.sockets, port: 5432, user: 'postgres', password, database: 'postgres' }, end),
    ])
    if (ended === undefined) return endWithUs(child)
    // Processes of a server that was killed may take a moment to let go of its memory and files.
    const passing = /shared memory block|lock file/.test(ended)
    if (!passing || performance.now() > end) {
      child.kill('SIGINT')
      throw new Error(`The database server did not start: ${ended.trim().split('\n').slice(-3).join(' ')}`)
    }
    await new Promise((resume) => setTimeout(resume, 250))
  }
}

/** Ends the server when this process ends without having closed the store. */
function endWithUs(child: ChildProcess): ChildProcess {
  const atExit = () => void child.kill('SIGINT')
  process.once('exit', atExit)
  child.once('exit', () => process.off('exit', atExit))
  child.unref()
  return child
}

/** Undefined once the server answers; what it says instead when the time is over. */
async function untilReady(connection: pg.ClientConfig, end: number): Promise<string | undefined> {
  let problem = ''
  while (performance.now() < end) {
    const client = new pg.Client(connection)
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return undefined
    } catch (failure) {
      problem = messageOf(failure)
      if (problem.includes('password authentication failed'))
        return `The file postgres-password does not belong to this database (${problem}).`
      await new Promise((resume) => setTimeout(resume, 25))
    }
  }
  return problem
}

/** The owner of tables and roles is no superuser: nothing of ours works as one after the start. Its password lives as long as this process. */
async function prepareDatabase(connection: pg.ClientConfig, ownerPassword: string): Promise<void> {
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows: roles } = await client.query(`select from pg_roles where rolname = 'countersign_owner'`)
    const flags = 'login createrole nosuperuser nocreatedb nobypassrls noreplication'
    await client.query(`${roles.length ? 'alter' : 'create'} role countersign_owner ${flags} password '${ownerPassword}'`)
    const { rows: databases } = await client.query(`select from pg_database where datname = 'countersign'`)
    if (databases.length === 0) await client.query('create database countersign owner countersign_owner')
  } finally {
    await client.end()
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.ref()
  child.kill('SIGINT')
  await ended
}

function identity(account: Account | undefined): { readonly uid?: number; readonly gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {}
}
