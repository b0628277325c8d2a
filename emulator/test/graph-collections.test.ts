import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, readAll, readScopes, send, tenantNamed, userId, worldAt } from './graph-world.ts'

const { world, tenant, tick } = worldAt()
const ada = callerOf(world, 'ada@contoso-demo.example', readScopes)
const userCount = tenant.collections.get('users')?.size ?? 0

test('users answer their default properties, or exactly those that were selected with the id', async () => {
  const plain = await send(world, ada, 'GET', '/users?$top=1')
  assert.deepEqual(Object.keys(plain.value[0] ?? {}).sort(), [
    'businessPhones',
    'displayName',
    'givenName',
    'id',
    'jobTitle',
    'mail',
    'mobilePhone',
    'officeLocation',
    'preferredLanguage',
    'surname',
    'userPrincipalName',
  ])
  const selected = await send(world, ada, 'GET', '/users?$top=1&$select=accountEnabled')
  assert.deepEqual(Object.keys(selected.value[0] ?? {}).sort(), ['accountEnabled', 'id'])
  assert.equal(selected.json['@odata.context'], 'https://graph.test/v1.0/$metadata#users(accountEnabled)')
  const unknown = await send(world, ada, 'GET', '/users?$select=favouriteColour')
  assert.deepEqual([unknown.status, unknown.code], [400, 'BadRequest'])
})

test('a list in pages is whole, without repeats, and the first page has the default size', async () => {
  const first = await send(world, ada, 'GET', '/users')
  assert.equal(first.value.length, 100)
  for (const size of [7, 100, 999]) {
    const { rows, pages } = await readAll(world, ada, `/users?$top=${size}&$select=id`)
    assert.equal(new Set(rows.map((row) => row['id'])).size, userCount)
    assert.equal(rows.length, userCount)
    assert.equal(pages, Math.ceil(userCount / size))
  }
  for (const bad of ['0', '1000', '-1', 'many']) assert.equal((await send(world, ada, 'GET', `/users?$top=${bad}`)).status, 400)
})

test('a next link carries the options, belongs to its list, and expires', async () => {
  const page = await send(world, ada, 'GET', '/users?$top=5&$select=id,displayName&$filter=accountEnabled eq true')
  const link = String(page.json['@odata.nextLink'])
  assert.match(link, /\$skiptoken=/)
  assert.match(link, /\$select=id%2CdisplayName/)
  assert.equal((await send(world, ada, 'GET', link)).value.length, 5)
  const elsewhere = link.replace('/users?', '/groups?').replace(/&?\$filter=[^&]*/, '')
  assert.equal((await send(world, ada, 'GET', elsewhere)).code, 'Directory_ExpiredPageToken')
  assert.equal((await send(world, ada, 'GET', `${link.slice(0, -3)}xyz`)).code, 'Directory_ExpiredPageToken')
  tick(3_600_001)
  assert.deepEqual(
    [(await send(world, ada, 'GET', link)).status, (await send(world, ada, 'GET', link)).code],
    [400, 'Directory_ExpiredPageToken'],
  )
})

test('later pages of an advanced query need the header again; the count stands on page one only', async () => {
  const eventual = { ConsistencyLevel: 'eventual' }
  const headers = { consistencylevel: eventual.ConsistencyLevel }
  const url = "/users?$count=true&$top=20&$filter=userType ne 'Guest'"
  assert.equal((await send(world, ada, 'GET', url)).code, 'Request_UnsupportedQuery')
  const first = await send(world, ada, 'GET', url, { headers })
  assert.equal(typeof first.json['@odata.count'], 'number')
  const link = String(first.json['@odata.nextLink'])
  assert.equal((await send(world, ada, 'GET', link)).code, 'Directory_ExpiredPageToken')
  const second = await send(world, ada, 'GET', link, { headers })
  assert.equal(second.status, 200)
  assert.equal(second.json['@odata.count'], undefined)
  const { rows } = await readAll(world, ada, url, headers)
  assert.equal(rows.length, first.json['@odata.count'])
})

test('$count is text, and only with the header', async () => {
  assert.equal((await send(world, ada, 'GET', '/users/$count')).status, 400)
  const counted = await send(world, ada, 'GET', '/users/$count', { headers: { consistencylevel: 'eventual' } })
  assert.equal(counted.headers['content-type'], 'text/plain')
  assert.equal(counted.text, String(userCount))
})

test('a page may be empty and still lead on', async () => {
  world.faults.push({ match: { pathPrefix: '/groups' }, times: 1, kind: 'emptyPage' })
  const first = await send(world, ada, 'GET', '/groups?$top=10')
  assert.deepEqual(first.value, [])
  assert.equal(typeof first.json['@odata.nextLink'], 'string')
  world.faults.length = 0
  const { rows } = await readAll(world, ada, String(first.json['@odata.nextLink']))
  assert.equal(rows.length, tenant.collections.get('groups')?.size)
})

test('filters: eq, ne, in, startswith, and, or, not, null, moments', async () => {
  const headers = { consistencylevel: 'eventual' }
  const count = async (filter: string): Promise<number> =>
    (await readAll(world, ada, `/users?$count=true&$top=999&$select=id&$filter=${encodeURIComponent(filter)}`, headers)).rows.length
  assert.equal((await count('accountEnabled eq true')) + (await count('accountEnabled eq false')), userCount)
  assert.equal(await count("userPrincipalName eq 'ADA@contoso-demo.example'"), 1)
  assert.equal(await count("userPrincipalName in ('ada@contoso-demo.example','bo@contoso-demo.example','nobody@x')"), 2)
  assert.equal((await count("startswith(userPrincipalName,'a')")) + (await count("not(startswith(userPrincipalName,'a'))")), userCount)
  assert.equal(
    (await count("userType eq 'Guest' and accountEnabled eq true")) + (await count("userType ne 'Guest' or accountEnabled ne true")),
    userCount,
  )
  assert.equal((await count('onPremisesSyncEnabled eq true')) + (await count('onPremisesSyncEnabled ne true')), userCount)
  assert.equal((await count('mail eq null')) + (await count('mail ne null')), userCount)
  assert.equal(
    (await count('createdDateTime ge 2026-01-01T00:00:00Z')) + (await count('createdDateTime le 2025-12-31T23:59:59Z')),
    userCount,
  )
  for (const bad of [
    'accountEnabled eq',
    '(accountEnabled eq true',
    "favouriteColour eq 'red'",
    "aboutMe eq 'x'",
    "id ge 'a'",
    "contains(displayName,'a')",
  ]) {
    assert.equal((await send(world, ada, 'GET', `/users?$filter=${encodeURIComponent(bad)}`)).status, 400, bad)
  }
  assert.equal((await send(world, ada, 'GET', '/users?$filter=aboutMe eq null')).code, 'Request_UnsupportedQuery')
  assert.equal((await send(world, ada, 'GET', '/users?$skip=5')).code, 'Request_UnsupportedQuery')
  assert.equal((await send(world, ada, 'GET', '/users?$search="a"')).code, 'Request_UnsupportedQuery')
})

test('$orderby sorts where Graph sorts', async () => {
  const names = (await readAll(world, ada, '/users?$orderby=displayName desc&$select=displayName&$top=50')).rows.map((row) =>
    String(row['displayName']).toLowerCase(),
  )
  assert.deepEqual(names, [...names].sort().reverse())
  assert.equal((await send(world, ada, 'GET', '/users?$orderby=city')).status, 400)
  assert.equal(
    (await send(world, ada, 'GET', '/users?$orderby=displayName&$filter=accountEnabled eq true')).code,
    'Request_UnsupportedQuery',
  )
})

test('$expand answers at most twenty objects', async () => {
  const groups = await readAll(world, ada, '/groups?$expand=members($select=id,displayName)')
  const sizes = groups.rows.map((row) => (Array.isArray(row['members']) ? row['members'].length : -1))
  assert.equal(Math.max(...sizes), 20)
  const big = groups.rows.find((row) => row['displayName'] === 'Engineering department')
  const members = await readAll(world, ada, `/groups/${String(big?.['id'])}/members?$top=999`)
  assert.ok(members.rows.length > 20)
  assert.equal((await send(world, ada, 'GET', '/groups?$expand=photo')).status, 400)
})

test('group members carry their type; transitive membership goes through nested groups', async () => {
  const all = (await send(world, ada, 'GET', "/groups?$filter=displayName eq 'All staff'")).value[0]
  const direct = await readAll(world, ada, `/groups/${String(all?.['id'])}/members`)
  assert.ok(direct.rows.every((row) => row['@odata.type'] === '#microsoft.graph.group'))
  const transitive = await readAll(
    world,
    ada,
    `/groups/${String(all?.['id'])}/transitiveMembers/microsoft.graph.user?$top=999&$select=id,userPrincipalName`,
  )
  assert.equal(transitive.rows.length, 264)
  assert.equal((await send(world, ada, 'GET', '/groups/00000000-0000-0000-0000-000000000000/members')).code, 'Request_ResourceNotFound')
})

test('one object by id, by user principal name, by key in brackets, by application id', async () => {
  const id = userId(world, 'dan@contoso-demo.example')
  for (const path of [`/users/${id}`, '/users/dan@contoso-demo.example', "/users('dan@contoso-demo.example')"])
    assert.equal((await send(world, ada, 'GET', path)).json['id'], id)
  const graph = await send(
    world,
    ada,
    'GET',
    "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')?$select=displayName,appRoles,oauth2PermissionScopes",
  )
  assert.equal(graph.json['displayName'], 'Microsoft Graph')
  assert.ok(Array.isArray(graph.json['appRoles']) && graph.json['appRoles'].length > 700)
  assert.equal((await send(world, ada, 'GET', '/users/nobody@contoso-demo.example')).status, 404)
  const me = await send(world, ada, 'GET', '/me')
  assert.equal(me.json['userPrincipalName'], 'ada@contoso-demo.example')
})

test('role definitions refuse $top and answer at once; assignments expand their principal', async () => {
  assert.equal((await send(world, ada, 'GET', '/roleManagement/directory/roleDefinitions?$top=5')).status, 400)
  assert.equal((await send(world, ada, 'GET', '/roleManagement/directory/roleDefinitions')).value.length, 146)
  const assignments = await send(
    world,
    ada,
    'GET',
    "/roleManagement/directory/roleAssignments?$filter=roleDefinitionId eq '62e90394-69f5-4237-9190-012177145e10'&$expand=principal",
  )
  assert.equal(assignments.value.length, 9)
  const active = await send(world, ada, 'GET', '/roleManagement/directory/roleAssignmentScheduleInstances')
  assert.equal(active.value.length, tenant.collections.get('roleManagement/directory/roleAssignments')?.size)
})

test('one tenant never sees another: a token decides, and ids of elsewhere do not exist here', async () => {
  const eve = callerOf(world, 'eve@second.example', readScopes)
  const own = await readAll(world, eve, '/users?$select=id&$top=999')
  const ours = new Set(tenant.collections.get('users')?.keys())
  assert.equal(own.rows.filter((row) => ours.has(String(row['id']))).length, 0)
  assert.equal(own.rows.length, tenantNamed(world, 'second').collections.get('users')?.size)
  assert.equal((await send(world, eve, 'GET', `/users/${userId(world, 'ada@contoso-demo.example')}`)).status, 404)
})

test('request ids travel in headers and in the error body', async () => {
  const answer = await send(world, ada, 'GET', '/users/nobody@contoso-demo.example', {
    headers: { 'client-request-id': '11111111-2222-4333-8444-555555555555' },
  })
  assert.equal(answer.headers['client-request-id'], '11111111-2222-4333-8444-555555555555')
  const error = answer.json['error']
  assert.ok(typeof error === 'object' && error !== null && 'innerError' in error)
  assert.deepEqual(error.innerError, {
    date: '2026-11-22T13:00:00',
    'request-id': answer.headers['request-id'],
    'client-request-id': '11111111-2222-4333-8444-555555555555',
  })
})

test('unknown paths, versions and the beta endpoint', async () => {
  assert.equal((await send(world, ada, 'GET', '/unicorns')).status, 400)
  assert.equal((await send(world, ada, 'GET', 'https://graph.test/beta/users')).status, 501)
  assert.equal((await send(world, ada, 'GET', 'https://graph.test/v3.0/users')).status, 400)
})
