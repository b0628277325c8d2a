/**
 * Holds one embedded PostgreSQL for all test files of a machine: it starts with the first of them, and ends three
 * seconds after the last has gone, killed ones included. Its folder stays, so that the next run starts faster.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../../../bot/src/store/embedded.ts'
import { migrate } from '../../../bot/src/store/migrate.ts'
import { provision } from '../../../bot/src/store/provision.ts'
import { schemaDigest } from './schema-digest.ts'

const directory = process.argv[2]
if (!directory) throw new Error('test-server.ts needs the folder that it may use.')
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

mkdirSync(directory, { recursive: true, mode: 0o700 })
const server = await startEmbedded(directory, silent)
const superuser = {
  ...server.connection,
  user: 'postgres',
  password: readFileSync(join(directory, 'postgres-password'), 'utf8'),
  database: 'postgres',
}
const template = `template_${schemaDigest()}`
await prepareTemplate()

const control = join(directory, 'control')
rmSync(control, { force: true })
let users = 0
let isEnding = false
let idle = setTimeout(endIfIdle, 10_000)
createServer((user) => {
  user.on('error', () => undefined)
  if (isEnding) return user.destroy()
  users++
  clearTimeout(idle)
  user.on('close', () => {
    if (--users === 0) idle = setTimeout(endIfIdle, 3_000)
  })
  user.write(`${JSON.stringify({ owner: server.connection, superuser, template })}\n`)
}).listen(control)
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end)

/** A database with every migration done, of which each test gets a copy. */
async function prepareTemplate(): Promise<void> {
  const client = new pg.Client(superuser)
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select datname as name from pg_database where datname like 'test\\_%' or datname like 'template\\_%'`,
  )
  for (const { name } of rows) if (name !== template) await client.query(`drop database "${name}" with (force)`)
  if (!rows.some(({ name }) => name === template)) {
    await client.query(`create database ${template}_draft owner countersign_owner`)
    const connection = { ...server.connection, database: `${template}_draft` }
    await provision(connection, silent)
    await migrate(connection, silent)
    await client.query(`alter database ${template}_draft rename to ${template}`)
  }
  await client.end()
}

/** Whoever came while this process was held up is let in first. */
function endIfIdle(): void {
  setImmediate(() => users === 0 && void end())
}

async function end(): Promise<void> {
  isEnding = true
  rmSync(control, { force: true })
  await server.stop()
  process.exit(0)
}
