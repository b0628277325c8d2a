import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { actions } from '../../../core/actions/catalogue.ts'
import { startingActions } from '../../../core/actions/needs.ts'
import { exceptionsSchema } from '../../../core/api/exceptions.ts'
import { makePerson } from '../../../tools/stack/person.ts'
import { prepareAid } from '../../../tools/stack/registrations.ts'
import { apiWith, bearerFor, endService, startService, startTestEmulator, tenantNamed, type Api, type Service } from '../service.ts'

const policies = '/tenants/hardened/objects/identity/conditionalAccess/policies'
const users = z.looseObject({ includeUsers: z.array(z.string()), includeRoles: z.array(z.string()), excludeUsers: z.array(z.string()) })
const listed = z.object({
  objects: z.array(z.looseObject({ id: z.string(), displayName: z.string(), conditions: z.looseObject({ users: users.nullable() }) })),
})
const checkedSchema = z.object({ state: z.string(), detail: z.string().nullable(), policy: z.string().nullable() })
const scanSchema = z.looseObject({ id: z.string(), state: z.string() })
/** What these ask for no server can bring: a managed device, a fresh sign-in, one of the work countries. */
const exceptedFrom = ['Managed devices only', 'Sign in again every twelve hours', 'Block sign-in from elsewhere']

let emulator: Awaited<ReturnType<typeof startTestEmulator>>
let service: Service
let ada: Api
let aid: { readonly id: string; readonly userPrincipalName: string }
let planted: z.infer<typeof listed>['objects']

beforeAll(async () => {
  emulator = await startTestEmulator()
  const { domain } = tenantNamed(emulator, 'hardened')
  await emulator.control('PUT', '/sign-in', {
    evaluatePolicies: true,
    evidence: {
      [`aid@${domain}`]: { phishingResistant: true },
      '*': { phishingResistant: true, compliantDevice: true, country: 'FI' },
    },
  })
  service = await startService({ emulator, tenants: ['hardened'] })
  await prepareAid(emulator, 'hardened', domain, startingActions(actions))
  ada = apiWith(service.origin, await bearerFor(emulator, 'hardened', `ada@${domain}`, { resource: service.resource }))
  const { people } = z
    .object({ people: z.array(z.object({ id: z.string(), userPrincipalName: z.string() })) })
    .parse(await emulator.control('GET', '/tenants/hardened/people'))
  const found = people.find(({ userPrincipalName }) => userPrincipalName === `aid@${domain}`)
  if (!found) throw new Error('The tenant has no Aid.')
  aid = found
  planted = listed.parse(await emulator.control('GET', policies)).objects
}, 120_000)
afterAll(async () => {
  await endService(service)
  await emulator.end()
})

async function leaveOut(names: readonly string[]): Promise<void> {
  for (const { id, displayName, conditions } of planted)
    await emulator.control('PATCH', `${policies}/${id}`, {
      conditions: names.includes(displayName) ? { ...conditions, users: { ...conditions.users, excludeUsers: [aid.id] } } : conditions,
    })
}

async function connect(): Promise<string> {
  const begun = await ada.post('/api/aid/connect', { objectId: aid.id })
  expect(begun.status).toBe(200)
  const { signInUrl } = z.object({ signInUrl: z.string() }).parse(begun.body)
  return (await makePerson(aid.userPrincipalName).open(signInUrl)).text
}

async function check(): Promise<z.infer<typeof checkedSchema>> {
  return checkedSchema.parse((await ada.post('/api/aid/check')).body)
}

/** Verdicts of a new scan by the codes of their checks. */
async function scan(): Promise<ReadonlyMap<string, string>> {
  let scanned = scanSchema.parse((await ada.post('/api/scans')).body)
  for (let attempt = 0; scanned.state !== 'finished' && attempt < 240; attempt++) {
    if (scanned.state === 'failed') throw new Error(`The scan failed: ${JSON.stringify(scanned)}`)
    await wait(500)
    scanned = scanSchema.parse((await ada.get(`/api/scans/${scanned.id}`)).body)
  }
  const { checks } = z
    .looseObject({ checks: z.array(z.looseObject({ code: z.string(), verdict: z.string() })) })
    .parse((await ada.get(`/api/scans/${scanned.id}/judgement`)).body)
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
    expect(notPassing(await scan())).not.toEqual([])
  }, 240_000)

  it('passes once the owner has declared it with a reason, and lists it', async () => {
    const reason = 'The Aid signs in from a server: no managed device, no daily sign-in.'
    const wanted = { objectId: aid.id, kind: 'user', reason }
    const declared = await ada.post('/api/exceptions', wanted)
    expect(declared).toMatchObject({ status: 200, body: { objectId: aid.id, reason, isAid: true } })
    expect((await ada.post('/api/exceptions', wanted)).status).toBe(409)
    expect((await ada.post('/api/exceptions', { ...wanted, reason: ' ' })).status).toBe(400)
    expect(notPassing(await scan())).toEqual([])
    const { exceptions, mayDeclare } = exceptionsSchema.parse((await ada.get('/api/exceptions')).body)
    expect(mayDeclare).toBe(true)
    expect(exceptions).toHaveLength(1)
    expect(exceptions[0]?.policies?.toSorted()).toEqual([...exceptedFrom].sort())
    expect(await check()).toMatchObject({ state: 'connected' })
    const withdrawn = await ada.delete(`/api/exceptions/${exceptions[0]?.id}`)
    expect(withdrawn.body).toEqual({ withdrawn: true })
    expect(exceptionsSchema.parse((await ada.get('/api/exceptions')).body).exceptions).toEqual([])
  }, 240_000)
})
