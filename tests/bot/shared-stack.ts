import { afterAll, beforeAll } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scanSchema } from '../../core/api/posture.ts'
import { apiWith, bearerFor, endService, startService, startTestEmulator, tenantNamed, type Api, type Service } from './service.ts'
import { until } from './until.ts'

/** An owner, an admin and a viewer of contoso-demo, and the owner of another tenant. */
const tenantOf = { ada: 'contoso-demo', bo: 'contoso-demo', cleo: 'contoso-demo', eve: 'second' } as const
const roleOf = { ada: 'owner', bo: 'admin', cleo: 'viewer', eve: 'owner' } as const
type Name = keyof typeof tenantOf
const names = ['ada', 'bo', 'cleo', 'eve'] as const

interface Stack {
  readonly emulator: Awaited<ReturnType<typeof startTestEmulator>>
  readonly service: Service
  /** Gone with the stack; holds each person's token. */
  readonly folder: string
  readonly tokens: Readonly<Record<Name, string>>
}
let running: Stack | undefined
let first: Promise<string> | undefined

/**
 * Gives all tests of a file one emulator and one service; called once, by the file that brings them together. Starting them costs more
 * than most tests do. What one test changes, the next ones see: each takes back what would be in their way.
 */
export function shareStack(): void {
  beforeAll(async () => {
    running = await startStack()
  })
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

/** Makes the scan that all tests of a file look at, once; answers its id. */
export function firstScan(): Promise<string> {
  return (first ??= scanToEnd().catch((problem: unknown) => {
    first = undefined
    throw problem
  }))
}

/** Scans contoso-demo; answers the scan's id. */
export async function scanToEnd(): Promise<string> {
  const { id } = scanSchema.parse((await by('ada').post('/api/scans')).body)
  return until(async () => {
    const { state } = scanSchema.parse((await by('ada').get(`/api/scans/${id}`)).body)
    if (state === 'failed' || state === 'stopped') throw new Error(`The scan ${state}.`)
    return state === 'finished' ? id : undefined
  }, 100)
}

async function startStack(): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), 'cs-shared-'))
  const emulator = await startTestEmulator()
  const person = (name: Name): string => `${name}@${tenantNamed(emulator, tenantOf[name]).domain}`
  const assigned = (tenant: string) =>
    names.filter((name) => tenantOf[name] === tenant).map((name) => ({ user: person(name), role: roleOf[name] }))
  const service = await startService({
    emulator,
    tenants: ['contoso-demo', 'second'],
    assignments: { 'contoso-demo': assigned('contoso-demo'), second: assigned('second') },
  })
  const tokens = { ada: '', bo: '', cleo: '', eve: '' }
  for (const name of names) {
    tokens[name] = await bearerFor(emulator, tenantOf[name], person(name), { resource: service.resource })
    writeFileSync(join(folder, `${name}.token`), tokens[name], { mode: 0o600 })
  }
  return { emulator, service, folder, tokens }
}
