import { afterAll, beforeAll } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scanSchema } from '../../core/api/posture.ts'
import {
  apiWith,
  bearerFor,
  endService,
  register,
  startService,
  startTestEmulator,
  tenantNamed,
  type Api,
  type Service,
} from './service.ts'
import { until } from './until.ts'

/** An owner, an admin and a viewer of contoso-demo, and the owner of another tenant. */
const tenantOf = { ada: 'contoso-demo', bo: 'contoso-demo', cleo: 'contoso-demo', eve: 'second' } as const
const roleOf = { ada: 'owner', bo: 'admin', cleo: 'viewer', eve: 'owner' } as const
type Name = keyof typeof tenantOf
const names = ['ada', 'bo', 'cleo', 'eve'] as const

interface Stack {
  readonly emulator: Awaited<ReturnType<typeof startTestEmulator>>
  /** Another one after `killService`, at the same address. */
  service: Service
  /** Gone with the stack; holds each person's token. */
  readonly folder: string
  readonly tokens: Record<Name, string>
}
let running: Stack | undefined
/** Scans of contoso-demo that came to their end, oldest first. */
const finished: string[] = []

/**
 * Gives all tests of a file one emulator and one service; called once, by the file that brings them together. Starting them costs more
 * than most tests do. What one test changes, the next ones see: each takes back what would be in their way.
 */
export function shareStack(): void {
  beforeAll(startStack)
  afterAll(async () => {
    if (!running) return
    await endService(running.service)
    await running.emulator.end()
    rmSync(running.folder, { recursive: true, force: true })
  })
}

export function stack(): Stack {
  if (!running) throw new Error('The shared stack does not run: it is started before the tests, not while they are listed.')
  return running
}

/** The service's API as this person. */
export function by(name: Name): Api {
  return apiWith(stack().service.origin, stack().tokens[name])
}

/** The words by which the command line works as this person. */
export function as(name: Name): readonly string[] {
  return ['--service', stack().service.origin, '--token-file', join(stack().folder, `${name}.token`)]
}

/** The newest scan, made now if there is none yet: what only looks at a scan needs none of its own. */
export async function newestScan(): Promise<string> {
  return finished.at(-1) ?? scanToEnd()
}

/** Every scan of contoso-demo so far that came to its end, oldest first. */
export function allScans(): readonly string[] {
  return finished
}

/** Scans contoso-demo; answers the scan's id. */
export async function scanToEnd(): Promise<string> {
  return scanEnded(scanSchema.parse((await by('ada').post('/api/scans')).body).id)
}

/** Waits for the end of a scan of contoso-demo. */
export async function scanEnded(id: string): Promise<string> {
  await until(async () => {
    const { state } = scanSchema.parse((await by('ada').get(`/api/scans/${id}`)).body)
    if (state === 'failed' || state === 'stopped') throw new Error(`The scan ${state}.`)
    return state === 'finished' || undefined
  }, 250)
  if (!finished.includes(id)) finished.push(id)
  return id
}

/** Kills the service without warning, does this, and starts it again on the same data. */
export async function killService(meanwhile: () => Promise<unknown>): Promise<void> {
  const { service } = stack()
  const gone = new Promise((resolve) => service.process.once('exit', resolve))
  service.process.kill('SIGKILL')
  await gone
  await meanwhile()
  stack().service = await service.again()
}

/** Gives contoso-demo's consent and roles again as they were at the start. */
export function consentAgain(): Promise<void> {
  const { emulator, service } = stack()
  return register(emulator, 'contoso-demo', service.origin, assigned(emulator, 'contoso-demo'))
}

/** Signs the person in anew, for the calls and the command lines after it. */
export async function signInAgain(name: Name): Promise<void> {
  const { emulator, service, folder, tokens } = stack()
  tokens[name] = await bearerFor(emulator, tenantOf[name], addressOf(emulator, name), { resource: service.resource })
  writeFileSync(join(folder, `${name}.token`), `${tokens[name]}\n`, { mode: 0o600 })
}

export function addressOf(emulator: Stack['emulator'], name: Name): string {
  return `${name}@${tenantNamed(emulator, tenantOf[name]).domain}`
}

function assigned(emulator: Stack['emulator'], tenant: string) {
  return names.filter((name) => tenantOf[name] === tenant).map((name) => ({ user: addressOf(emulator, name), role: roleOf[name] }))
}

async function startStack(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cs-shared-'))
  const emulator = await startTestEmulator()
  const service = await startService({
    emulator,
    tenants: ['contoso-demo', 'second'],
    alsoRegisteredIn: ['hardened'],
    assignments: { 'contoso-demo': assigned(emulator, 'contoso-demo'), second: assigned(emulator, 'second') },
  })
  running = { emulator, service, folder, tokens: { ada: '', bo: '', cleo: '', eve: '' } }
  for (const name of names) await signInAgain(name)
}
