import { afterAll } from '@jest/globals'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { z } from 'zod'
import { openStore, type Store } from '../../../bot/src/store/database.ts'
import { ensureTenant } from '../../../bot/src/store/tenants.ts'
import { writeTx, type StoredJob } from '../../../bot/src/store/transaction.ts'

const connectionSchema = z.object({ host: z.string(), port: z.number(), user: z.string(), password: z.string(), database: z.string() })
const greetingSchema = z.object({ owner: connectionSchema, superuser: connectionSchema, template: z.string() })
type Connection = z.infer<typeof connectionSchema>

export const testDeploymentKey = new Uint8Array(32).fill(7)
export const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined }

export interface TestStore {
  readonly store: Store
  /** As the role that owns the tables. */
  readonly owner: Connection
  readonly databaseUrl: string
  /** Makes a tenant and answers a principal of it. */
  readonly newTenant: (displayName?: string) => Promise<StoredJob>
  /** Closes the store and drops its database. */
  readonly close: () => Promise<void>
}

/** Gives `fn` a store on a fresh database of the shared server. */
export async function withStore<T>(fn: (store: Store, test: TestStore) => Promise<T>): Promise<T> {
  const test = await openTestStore()
  try {
    return await fn(test.store, test)
  } finally {
    await test.close()
  }
}

/** The same for `beforeAll`; close it in `afterAll`. */
export async function openTestStore(): Promise<TestStore> {
  const { owner, superuser, template } = await sharedServer()
  const database = `test_${randomUUID().replaceAll('-', '')}`
  open += 1
  await asUser(superuser, (client) => client.query(`create database ${database} template ${template} owner ${owner.user}`))
  const databaseUrl = `postgresql://${owner.user}:${owner.password}@/${database}?host=${encodeURIComponent(owner.host)}&port=${owner.port}`
  const store = await openStore({ databaseUrl, deploymentKey: testDeploymentKey }, silentLog)
  return {
    store,
    owner: { ...owner, database },
    databaseUrl,
    newTenant: (displayName = 'Contoso') => newTenant(store, displayName),
    close: async () => {
      await store.close()
      await asUser(superuser, (client) => client.query(`drop database ${database} with (force)`))
      open -= 1
      letGo()
    },
  }
}

export async function newTenant(store: Store, displayName = 'Contoso'): Promise<StoredJob> {
  const principal = { tenantId: randomUUID(), objectId: randomUUID() }
  await writeTx(store, principal, (tx) => ensureTenant(tx, { displayName, domain: 'contoso.com', at: new Date().toISOString() }))
  return principal
}

export async function asUser<T>(connection: Connection, fn: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await fn(client)
  } finally {
    await client.end()
  }
}

const directory = join(tmpdir(), `countersign-test-${process.getuid?.() ?? 'user'}`)
let greeting: Promise<z.infer<typeof greetingSchema>> | undefined
let held: Socket | undefined
/** Databases that were not dropped yet; those that a test forgets keep the server as long as this process lives. */
let open = 0
let isOver = false
// Of all that a file does at its end this comes first: its stores are closed after it.
afterAll(() => {
  isOver = true
  letGo()
})

function letGo(): void {
  if (isOver && open === 0) held?.destroy()
}

/** Joins the shared server, or starts it; holding the connection keeps it alive. */
async function sharedServer(): Promise<z.infer<typeof greetingSchema>> {
  return (greeting ??= joinServer())
}

async function joinServer(): Promise<z.infer<typeof greetingSchema>> {
  let lastSpawned = -Infinity
  for (;;) {
    const socket = await tryConnect(join(directory, 'control'))
    // A server that is about to end takes nobody in.
    const line = socket && (await lineFrom(socket))
    if (line !== undefined) {
      held = socket
      socket?.unref()
      return greetingSchema.parse(JSON.parse(line))
    }
    if (performance.now() - lastSpawned > spawnAgainMs) {
      spawnServer()
      lastSpawned = performance.now()
    }
    await wait(50)
  }
}

/** What the server says first; undefined where it hangs up instead. */
function lineFrom(socket: Socket): Promise<string | undefined> {
  let text = ''
  return new Promise((resolve) => {
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8')
      if (text.endsWith('\n')) resolve(text)
    })
    socket.once('close', () => resolve(undefined))
  })
}

/** A server that was on its way down when it was looked for has gone by then; how long one takes to start is for the test's limit to say. */
const spawnAgainMs = 10_000

/** One that finds another at work on the folder ends by itself. */
function spawnServer(): void {
  spawn(process.execPath, [fileURLToPath(new URL('./test-server.ts', import.meta.url)), directory], {
    detached: true,
    stdio: 'ignore',
  }).unref()
}

async function tryConnect(path: string): Promise<Socket | undefined> {
  if (!existsSync(path)) return undefined
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(undefined))
  })
}
