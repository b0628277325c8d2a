import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { tenantNames } from '../tenants/build-tenants.ts'
import { GRAPH, READ, readRegistration, startKit } from './signin-kit.ts'
import type { Kit } from './signin-kit.ts'

const BASE = '/tenants/large'
let kit: Kit
let token: string

interface Answered {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly value: readonly Record<string, unknown>[]
}

before(async () => {
  kit = await startKit({ tenants: tenantNames.all, largeUsers: 3000 })
  const put = await kit.control('PUT', `${BASE}/registrations`, {
    ...readRegistration,
    consent: { [GRAPH]: ['User.Read.All'], [READ]: ['access_as_user', 'Posture.View'] },
    assignments: [{ user: 'ada@large.example', role: 'Approver' }],
  })
  assert.equal(put.status, 200, JSON.stringify(put.body))
  token = await tokenOf('ada@large.example')
})
after(() => kit.close())

async function tokenOf(upn: string): Promise<string> {
  const tenantId = kit.ready.tenants['large']?.id ?? assert.fail('no tenant large')
  const signedIn = await kit.signIn(kit.client({ tenantId }), upn, ['https://graph.microsoft.com/User.Read.All'])
  return signedIn.accessToken
}

async function get(path: string, bearer = token): Promise<Answered> {
  const url = path.startsWith('/') ? `${kit.ready.graph}/v1.0${path}` : path
  const response = await fetch(url, { headers: { authorization: `Bearer ${bearer}`, consistencylevel: 'eventual' } })
  const text = await response.text()
  const body: Record<string, unknown> = text.startsWith('{') ? JSON.parse(text) : { text }
  return { status: response.status, body, value: Array.isArray(body['value']) ? body['value'] : [] }
}

test('named people and anybody else sign in and read', async () => {
  assert.equal((await get('/me')).body['userPrincipalName'], 'ada@large.example')
  assert.equal((await get('/users/$count')).body['text'], '3009')
  const some = (await get("/users?$filter=userType eq 'Member' and accountEnabled eq true&$select=userPrincipalName&$top=5")).value
  const upn = String(some[3]?.['userPrincipalName'])
  assert.equal((await get('/me', await tokenOf(upn))).body['userPrincipalName'], upn)
  const listed = await kit.control('GET', `${BASE}/people`)
  assert.match(JSON.stringify(listed.body), /"ada@large.example".*Global Administrator/)
})

test('edits, deletions, restorations and random changes over the control port are seen by reads and by delta', async () => {
  const [one, two] = (await get('/users?$top=2&$select=id,displayName')).value
  const link = String((await get('/users/delta?$deltatoken=latest&$select=displayName')).body['@odata.deltaLink'])
  await kit.control('PATCH', `${BASE}/objects/users/${String(one?.['id'])}`, { displayName: 'Edited' })
  assert.equal((await kit.control('DELETE', `${BASE}/objects/users/${String(two?.['id'])}`)).status, 204)
  const changed = await get(link)
  assert.deepEqual(changed.value, [
    { id: one?.['id'], displayName: 'Edited' },
    { id: two?.['id'], '@removed': { reason: 'changed' } },
  ])
  assert.equal((await get(`/users/${String(two?.['id'])}`)).status, 404)
  const restored = await kit.control('POST', `${BASE}/restore/${String(two?.['id'])}`)
  assert.deepEqual(restored.body, { id: two?.['id'], collection: 'users' })
  assert.equal((await kit.control('POST', `${BASE}/restore/nobody`)).status, 404)
  assert.deepEqual((await get(String(changed.body['@odata.deltaLink']))).value, [two])
  const outcome = await kit.control('PUT', `${BASE}/changes`, { seed: 1, share: 0.01 })
  assert.equal(outcome.status, 200)
  assert.match(JSON.stringify(outcome.body), /"users":\{"edit":\d+,"add":\d+,"delete":\d+,"restore":\d+\}/)
  assert.ok((await get(link)).value.length > 10)
  assert.equal((await kit.control('PUT', `${BASE}/changes`, { seed: 1, share: 2 })).status, 400)
})

test('answers wait as long as they are told to, by answer and by row', async () => {
  assert.equal((await kit.control('PUT', '/graph', { latencyMs: 60, perRowMs: 0.5 })).status, 200)
  let before = performance.now()
  await get('/me')
  assert.ok(performance.now() - before >= 58)
  before = performance.now()
  await get('/users?$top=200&$select=id')
  assert.ok(performance.now() - before >= 155)
  assert.equal((await kit.control('PUT', '/graph', { latencyMs: 0, perRowMs: 0 })).status, 200)
  assert.equal((await kit.control('PUT', '/graph', { latencyMs: -1 })).status, 400)
})

test('faults by collection: cut and slow bodies, named refusals, in a batch as well', async () => {
  const faults = [
    { match: { collection: 'users' }, times: 1, kind: 'cutBody' },
    { match: { collection: 'users' }, times: 1, kind: 'slow', delayMs: 100 },
    { match: { collection: 'domains' }, times: 1, kind: 'refuse', refusal: 'premium' },
    { match: { collection: 'organization' }, times: 1, kind: 'refuse', refusal: 'scope' },
    { match: { collection: 'users' }, times: 1, kind: 'refuse', refusal: 'p2' },
  ]
  assert.equal((await kit.control('PUT', '/faults', faults)).status, 200)
  await assert.rejects(get('/users?$top=50'))
  const before = performance.now()
  assert.equal((await get('/users?$top=50')).value.length, 50)
  assert.ok(performance.now() - before >= 90)
  const batch = await fetch(`${kit.ready.graph}/v1.0/$batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      requests: [
        { id: '1', method: 'GET', url: '/users?$top=1' },
        { id: '2', method: 'GET', url: '/users?$top=1' },
      ],
    }),
  })
  const answers = await batch.text()
  assert.equal(batch.status, 200)
  assert.match(answers, /"id":"1","status":400.*AadPremiumLicenseRequired|AadPremiumLicenseRequired.*"id":"1"/)
  assert.match(answers, /"id":"2","status":200/)
  assert.equal((await kit.control('PUT', '/faults', [{ match: { collection: 'user' }, kind: 'cut' }])).status, 400)
  assert.equal((await kit.control('PUT', '/faults', [{ match: {}, kind: 'refuse' }])).status, 400)
  assert.equal((await kit.control('DELETE', '/faults')).status, 204)
})
