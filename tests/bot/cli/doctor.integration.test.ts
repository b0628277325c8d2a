import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { startEmulator, type Emulator } from '../../../tools/stack/emulator.ts'
import { connectAid } from '../../../tools/stack/connect-aid.ts'
import { registerInTenants, type DemoRegistrations } from '../../../tools/stack/registrations.ts'
import { freePort, serviceEnvironment, startService } from '../../../tools/stack/service.ts'
import { lookAtStore } from '../../../bot/src/cli/doctor/database.ts'
import { lookAtPermissions } from '../../../bot/src/cli/doctor/permissions.ts'
import { parseConfig } from '../../../bot/src/config.ts'
import { openTestStore, testDeploymentKey } from '../store/test-store.ts'
import { prepareDataDir } from '../prepared-data.ts'
import { runCommand } from './command.ts'

const documentSchema = z.object({
  problems: z.number(),
  lines: z.array(
    z.object({ id: z.string(), state: z.enum(['ok', 'problem', 'unknown']), detail: z.string(), mend: z.string().nullable() }),
  ),
})
type Line = z.infer<typeof documentSchema>['lines'][number]

const folder = mkdtempSync(join(tmpdir(), 'cs-'))
// The built-in database runs as another account when the tests run as root, and has to get through.
chmodSync(folder, 0o755)
const dataDir = join(folder, 'data')
let emulator: Emulator
let origin: string
let registrations: DemoRegistrations
let settings: Record<string, string>

/** A deployment that has been used once: its service ran, an owner signed in and connected the Aid; what was seen while it ran is kept. */
let whileRunning: Examined
beforeAll(async () => {
  emulator = await startEmulator({ dataDir: join(folder, 'emulator') })
  origin = `http://localhost:${await freePort()}`
  registrations = await registerInTenants(emulator, origin, ['contoso-demo'])
  const { NODE_EXTRA_CA_CERTS: trusted, ...env } = serviceEnvironment({
    emulator,
    registrations,
    origin,
    tenantNames: ['contoso-demo'],
    dataDir,
  })
  // Trust must come from the settings alone.
  expect(trusted).toBe(env['COUNTERSIGN_CA'])
  settings = env
  await prepareDataDir(dataDir)
  const service = await startService({ emulator, registrations, origin, tenantNames: ['contoso-demo'], dataDir })
  try {
    await connectAid(emulator, origin, 'contoso-demo')
    whileRunning = await examine({})
  } finally {
    await service.stop()
  }
})
afterAll(async () => {
  await emulator.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Examined {
  readonly exitCode: number | null
  readonly line: (id: string) => Line
  readonly problems: readonly string[]
  readonly said: string
}

/** Runs the doctor with these settings instead of the good ones; undefined takes one away. */
async function examine(changed: Readonly<Record<string, string | undefined>>): Promise<Examined> {
  const env = Object.entries({ ...settings, ...changed }).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))
  const { exitCode, out, err } = await runCommand(['doctor', '--json'], { env: Object.fromEntries(env) as Record<string, string> })
  expect(err).toBe('')
  const { lines, problems } = documentSchema.parse(JSON.parse(out))
  const wrong = lines.filter(({ state }) => state === 'problem')
  expect(problems).toBe(wrong.length)
  expect(wrong.filter(({ mend }, index) => mend === null && index === wrong.length - 1)).toEqual([])
  for (const secret of Object.values(registrations.secrets)) expect(out).not.toContain(secret)
  return {
    exitCode,
    problems: wrong.map(({ id }) => id),
    said: out,
    line: (id) => {
      const found = lines.find((line) => line.id === id)
      if (!found) throw new Error(`The doctor said nothing about ${id}: ${out}`)
      return found
    },
  }
}

/** Settings whose database is not looked into, so that one broken thing is examined alone. */
const apart = { COUNTERSIGN_DATA: join(folder, 'not-there-yet') }

describe('countersign doctor', () => {
  it('while the service runs: asks it instead of its database, and says what cannot be seen', () => {
    expect(whileRunning.problems).toEqual([])
    expect(whileRunning.exitCode).toBe(0)
    expect(whileRunning.line('service').detail).toContain('It runs at')
    expect(whileRunning.line('database')).toMatchObject({ state: 'ok', detail: expect.stringContaining('it was asked instead') })
    for (const id of ['read-permissions', 'aid', 'act-permissions'])
      expect(whileRunning.line(id)).toMatchObject({ state: 'unknown', mend: expect.stringContaining('stop the service') })
  })

  it('while it does not run: everything is seen, and holds', async () => {
    const seen = await examine({})
    expect(seen.problems).toEqual([])
    expect(seen.exitCode).toBe(0)
    expect(seen.line('service').detail).toContain('not running')
    expect(seen.line('database').detail).toMatch(/^PostgreSQL 18\.\d+ answers and is up to date\.$/)
    expect(seen.line('aid').detail).toContain('Connected: aid@contoso-demo.example')
    for (const id of [
      'tls-trust',
      'clock',
      'graph',
      'registration-read',
      'registration-act',
      'registration-chat',
      'read-permissions',
      'act-permissions',
    ])
      expect(seen.line(id).state).toBe('ok')
  })

  it('leaves nothing behind that would keep the service from starting', async () => {
    const service = await startService({ emulator, registrations, origin, tenantNames: ['contoso-demo'], dataDir })
    await service.stop()
  })

  it('for a person: a line for each thing, and the sum', async () => {
    const { exitCode, out } = await runCommand(['doctor'], { env: { ...settings, ...apart } })
    expect(out).toMatch(/^ok {6}Settings: Complete: http:\/\/localhost:\d+, one tenant, act plane on, environment emulator\.$/m)
    expect(out).toMatch(/\n\d+ ok, 0 problems, \d unknown\.\n$/)
    expect(out).toMatch(/There is none yet; the first start of the service makes it/)
    expect(exitCode).toBe(0)
  })

  it.each([
    {
      name: 'a tenant that does not exist',
      change: { COUNTERSIGN_TENANTS: '11111111-1111-4111-8111-111111111111' },
      problems: ['sign-in-service'],
      says: ['sign-in-service', 'It does not know the tenant'],
    },
    {
      name: 'a wrong secret of the bot',
      change: { CHAT_APP_SECRET: 'wrong' },
      problems: ['registration-chat'],
      says: ['registration-chat', 'The secret is wrong (AADSTS7000215).'],
    },
    {
      name: 'an application id that the tenant does not know',
      change: { READ_APP_ID: '11111111-1111-4111-8111-111111111111' },
      problems: ['registration-read'],
      says: ['registration-read', 'The tenant does not know this application id (AADSTS700016).'],
    },
    {
      name: 'no trust in the certificates',
      change: { COUNTERSIGN_CA: undefined },
      problems: ['sign-in-service', 'tls-trust', 'graph'],
      says: ['tls-trust', 'is not trusted on this machine'],
    },
    {
      name: 'a certificate authority that is not there',
      change: { COUNTERSIGN_CA: '/nowhere/ca.pem' },
      problems: ['certificate-authority', 'sign-in-service', 'tls-trust', 'graph'],
      says: ['certificate-authority', 'does not exist'],
    },
    {
      name: 'a database that is not there',
      change: { DATABASE_URL: 'postgres://u:pass-word@127.0.0.1:1/x', DEPLOYMENT_KEY: Buffer.alloc(32, 7).toString('base64') },
      problems: ['database'],
      says: ['database', 'PostgreSQL cannot be reached'],
    },
  ])('finds $name, and nothing else wrong', async ({ change, problems, says: [id = '', text] }) => {
    const seen = await examine({ ...apart, ...change })
    expect(seen.problems).toEqual(problems)
    expect(seen.exitCode).toBe(1)
    expect(seen.line(id).detail).toContain(text)
    expect(seen.said).not.toContain('pass-word')
  })

  it('finds Graph unreachable, a data folder that is a file, and another program on the port', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    const other = createServer((_request, response) => void response.end('hello'))
    await new Promise<void>((resolve) => other.listen(Number(new URL(origin).port), '127.0.0.1', resolve))
    const seen = await examine({ COUNTERSIGN_GRAPH: `https://localhost:${await freePort()}`, COUNTERSIGN_DATA: file }).finally(async () => {
      other.closeAllConnections()
      await new Promise((resolve) => other.close(resolve))
    })
    expect(seen.problems).toEqual(['service', 'database', 'graph'])
    expect(seen.line('graph').detail).toContain('Nothing answers at localhost:')
    expect(seen.line('tls-trust').state).toBe('unknown')
  })

  it('finds a deployment key that is not the one of the database', async () => {
    const wrong = await examine({ DEPLOYMENT_KEY: Buffer.alloc(32, 9).toString('base64') })
    expect(wrong.problems).toEqual(['database'])
    expect(wrong.line('database').detail).toContain('DEPLOYMENT_KEY')
  })

  it('asks for nothing of the act plane where it is off', async () => {
    const seen = await examine({ ...apart, COUNTERSIGN_ACT: 'off', ACT_APP_ID: undefined, ACT_APP_SECRET: undefined })
    expect(seen.problems).toEqual([])
    expect(seen.line('registration-act').detail).toContain('not needed while the act plane is off')
  })

  it('looks into an external database even while the service runs', async () => {
    const answer = parseConfig(settings)
    if (answer.kind === 'wrong') throw new Error(answer.message)
    const test = await openTestStore()
    try {
      const config = { ...answer.config, store: { databaseUrl: test.databaseUrl }, deploymentKey: Buffer.from(testDeploymentKey) }
      const { line, store } = await lookAtStore(config, true)
      const lines = await lookAtPermissions(config, store, true)
      await store?.close()
      expect(line).toMatchObject({ state: 'ok', detail: expect.stringContaining('answers and is up to date') })
      expect(lines.map(({ id, state }) => [id, state])).toEqual([
        ['read-permissions', 'unknown'],
        ['aid', 'problem'],
        ['act-permissions', 'unknown'],
      ])
    } finally {
      await test.close()
    }
  })

  it('names every missing setting and looks no further', async () => {
    const { exitCode, out } = await runCommand(['doctor'])
    expect(exitCode).toBe(1)
    for (const key of ['COUNTERSIGN_ORIGIN', 'COUNTERSIGN_TENANTS', 'READ_APP_ID', 'READ_APP_SECRET', 'READ_API_RESOURCE'])
      expect(out).toContain(`${key} is missing`)
    expect(out).toContain('The rest is looked at once the settings are complete.')
  })
})
