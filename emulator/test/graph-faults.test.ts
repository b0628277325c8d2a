import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assignDirectoryRole } from '../tenants/roles.ts'
import { callerOf, readScopes, send, userId, worldAt } from './graph-world.ts'
import { handleGraph } from '../graph/handle.ts'

const ada = 'ada@contoso-demo.example'

test('throttling is off unless it is asked for, then resource units are counted per application', async () => {
  const { world, tick } = worldAt()
  const caller = callerOf(world, ada, readScopes)
  for (let index = 0; index < 10; index += 1) assert.equal((await send(world, caller, 'GET', '/auditLogs/directoryAudits')).status, 200)
  world.settings.throttling = true
  // 5,000 units in ten seconds for a tenant of this size; a plain list of users costs two.
  for (let index = 0; index < 2500; index += 1)
    assert.equal((await send(world, caller, 'GET', '/users/bo@contoso-demo.example')).status, 200)
  const refused = await send(world, caller, 'GET', '/users/bo@contoso-demo.example')
  assert.deepEqual([refused.status, refused.code, refused.headers['retry-after']], [429, 'TooManyRequests', '10'])
  const other = { ...caller, appId: 'b0000000-0000-4000-8000-000000000002' }
  assert.equal((await send(world, other, 'GET', '/users?$top=1')).status, 200)
  tick(10_001)
  assert.equal((await send(world, caller, 'GET', '/users?$top=1')).status, 200)
})

test('costs: select and a small page save, expand adds, never under one', async () => {
  const { world } = worldAt()
  const caller = callerOf(world, ada, readScopes)
  const cost = async (path: string): Promise<string | undefined> => (await send(world, caller, 'GET', path)).headers['x-ms-resource-unit']
  assert.deepEqual(
    await Promise.all(
      [
        '/users',
        '/users?$select=id',
        '/users?$select=id&$top=5',
        '/groups?$expand=members',
        '/subscribedSkus',
        '/roleManagement/directory/roleAssignments',
        '/users?$top=20',
      ].map(cost),
    ),
    ['2', '1', '1', '2', '3', '1', '2'],
  )
})

test('the reports bucket takes five requests in ten seconds, Conditional Access one a second for the whole tenant without Retry-After', async () => {
  const { world, tick } = worldAt()
  world.settings.throttling = true
  const caller = callerOf(world, ada, readScopes)
  const statuses: number[] = []
  for (let index = 0; index < 6; index += 1)
    statuses.push(
      (await send(world, caller, 'GET', index % 2 === 0 ? '/auditLogs/directoryAudits' : '/users?$select=signInActivity')).status,
    )
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429])
  const other = { ...caller, appId: 'b0000000-0000-4000-8000-000000000002' }
  assert.equal((await send(world, caller, 'GET', '/identity/conditionalAccess/policies')).status, 200)
  const refused = await send(world, other, 'GET', '/identity/conditionalAccess/policies')
  assert.deepEqual([refused.status, refused.headers['retry-after']], [429, undefined])
  tick(1001)
  assert.equal((await send(world, other, 'GET', '/identity/conditionalAccess/policies')).status, 200)
})

test('faults: throttle with, without and with a fractional Retry-After, counted down', async () => {
  const { world } = worldAt()
  const caller = callerOf(world, ada, readScopes)
  world.faults.push(
    { match: { pathPrefix: '/v1.0/users' }, times: 1, kind: 'throttle', retryAfter: '7' },
    { match: { pathPrefix: '/users' }, times: 1, kind: 'throttle', retryAfter: null },
    { match: { method: 'get', pathPrefix: '/users' }, times: 1, kind: 'throttle', retryAfter: '0.5' },
    { match: { appId: 'somebody-else' }, kind: 'status', status: 500 },
  )
  const answers = []
  for (let index = 0; index < 4; index += 1) answers.push(await send(world, caller, 'GET', '/users?$top=1'))
  assert.deepEqual(
    answers.map((answer) => [answer.status, answer.headers['retry-after']]),
    [
      [429, '7'],
      [429, undefined],
      [429, '0.5'],
      [200, undefined],
    ],
  )
})

test('faults: status with an empty message, delay, expired page token on later pages only', async () => {
  const { world } = worldAt()
  const caller = callerOf(world, ada, readScopes)
  world.faults.push(
    { match: {}, times: 1, kind: 'status', status: 504 },
    { match: {}, times: 1, kind: 'delay', delayMs: 30 },
    { match: {}, times: 1, kind: 'expiredPageToken' },
  )
  const failed = await send(world, caller, 'GET', '/users')
  assert.deepEqual([failed.status, failed.code, /"message":""/.test(failed.text)], [504, 'UnknownError', true])
  const before = performance.now()
  const slow = await send(world, caller, 'GET', '/users')
  assert.ok(performance.now() - before >= 29)
  assert.equal(slow.status, 200)
  const next = String(slow.json['@odata.nextLink'])
  assert.equal((await send(world, caller, 'GET', next)).code, 'Directory_ExpiredPageToken')
  assert.equal((await send(world, caller, 'GET', next)).status, 200)
})

test('a cut before the effect changes nothing; a cut after it has changed everything and says nothing', async () => {
  const { world, tenant } = worldAt()
  const caller = callerOf(world, 'aid@contoso-demo.example', ['User.EnableDisableAccount.All', 'User.Read.All'])
  assignDirectoryRole(tenant, caller.oid, 'Entra SOC Identity Responder', 'given')
  const erik = userId(world, 'erik@contoso-demo.example')
  const enabled = (): unknown => tenant.collections.get('users')?.get(erik)?.['accountEnabled']
  world.faults.push({ match: {}, times: 1, kind: 'cut' }, { match: { method: 'PATCH' }, times: 1, kind: 'cutAfterEffect' })
  const before = await send(world, caller, 'PATCH', `/users/${erik}`, { body: { accountEnabled: false } })
  assert.deepEqual([before.cut, enabled()], [true, true])
  // A read is no write, so the second fault waits.
  assert.equal((await send(world, caller, 'GET', `/users/${erik}`)).cut, false)
  const after = await send(world, caller, 'PATCH', `/users/${erik}`, { body: { accountEnabled: false } })
  assert.deepEqual([after.cut, enabled()], [true, false])
  assert.deepEqual(
    world.requestLog.filter((entry) => entry.method === 'PATCH').map((entry) => [entry.status, entry.effect]),
    [
      [0, false],
      [0, true],
    ],
  )
})

test('a batch answers each request alone, in no promised order, and is logged request by request', async () => {
  const { world, tenant } = worldAt()
  const caller = callerOf(world, ada, readScopes)
  const erik = userId(world, 'erik@contoso-demo.example')
  world.faults.push({ match: { pathPrefix: '/groups' }, times: 1, kind: 'throttle', retryAfter: '3' })
  const answer = await send(world, caller, 'POST', '/$batch', {
    body: {
      requests: [
        { id: '1', method: 'GET', url: '/users?$top=2&$select=id' },
        { id: '2', method: 'GET', url: '/groups' },
        {
          id: '3',
          method: 'PATCH',
          url: `/users/${erik}`,
          body: { accountEnabled: false },
          headers: { 'content-type': 'application/json' },
        },
        { id: '4', method: 'GET', url: '/domains', dependsOn: ['3'] },
      ],
    },
  })
  assert.equal(answer.status, 200)
  const responses = Array.isArray(answer.json['responses']) ? answer.json['responses'] : []
  const byId = new Map(responses.map((response) => [response.id, response]))
  assert.deepEqual(
    ['1', '2', '3', '4'].map((id) => byId.get(id).status),
    [200, 429, 403, 424],
  )
  assert.equal(byId.get('2').headers['retry-after'], '3')
  assert.notDeepEqual(
    responses.map((response) => response.id),
    ['1', '2', '3', '4'],
  )
  assert.equal(tenant.collections.get('users')?.get(erik)?.['accountEnabled'], true)
  assert.equal(world.requestLog.length, 4)
  const many = Array.from({ length: 21 }, (_, index) => ({ id: String(index), method: 'GET', url: '/me' }))
  assert.equal((await send(world, caller, 'POST', '/$batch', { body: { requests: many } })).status, 400)
})

test('a refused token is answered as the verifier says and is still logged', async () => {
  const { world } = worldAt()
  const response = await handleGraph(
    world,
    () =>
      Promise.resolve({
        ok: false,
        code: 'InvalidAuthenticationToken',
        message: 'Access token is empty.',
        wwwAuthenticate: 'Bearer realm=""',
      }),
    { method: 'GET', url: '/v1.0/me', headers: {}, bodyText: '' },
  )
  assert.deepEqual(
    [response.status, response.headers['www-authenticate'], world.requestLog[0]?.status, world.requestLog[0]?.tenantId],
    [401, 'Bearer realm=""', 401, null],
  )
})
