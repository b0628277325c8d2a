import { readdirSync, readFileSync, readlinkSync, lstatSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

/** Rows and digest of every table that holds anything of a tenant. */
export type TableDigests = Readonly<Record<string, { readonly rows: number; readonly digest: string }>>

/** Looks past row level security at everything that the running service keeps, as the superuser of its own database. */
export async function lookInside<T>(dataDir: string, look: (client: pg.Client) => Promise<T>): Promise<T> {
  const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8')
  const client = new pg.Client({ host: socketOf(dataDir), port: 5432, user: 'postgres', password, database: 'countersign' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await look(client)
  } finally {
    await client.end()
  }
}

/** Every table of the service but the job queue's, as text: all rows, or those of one tenant in the tables that hold a tenant's. */
export function digestTables(dataDir: string, tenantId?: string): Promise<TableDigests> {
  return lookInside(dataDir, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'countersign'::regnamespace and relkind = 'r' and (relforcerowsecurity or $1) order by 1`,
      [tenantId === undefined],
    )
    const found: Record<string, { rows: number; digest: string }> = {}
    for (const { name } of tables) {
      const { rows } = await client.query<{ rows: number; digest: string | null }>(
        `select count(*)::int as rows, md5(string_agg(t::text, chr(10) order by t::text)) as digest from countersign.${name} t ${tenantId === undefined ? '' : 'where t.tenant_id = $1'}`,
        tenantId === undefined ? [] : [tenantId],
      )
      found[name] = { rows: rows[0]?.rows ?? 0, digest: rows[0]?.digest ?? '' }
    }
    return found
  })
}

/** Waits until no message of alerts is under way or due soon, and whoever is told of events in chats has read them all. */
export function untilNothingIsDue(dataDir: string): Promise<void> {
  return lookInside(dataDir, async (client) => {
    for (;;) {
      const { rows } = await client.query<{ due: number; behind: number }>(
        `select (select count(*)::int from countersign.alert_message
            where state = 'sending' or (state = 'waiting' and not_before::timestamptz < now() + interval '20 seconds')) as due,
          (select count(*)::int from countersign.event_cursor c where reader = 'chat/notify'
            and seq < (select max(seq) from countersign.event e where e.tenant_id = c.tenant_id)) as behind`,
      )
      if (rows[0]?.due === 0 && rows[0].behind === 0) return
      await wait(100)
    }
  })
}

/** Where bot/src/store/embedded-home.ts puts the socket: beside the files, or under a short name where that path is too long. */
function socketOf(dataDir: string): string {
  const link = readdirSync(dataDir).find((name) => /^postgres-\d+$/.test(name))
  if (link === undefined) throw new Error(`There is no database in ${dataDir}.`)
  const base = lstatSync(join(dataDir, link)).isSymbolicLink() ? dirname(readlinkSync(join(dataDir, link))) : dataDir
  const inside = join(base, 'socket')
  const short = join(tmpdir(), `countersign-${createHash('sha256').update(base).digest('hex').slice(0, 16)}`)
  return [inside, short].find((folder) => lstatSync(folder, { throwIfNoEntry: false })) ?? inside
}
