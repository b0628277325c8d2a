import { chmodSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The unprivileged account that PostgreSQL runs as when this process is root, which PostgreSQL refuses. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** Undefined when this process is an ordinary user and the server simply runs as the same one. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
  const account = ['postgres', 'nobody']
    .map((name) => accounts.find((known) => known.name === name))
    .find((known) => known !== undefined && known.uid > 0)
  if (!account) {
    throw new Error(
      'This process is root, PostgreSQL refuses to run as root, and there is no account "postgres" or "nobody" for it. Start Countersign as an ordinary user, create one of the two accounts, or set DATABASE_URL.',
    )
  }
  return account
}

/** The first directory on the way to `path`, itself included, that the account may not pass; undefined when it can reach it. */
export function blockedAt(path: string, account: Account): string | undefined {
  const parent = dirname(path)
  const above = parent === path ? undefined : blockedAt(parent, account)
  return above ?? (mayPass(path, account) ? undefined : path)
}

/** Lets other accounts pass through (not list) a directory of our own; what is in it has its own permissions. */
export function openPassage(directory: string): void {
  const { mode, uid } = statSync(directory)
  if (uid === process.getuid?.() && (mode & 0o001) === 0) chmodSync(directory, (mode & 0o777) | 0o011)
}

function mayPass(directory: string, account: Account): boolean {
  const { mode, uid, gid } = statSync(directory)
  if (uid === account.uid) return (mode & 0o100) !== 0
  if (gid === account.gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}
