import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startEmbedded } from '../../bot/src/store/embedded.ts'
import { isAlive } from '../../bot/src/store/embedded-process.ts'
import { migrate } from '../../bot/src/store/migrate.ts'
import { provision } from '../../bot/src/store/provision.ts'
import { schemaDigest } from './store/schema-digest.ts'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** A new data folder as a service's first start leaves it. */
export async function preparedDataDir(): Promise<string> {
  return prepareDataDir(mkdtempSync(join(tmpdir(), 'cs-')))
}

/** Makes this folder one as a service's first start leaves it, copied instead of made anew: half of the time that a start takes. */
export async function prepareDataDir(dataDir: string): Promise<string> {
  const template = join(tmpdir(), `countersign-data-${userInfo().uid}-${schemaDigest()}`)
  if (!existsSync(template)) await alone(`${template}.making`, async () => (existsSync(template) ? undefined : makeTemplate(template)))
  mkdirSync(dataDir, { recursive: true })
  copyFolder(template, dataDir)
  return dataDir
}

/** One process at a time does this; one that died at it is no hindrance. */
async function alone(place: string, work: () => Promise<void>): Promise<void> {
  while (!taken(place)) {
    if (isOver(place)) rmSync(place, { force: true })
    else await wait(100)
  }
  try {
    await work()
  } finally {
    rmSync(place, { force: true })
  }
}

/** The file holds the number of its maker. Written beside its place first, so that nobody reads it empty. */
function taken(place: string): boolean {
  const draft = `${place}.${process.pid}`
  writeFileSync(draft, String(process.pid))
  try {
    linkSync(draft, place)
    return true
  } catch {
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

function isOver(place: string): boolean {
  try {
    const maker = Number(readFileSync(place, 'utf8'))
    // Two files of this very process come one after the other.
    return maker === process.pid || !isAlive(maker)
  } catch {
    return true
  }
}

/** Made beside its place and moved there when it is whole; whoever comes second uses what the first has made. */
async function makeTemplate(template: string): Promise<void> {
  const draft = mkdtempSync(join(tmpdir(), 'cs-'))
  const server = await startEmbedded(draft, silent)
  try {
    await provision(server.connection, silent)
    await migrate(server.connection, silent)
  } finally {
    await server.stop()
  }
  try {
    renameSync(draft, template)
  } catch (problem) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(template)) throw problem
  }
}

/** With the files' owners, because PostgreSQL runs under an account of its own where the tests run as root. */
function copyFolder(from: string, to: string): void {
  if (process.platform === 'win32') return cpSync(from, to, { recursive: true })
  const { status, stderr } = spawnSync('cp', ['-a', `${from}/.`, to], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The prepared data folder could not be copied: ${stderr.trim()}`)
}
