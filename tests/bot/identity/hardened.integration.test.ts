import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { exceptionsSchema } from '../../../core/api/exceptions.ts'
import { callService, signIn } from '../../../tools/stack/connect-aid.ts'
import { startEmulator, type Emulator } from '../../../tools/stack/emulator.ts'
import { makePerson, type Person } from '../../../tools/stack/person.ts'
import { registerInTenants } from '../../../tools/stack/registrations.ts'
import { freePort, startService, type Service } from '../../../tools/stack/service.ts'

const policies = '/tenants/hardened/objects/identity/conditionalAccess/policies'
const users = z.looseObject({ includeUsers: z.array(z.string()), includeRoles: z.array(z.string()), excludeUsers: z.array(z.string()) })
const listed = z.object({
  objects: z.array(z.looseObject({ id: z.string(), displayName: z.string(), conditions: z.looseObject({ users: users.nullable() }) })),
})
const checkedSchema = z.object({ state: z.string(), detail: z.string().nullable(), policy: z.string().nullable() })
const scanSchema = z.looseObject({ id: z.string(), state: z.string() })
/** What these ask for no server can bring: a managed device, a fresh sign-in, one of the work countries. */
const exceptedFrom = ['Managed devices only', 'Sign in again every twelve hours', 'Block sign-in from elsewhere']

const folder = mkdtempSync(join(tmpdir(), 'cs-'))
// The built-in database runs as another account when the tests run as root, and has to get through.
chmodSync(folder, 0o755)
let emulator: Emulator
let service: Service
let origin: string
let ada: Person
let aid: { readonly id: string; readonly userPrincipalName: string }
/** Codes that do not pass before anything is changed. */
let asPlanted: readonly string[]
let planted: z.infer<typeof listed>['objects']

beforeAll(async () => {
  emulator = await startEmulator({ dataDir: join(folder, 'emulator') })
  const domain = emulator.ready.tenants['hardened']?.domain ?? ''
  origin = `http://localhost:${await freePort()}`
  const registrations = await registerInTenants(emulator, origin, ['hardened'])
  await emulator.control('PUT', '/sign-in', {
    evaluatePolicies: true,
    evidence: {
      [`aid@${domain}`]: { phishingResistant: true },
      '*': { phishingResistant: true, compliantDevice: true, country: 'FI' },
    },
  })
  service = await startService({ emulator, registrations, origin, tenantNames: ['hardened'], dataDir: join(folder, 'data') })
  ada = await signIn(origin, `ada@${domain}`)
  const { people } = z
    .object({ people: z.array(z.object({ id: z.string(), userPrincipalName: z.string() })) })
    .parse(await emulator.control('GET', '/tenants/hardened/people'))
  const found = people.find(({ userPrincipalName }) => userPrincipalName === `aid@${domain}`)
  if (!found) throw new Error('The tenant has no Aid.')
  aid = found
  planted = listed.parse(await emulator.control('GET', policies)).objects
}, 120_000)
afterAll(async () => {
  await service?.stop()
  await emulator?.stop()
  rmSync(folder, { recursive: true, force: true })
})

function call(method: string, path: string, body?: unknown): Promise<unknown> {
  return callService(ada, origin, method, path, body)
}

async function leaveOut(names: readonly string[]): Promise<void> {
  for (const { id, displayName, conditions } of planted)
    await emulator.control('PATCH', `${policies}/${id}`, {
      conditions: names.includes(displayName) ? { ...conditions, users: { ...conditions.users, excludeUsers: [aid.id] } } : conditions,
    })
}

async function connect(): Promise<string> {
  const { signInUrl } = z.object({ signInUrl: z.string() }).parse(await call('POST', '/api/aid/connect', { objectId: aid.id }))
  return (await makePerson(aid.userPrincipalName).open(signInUrl)).text
}

async function check(): Promise<z.infer<typeof checkedSchema>> {
  return checkedSchema.parse(await call('POST', '/api/aid/check', {}))
}

/** Verdicts of a new scan by the codes of their checks. */
async function scan(): Promise<ReadonlyMap<string, string>> {
  let scanned = scanSchema.parse(await call('POST', '/api/scans', {}))
  for (let attempt = 0; scanned.state !== 'finished' && attempt < 240; attempt++) {
    if (scanned.state === 'failed') throw new Error(`The scan failed: ${JSON.stringify(scanned)}`)
    await wait(500)
    scanned = scanSchema.parse(await call('GET', `/api/scans/${scanned.id}`))
  }
  const { checks } = z
    .looseObject({ checks: z.array(z.looseObject({ code: z.string(), verdict: z.string() })) })
    .parse(await call('GET', `/api/scans/${scanned.id}/judgement`))
  return new Map(checks.map(({ code, verdict }) => [code, verdict]))
}

function notPassing(verdicts: ReadonlyMap<string, string>): readonly string[] {
  return [...verdicts]
    .filter(([code, verdict]) => /^(CA|AID)-/.test(code) && (verdict === 'fail' || verdict === 'warn'))
    .map(([code]) => code)
}

describe('a hardened tenant', () => {
  it('keeps the Aid out while its policies leave nobody out', async () => {
    expect(await connect()).toContain('AADSTS53003')
    const verdicts = await scan()
    asPlanted = notPassing(verdicts)
    // What the tenant itself has open: its policy about tokens names two applications in place of all of Office 365.
    expect(asPlanted).toEqual(['CA-23'])
    expect([...verdicts].filter(([code]) => code.startsWith('AID-')).map(([, verdict]) => verdict)).toEqual(
      Array.from({ length: 4 }, () => 'notApplicable'),
    )
  }, 60_000)

  it('names the policy that stops a connected Aid', async () => {
    await leaveOut(exceptedFrom)
    expect(await connect()).toContain('The Aid is connected')
    expect(await check()).toMatchObject({ state: 'connected' })
    await leaveOut(exceptedFrom.filter((name) => name !== 'Managed devices only'))
    await scan()
    expect(await check()).toMatchObject({ state: 'needsSignIn', policy: 'Managed devices only' })
  }, 240_000)

  it('complains about an exclusion that nobody declared', async () => {
    await leaveOut(exceptedFrom)
    expect(await check()).toMatchObject({ state: 'connected' })
    const complaints = notPassing(await scan())
    expect(complaints.length).toBeGreaterThan(asPlanted.length)
    expect(complaints.filter((code) => code.startsWith('AID-'))).toEqual([])
  }, 240_000)

  it('passes once the owner has declared it with a reason, and lists it', async () => {
    const reason = 'The Aid signs in from a server: no managed device, no daily sign-in.'
    const wanted = { objectId: aid.id, kind: 'user', reason }
    expect(await call('POST', '/api/exceptions', wanted)).toMatchObject({ objectId: aid.id, reason, isAid: true })
    await expect(call('POST', '/api/exceptions', wanted)).rejects.toThrow('answered 409')
    await expect(call('POST', '/api/exceptions', { ...wanted, reason: ' ' })).rejects.toThrow('answered 400')
    const verdicts = await scan()
    expect(notPassing(verdicts)).toEqual(asPlanted)
    expect([...verdicts].filter(([code]) => code.startsWith('AID-')).map(([, verdict]) => verdict)).toEqual(
      Array.from({ length: 4 }, () => 'pass'),
    )
    const { exceptions, mayDeclare } = exceptionsSchema.parse(await call('GET', '/api/exceptions'))
    expect(mayDeclare).toBe(true)
    expect(exceptions).toHaveLength(1)
    expect(exceptions[0]?.policies?.toSorted()).toEqual([...exceptedFrom].sort())
    expect(await check()).toMatchObject({ state: 'connected' })
    expect(await call('DELETE', `/api/exceptions/${exceptions[0]?.id}`)).toEqual({ withdrawn: true })
    expect(exceptionsSchema.parse(await call('GET', '/api/exceptions')).exceptions).toEqual([])
  }, 240_000)
})
