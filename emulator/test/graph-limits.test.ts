import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collection, put } from '../tenants/tenant.ts'
import { createWorld, findTenant } from '../tenants/world.ts'
import type { World } from '../tenants/world.ts'
import { callerOf, readScopes, send } from './graph-world.ts'

const START = Date.parse('2026-11-22T12:00:00Z')

function largeAt(users: number): { world: World; caller: ReturnType<typeof callerOf>; tick: (ms: number) => void } {
  let now = START
  const world = createWorld({ seed: 1, tenants: ['large'], largeUsers: users, now: () => now })
  world.settings.throttling = true
  return {
    world,
    caller: callerOf(world, 'ada@large.example', [...readScopes, 'IdentityRiskyUser.Read.All']),
    tick: (ms) => {
      now += ms
    },
  }
}

test('a tenant of more than 500 people has 8,000 units in ten seconds, refused requests counted', async () => {
  const { world, caller, tick } = largeAt(1000)
  const plain = '/groups?$top=1'
  for (let index = 0; index < 8000; index += 1) assert.equal((await send(world, caller, 'GET', plain)).status, 200)
  tick(6000)
  assert.deepEqual((await send(world, caller, 'GET', plain)).headers['retry-after'], '4')
  tick(4000)
  // The window is free again but for the refused request.
  assert.equal((await send(world, caller, 'GET', plain)).status, 200)
})

test('a long day of requests costs the same at its end', async () => {
  const { world, caller, tick } = largeAt(1000)
  const lap = async (): Promise<number> => {
    const before = performance.now()
    for (let index = 0; index < 1500; index += 1) {
      tick(3)
      await send(world, caller, 'GET', '/domains')
    }
    return performance.now() - before
  }
  await lap()
  const early = await lap()
  for (let number = 0; number < 4; number += 1) await lap()
  assert.ok((await lap()) < early * 5)
})

test('items of a batch are charged alone: some answered, some refused, the batch itself 200', async () => {
  const { world, caller, tick } = largeAt(1000)
  const batch = async (url: string): Promise<{ id: string; status: number; headers: Record<string, string> }[]> => {
    const requests = Array.from({ length: 8 }, (_, index) => ({ id: String(index), method: 'GET', url }))
    const answer = await send(world, caller, 'POST', '/$batch', { body: { requests } })
    assert.equal(answer.status, 200)
    return JSON.parse(answer.text).responses
  }
  const reports = await batch('/reports/authenticationMethods/userRegistrationDetails')
  assert.deepEqual(
    [...reports].sort((one, other) => Number(one.id) - Number(other.id)).map((item) => item.status),
    [200, 200, 200, 200, 200, 429, 429, 429],
  )
  assert.notDeepEqual(
    reports.map((item) => item.id),
    reports.map((item) => item.id).sort(),
  )
  assert.ok(reports.filter((item) => item.status === 429).every((item) => item.headers['retry-after'] === '10'))
  tick(1001)
  const policies = await batch('/identity/conditionalAccess/policies')
  assert.equal(policies.filter((item) => item.status === 200).length, 1)
  assert.ok(policies.filter((item) => item.status === 429).every((item) => item.headers['retry-after'] === undefined))
})

test('sign-in activity and registration details share five requests in ten seconds, risk and policies one a second', async () => {
  const { world, caller, tick } = largeAt(1000)
  const status = async (path: string): Promise<number> => (await send(world, caller, 'GET', path)).status
  for (const path of [
    '/users?$select=id,signInActivity&$top=500',
    '/auditLogs/signIns',
    '/auditLogs/directoryAudits',
    '/users?$select=signInActivity',
    '/reports/authenticationMethods/userRegistrationDetails',
  ])
    assert.equal(await status(path), 200, path)
  assert.equal(await status('/reports/authenticationMethods/userRegistrationDetails'), 429)
  assert.equal(await status('/identityProtection/riskyUsers'), 200)
  assert.equal(await status('/identity/conditionalAccess/policies'), 429)
  tick(1001)
  assert.equal(await status('/identity/conditionalAccess/policies'), 200)
})

test('page sizes are what each path allows', async () => {
  const { world, caller } = largeAt(2000)
  world.settings.throttling = false
  const page = async (path: string): Promise<number> => {
    const answer = await send(world, caller, 'GET', path)
    return answer.status === 200 ? answer.value.length : answer.status
  }
  assert.deepEqual(
    [
      await page('/users'),
      await page('/users?$top=999&$select=id'),
      await page('/users?$top=1000'),
      await page('/users?$top=500&$select=id,signInActivity'),
      await page('/users?$top=501&$select=id,signInActivity'),
      await page('/oauth2PermissionGrants?$top=999'),
      await page('/roleManagement/directory/roleDefinitions?$top=5'),
      await page('/reports/authenticationMethods/userRegistrationDetails?$top=5'),
      await page('/reports/authenticationMethods/userRegistrationDetails'),
    ],
    [100, 999, 400, 500, 400, 999, 400, 400, 1000],
  )
})

test('an expansion answers at most twenty objects and no link to the rest', async () => {
  const { world, caller } = largeAt(1000)
  const tenant = findTenant(world, 'large') ?? assert.fail('no tenant large')
  const [application] = [...collection(tenant, 'applications').values()]
  const people = [...collection(tenant, 'users').keys()].slice(0, 25)
  for (const [index, ownerId] of people.entries())
    put(tenant, 'applicationOwners', { id: `owner-${index}`, applicationId: application?.id, ownerId })
  const { value, text } = await send(world, caller, 'GET', '/applications?$select=id&$expand=owners($select=id)&$top=999')
  const row = value.find((one) => one['id'] === application?.id)
  assert.ok(Array.isArray(row?.['owners']) && row['owners'].length === 20)
  assert.doesNotMatch(text, /owners@odata/)
  const whole = await send(world, caller, 'GET', `/applications/${application?.id}/owners?$select=id&$top=999`)
  assert.ok(whole.value.length >= 25)
  for (const path of ['/servicePrincipals?$select=id&$expand=owners', '/applications?$select=id&$expand=federatedIdentityCredentials'])
    assert.equal((await send(world, caller, 'GET', path)).status, 200, path)
})

test('administrative units are tracked where they are kept', async () => {
  const { world, caller } = largeAt(1000)
  world.settings.throttling = false
  const answer = await send(world, caller, 'GET', '/directory/administrativeUnits/delta')
  assert.equal(answer.status, 200, answer.text)
  assert.equal(typeof answer.json['@odata.deltaLink'], 'string')
})
