import { afterAll, afterEach, describe, expect, it } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, chownSync, existsSync, lstatSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { blockedAt, serverAccount } from '../../../bot/src/store/embedded-account.ts'
import { isAlive } from '../../../bot/src/store/embedded-process.ts'
import { openStore, type Store } from '../../../bot/src/store/database.ts'
import { findingHistory } from '../../../bot/src/store/findings.ts'
import { readTx } from '../../../bot/src/store/transaction.ts'
import { asUser, silentLog, testDeploymentKey } from './test-store.ts'

const folders: string[] = []
const script = fileURLToPath(new URL('./store-process.ts', import.meta.url))
/** Making a database is what takes long, so tests that can share one do. */
const shared = newFolder()
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
})
afterAll(async () => {
  for (const folder of folders) {
    const server = serverPid(folder)
    if (server !== undefined && isAlive(server)) {
      process.kill(server, 'SIGINT')
      await until(() => !isAlive(server))
    }
    const cluster = clusterOf(folder)
    if (cluster !== undefined && !cluster.startsWith(realpathSync(folder))) rmSync(dirname(cluster), { recursive: true, force: true })
    rmSync(folder, { recursive: true, force: true })
  }
})

function newFolder(prefix = 'cs-'): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

function clusterOf(folder: string): string | undefined {
  const path = ['', 'x'.repeat(100)].map((below) => join(folder, below, 'postgres-18')).find((candidate) => existsSync(candidate))
  return path && realpathSync(path)
}

function serverPid(folder: string): number | undefined {
  const path = join(clusterOf(folder) ?? folder, 'postmaster.pid')
  return existsSync(path) ? Number(readFileSync(path, 'utf8').split('\n')[0]) : undefined
}

/** As long as the test's own limit lets it. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(20)
}

interface Running {
  readonly child: ChildProcess
  readonly lines: string[]
  readonly ended: Promise<number | null>
}

function run(
  dataDir: string,
  {
    tenantId = randomUUID(),
    task = 'write',
    identity = {},
  }: { tenantId?: string; task?: 'write' | 'rest'; identity?: { uid?: number; gid?: number } } = {},
): Running {
  const child = spawn(process.execPath, [script, dataDir, tenantId, task], { stdio: ['ignore', 'pipe', 'inherit'], cwd: '/', ...identity })
  children.push(child)
  const lines: string[] = []
  let rest = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString('utf8')).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
  })
  return { child, lines, ended: new Promise((resolve) => child.once('close', resolve)) }
}

function open(dataDir: string): Promise<Store> {
  return openStore({ dataDir, deploymentKey: testDeploymentKey }, silentLog)
}

describe('embedded PostgreSQL', () => {
  it('loses no acknowledged write when its process is killed, and the orphaned server is replaced', async () => {
    const folder = shared
    const tenantId = randomUUID()
    const writer = run(folder, { tenantId })
    await until(() => writer.lines.includes('wrote 200'))
    const server = serverPid(folder) ?? 0
    writer.child.kill('SIGKILL')
    await writer.ended
    expect(isAlive(server)).toBe(true)

    const begin = performance.now()
    const store = await open(folder)
    if (process.env['DRILL'] === '1') expect(performance.now() - begin).toBeLessThan(10_000)
    expect(isAlive(server)).toBe(false)
    const there = new Set(
      (await readTx(store, { tenantId, objectId: tenantId }, (tx) => findingHistory(tx, 'acknowledged', 1_000_000))).map(
        ({ findingKey }) => findingKey,
      ),
    )
    await store.close()
    const acknowledged = writer.lines.filter((line) => line.startsWith('wrote ')).map((line) => line.slice('wrote '.length))
    expect(acknowledged.length).toBeGreaterThan(200)
    expect(acknowledged.filter((key) => !there.has(key))).toEqual([])
  })

  it('keeps them too when the server is killed with it', async () => {
    const folder = shared
    const tenantId = randomUUID()
    const writer = run(folder, { tenantId })
    await until(() => writer.lines.includes('wrote 50'))
    process.kill(serverPid(folder) ?? 0, 'SIGKILL')
    writer.child.kill('SIGKILL')
    await writer.ended
    const store = await open(folder)
    const there = await readTx(store, { tenantId, objectId: tenantId }, (tx) => findingHistory(tx, 'acknowledged', 1_000_000))
    await store.close()
    expect(there.length).toBeGreaterThanOrEqual(writer.lines.filter((line) => line.startsWith('wrote ')).length)
  })

  it('refuses a second process on the same folder, by pid, and lets it in afterwards', async () => {
    const folder = shared
    const store = await open(folder)
    const second = run(folder)
    expect(await second.ended).toBe(1)
    expect(second.lines.at(-1)).toContain(`is in use by process ${process.pid} `)
    expect(second.lines.at(-1)).toContain('COUNTERSIGN_DATA')
    await store.close()
    const third = run(folder, { task: 'rest' })
    await until(() => third.lines.includes('open'))
    third.child.kill('SIGTERM')
    expect(await third.ended).toBe(0)
  })

  it('lets exactly one of several processes take over from a dead one', async () => {
    const dead = run(shared, { task: 'rest' })
    await until(() => dead.lines.includes('open'))
    dead.child.kill('SIGKILL')
    await dead.ended
    const rivals = Array.from({ length: 4 }, () => run(shared, { task: 'rest' }))
    const settled = () => rivals.filter(({ lines }) => lines.some((line) => line === 'open' || line.startsWith('problem')))
    await until(() => settled().length === 4)
    const winners = rivals.filter(({ lines }) => lines.includes('open'))
    expect(winners).toHaveLength(1)
    expect(
      rivals.filter(({ lines }) => lines.some((line) => line.includes(`is in use by process ${winners[0]?.child.pid} `))),
    ).toHaveLength(3)
    winners[0]?.child.kill('SIGTERM')
    expect(await winners[0]?.ended).toBe(0)
  })

  it('closes cleanly on SIGTERM while it writes', async () => {
    const folder = shared
    const writer = run(folder)
    await until(() => writer.lines.includes('wrote 20'))
    const server = serverPid(folder) ?? 0
    writer.child.kill('SIGTERM')
    expect(await writer.ended).toBe(0)
    expect(writer.lines.at(-1)).toBe('closed')
    expect(writer.lines.filter((line) => line.startsWith('log') || line.startsWith('problem'))).toEqual([])
    expect(isAlive(server)).toBe(false)
    expect(existsSync(join(folder, 'countersign.lock'))).toBe(false)
    expect(serverPid(folder)).toBeUndefined()
  })

  it('works for an ordinary user', async () => {
    const folder = newFolder()
    // As root this test becomes an ordinary user, where that user can read the code at all.
    const account = serverAccount()
    const identity = account && blockedAt(script, account) === undefined ? account : undefined
    if (identity) chownSync(folder, identity.uid, identity.gid)
    const resting = run(folder, { task: 'rest', ...(identity ? { identity: { uid: identity.uid, gid: identity.gid } } : {}) })
    await until(() => resting.lines.includes('open'))
    expect(lstatSync(join(folder, 'postgres-password')).uid).toBe(identity?.uid ?? process.getuid?.())
    resting.child.kill('SIGTERM')
    expect(await resting.ended).toBe(0)
  })

  it('works below a folder that nobody else may enter, and with a path too long for a socket', async () => {
    const folder = newFolder()
    chmodSync(folder, 0o700)
    const dataDir = join(folder, 'x'.repeat(100))
    const store = await open(dataDir)
    expect(store.serverVersion).toMatch(/^PostgreSQL 18/)
    await store.close()
    const again = await open(dataDir)
    await again.close()
    expect(lstatSync(join(dataDir, 'postgres-password')).mode & 0o077).toBe(0)
  })

  it('refuses a service role that could bypass the wall between tenants, and an unreachable server', async () => {
    const folder = shared
    const store = await open(folder)
    const superuser = {
      host: join(folder, 'socket'),
      port: 5432,
      user: 'postgres',
      password: readFileSync(join(folder, 'postgres-password'), 'utf8'),
      database: 'countersign',
    }
    const alter = (flags: string) => asUser(superuser, (client) => client.query(`alter role countersign_service ${flags}`))
    await alter('bypassrls')
    const url = `postgresql://postgres:${superuser.password}@/countersign?host=${encodeURIComponent(superuser.host)}`
    const openByUrl = () => openStore({ databaseUrl: url, deploymentKey: testDeploymentKey }, silentLog)
    await expect(openByUrl()).rejects.toThrow('allowed to bypass row level security')
    await alter('nobypassrls superuser')
    await expect(openByUrl()).rejects.toThrow('is a superuser')
    await store.close()
    await expect(open(folder)).rejects.toThrow('ALTER ROLE countersign_service NOSUPERUSER NOBYPASSRLS')
    expect(existsSync(join(folder, 'countersign.lock'))).toBe(false)
    await expect(
      openStore({ databaseUrl: 'postgresql://nobody@127.0.0.1:1/none', deploymentKey: testDeploymentKey }, silentLog),
    ).rejects.toThrow('Check DATABASE_URL')
    await expect(openStore({ dataDir: folder, deploymentKey: new Uint8Array(31) }, silentLog)).rejects.toThrow('it must have 32')
  })
})
