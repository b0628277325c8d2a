import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, readScopes, send, worldAt } from './graph-world.ts'

const { world } = worldAt()
const caller = callerOf(world, 'ada@contoso-demo.example', readScopes)

async function names(path: string, search: string, more = ''): Promise<string[]> {
  const url = `${path}?$select=id,displayName&$search=${encodeURIComponent(search)}&$top=999${more}`
  const answer = await send(world, caller, 'GET', url, { headers: { consistencylevel: 'eventual' } })
  assert.equal(answer.status, 200, answer.text)
  return answer.value.map((row) => String(row['displayName']))
}

test('names are searched by the beginnings of their words, in any order', async () => {
  assert.deepEqual(await names('/users', '"displayName:lind ada"'), ['Ada Lindqvist'])
  assert.deepEqual(await names('/users', '"displayName:dqvist"'), [])
  assert.deepEqual(await names('/groups', '"displayName:AURORA"'), ['Project Aurora'])
  assert.ok((await names('/applications', '"displayName:calendar"')).includes('Absence calendar'))
  assert.ok((await names('/servicePrincipals', '"displayName:graph"')).includes('Microsoft Graph'))
})

test('clauses are joined by AND, OR and brackets; other properties by their beginning', async () => {
  assert.deepEqual((await names('/users', '"mail:ada@" OR "mail:bo@"')).sort(), ['Ada Lindqvist', 'Bo Okafor'])
  assert.deepEqual(await names('/users', '("mail:ada@" OR "mail:bo@") AND "displayName:okafor"'), ['Bo Okafor'])
  assert.deepEqual(await names('/users', '"mail:ada@" "displayName:okafor"'), [])
  assert.deepEqual(await names('/users', '"displayName:ada"', '&$count=true&$filter=accountEnabled eq false'), [])
})

test('it is an advanced query, and only where the service searches', async () => {
  const search = encodeURIComponent('"displayName:ada"')
  assert.equal((await send(world, caller, 'GET', `/users?$search=${search}`)).code, 'Request_UnsupportedQuery')
  const headers = { consistencylevel: 'eventual' }
  for (const [path, status] of [
    ['/domains', 400],
    ['/oauth2PermissionGrants', 400],
  ] as const)
    assert.equal((await send(world, caller, 'GET', `${path}?$search=${search}`, { headers })).status, status, path)
  for (const bad of ['ada', '"ada"', '"displayName:ada" AND', '("displayName:ada"', '"shoeSize:4"', '""'])
    assert.equal((await send(world, caller, 'GET', `/users?$search=${encodeURIComponent(bad)}`, { headers })).status, 400, bad)
})
