import { readdirSync, readFileSync, readlinkSync, lstatSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { reasonsToLook } from '../../bot/src/engine/alerts/look.ts'

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

/** What the service writes by its own clock, whoever asks for what: how far its readers have come and when alerts were looked at. */
const byItself = ['event_cursor', 'alert_part']

/** Every table of the service but the job queue's and what it writes by itself, as text: all rows, or those of one tenant in the tables that hold a tenant's. */
export function digestTables(dataDir: string, tenantId?: string): Promise<TableDigests> {
  return lookInside(dataDir, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'countersign'::regnamespace and relkind = 'r' and (relforcerowsecurity or $1)
        and relname <> all ($2) order by 1`,
      [tenantId === undefined, byItself],
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

/** What is under way, or due within `soon`, without anybody asking for it. */
const underWay = (soon: string): string => `select
  (select count(*)::int from countersign.alert_message
    where state = 'sending' or (state = 'waiting' and not_before::timestamptz < ${soon})) as messages,
  (select count(*)::int from countersign.event_cursor c where reader = 'chat/notify'
    and seq < (select max(seq) from countersign.event e where e.tenant_id = c.tenant_id)) as cards,
  (select count(*)::int from countersign.tenant t
    where (select max(seq) from countersign.event e where e.tenant_id = t.tenant_id and kind = any ($1))
      > coalesce((select seq from countersign.event_cursor c where c.tenant_id = t.tenant_id and reader = 'engine/alerts'), 0)) as alerts,
  (select count(*)::int from countersign.offer where state = 'live' and expires_at < ${soon}) as offers,
  (select count(*)::int from countersign.echo where next_look_at < ${soon}) as echoes,
  (select count(*)::int from pgboss.job where state in ('created', 'retry', 'active') and start_after < ${soon} and name not like '\\_\\_%') as jobs`

/** Waits until nothing is under way in the service by itself, nor due within the next half minute: what changes then, somebody has asked for. */
export function untilNothingIsDue(dataDir: string): Promise<void> {
  return lookInside(dataDir, async (client) => {
    for (;;) {
      const { rows } = await client.query<Record<string, number>>(underWay(`now() + interval '30 seconds'`), [reasonsToLook])
      if (rows.length === 1 && Object.values(rows[0] ?? {}).every((count) => count === 0)) return
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
