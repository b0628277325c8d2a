import { createServer } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { startProgram, type Started } from './child.ts'
import type { Emulator } from './emulator.ts'
import type { DemoRegistrations } from './registrations.ts'

const root = join(import.meta.dirname, '..', '..')
const readySchema = z.object({ ready: z.literal(true), origin: z.string(), port: z.number() })
export type Service = Started<z.infer<typeof readySchema>>

export interface ServiceOptions {
  readonly emulator: Emulator
  readonly registrations: DemoRegistrations
  readonly origin: string
  readonly tenantNames: readonly string[]
  readonly dataDir: string
  readonly act?: 'on' | 'off'
  readonly chatUrl?: string
  /** Further or other settings. */
  readonly env?: Readonly<Record<string, string>>
  /** Program to start instead of the product's own, for tests that stop it in the middle. */
  readonly main?: string
  /** Leaves standard input open, for a test program that takes commands. */
  readonly keepStdin?: boolean
}

/** The environment of a deployment that talks to the emulator: only addresses, ids and the certificate authority differ from a real one. */
export function serviceEnvironment({
  emulator,
  registrations,
  origin,
  tenantNames,
  dataDir,
  act = 'on',
  chatUrl,
  env,
}: ServiceOptions): Record<string, string> {
  const { ready } = emulator
  const tenants = tenantNames.map((name) => ready.tenants[name]?.id ?? '')
  return {
    COUNTERSIGN_ORIGIN: origin,
    PORT: new URL(origin).port,
    COUNTERSIGN_TENANTS: tenants.join(','),
    COUNTERSIGN_AUTHORITY: ready.signIn,
    COUNTERSIGN_GRAPH: ready.graph,
    COUNTERSIGN_CA: ready.ca,
    NODE_EXTRA_CA_CERTS: ready.ca,
    COUNTERSIGN_ENVIRONMENT: 'emulator',
    COUNTERSIGN_ISOLATION: tenantNames.length > 1 ? 'shared' : 'dedicated',
    COUNTERSIGN_ACT: act,
    COUNTERSIGN_DATA: dataDir,
    READ_APP_ID: registrations.ids.read,
    READ_APP_SECRET: registrations.secrets.read,
    READ_API_RESOURCE: registrations.resource,
    ACT_APP_ID: registrations.ids.act,
    ACT_APP_SECRET: registrations.secrets.act,
    CHAT_APP_ID: registrations.ids.chat,
    CHAT_APP_SECRET: registrations.secrets.chat,
    BOT_OPENID_METADATA: `${ready.channel}/v1/.well-known/openidconfiguration`,
    BOT_LOGIN_URL: `${ready.signIn}/${tenants[0] ?? ''}`,
    BOT_SERVICE_HOSTS: new URL(ready.channel).host,
    ...(chatUrl === undefined ? {} : { CHAT_URL: chatUrl }),
    ...env,
  }
}

/** As docs/install.md starts it: a young heap of at most 12 MiB takes a scan no longer and the process some 50 MiB less. */
const heapWords = ['--max-semi-space-size=4']

/** Starts the service and waits until it answers. */
export async function startService(options: ServiceOptions): Promise<Service> {
  return startProgram([...heapWords, options.main ?? join(root, 'bot', 'src', 'main.ts')], readySchema, {
    name: 'The service',
    env: serviceEnvironment(options),
    ...(options.keepStdin ? { keepStdin: true } : {}),
  })
}

/**
 * Below the ports that systems hand out by themselves, so that nobody comes between the look and the use; each worker of the tests has a
 * stretch of its own.
 */
const ports = { from: 20_000, each: 1_000, workers: 10 }
let lastPort = Math.floor(Math.random() * ports.each)

/** A port of 127.0.0.1 that nobody uses right now, and another one each time. */
export async function freePort(): Promise<number> {
  const start = ports.from + (Number(process.env['JEST_WORKER_ID'] ?? 0) % ports.workers) * ports.each
  for (let tries = 0; tries < ports.each; tries += 1) {
    lastPort = (lastPort + 1) % ports.each
    if (await isFree(start + lastPort)) return start + lastPort
  }
  throw new Error('No free port was found.')
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
