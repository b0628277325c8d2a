import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseArguments } from '../server/arguments.ts'
import { GeneratedRows } from '../tenants/generated-rows.ts'
import { scaleOf } from '../tenants/large.ts'
import { collection, put } from '../tenants/tenant.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { createWorld, findTenant, findUser } from '../tenants/world.ts'
import type { World } from '../tenants/world.ts'
import { callerOf, readAll, readScopes, send } from './graph-world.ts'
import { contradictions } from './graph-oracle.ts'

const eventual = { consistencylevel: 'eventual' }
const letters = [...'abcdefghijklmnopqrstuvwxyz']
const beginsWith = (letter: string): string => `startswith(userPrincipalName,'${letter}')`
const rest = `not(${letters.map(beginsWith).join(' or ')})`

function largeOf(users: number, seed = 1): { world: World; tenant: Tenant; caller: ReturnType<typeof callerOf> } {
  const world = createWorld({ seed, tenants: ['large'], largeUsers: users, now: () => Date.parse('2026-11-22T12:00:00Z') })
  const tenant = findTenant(world, 'large') ?? assert.fail('no tenant large')
  return { world, tenant, caller: callerOf(world, 'ada@large.example', readScopes) }
}

function generatedRows(tenant: Tenant, path: string): GeneratedRows {
  const rows = collection(tenant, path)
  return rows instanceof GeneratedRows ? rows : assert.fail(`${path} is not generated`)
}

test('large is there only when it is asked for, and has its sizes', () => {
  assert.equal(findTenant(createWorld({ seed: 1 }), 'large'), undefined)
  const { tenant } = largeOf(100_000)
  const sizes = ['users', 'servicePrincipals', 'applications', 'oauth2PermissionGrants', 'groups'].map(
    (path) => generatedRows(tenant, path).source.size,
  )
  assert.deepEqual(sizes, [100_000, 10_000, 5000, 50_000, 3000])
  const assignments = collection(tenant, 'roleManagement/directory/roleAssignments').size
  const eligible = collection(tenant, 'roleManagement/directory/roleEligibilityScheduleInstances').size
  assert.ok(assignments + eligible >= 50 && assignments + eligible <= 70)
  assert.ok(scaleOf(1_000_000).servicePrincipals === 10_000 && scaleOf(1000).applications === 50)
})

test('the command line adds it', () => {
  const options = (...argv: string[]): ReturnType<typeof parseArguments> => parseArguments(argv, '/tmp')
  const parsed = options('--tenants', 'large', '--large-users', '1000000')
  assert.ok(parsed.kind === 'start' && parsed.options.tenants?.includes('large') && parsed.options.tenants.length === 4)
  assert.equal(parsed.options.largeUsers, 1_000_000)
  for (const bad of [
    ['--tenants', 'larger'],
    ['--large-users', '500'],
    ['--tenants', 'large', '--large-users', '1000001'],
  ])
    assert.equal(options(...bad).kind, 'bad', bad.join(' '))
})

test('the same seed gives the same rows; ids lead back to them', () => {
  const [one, same, other] = [largeOf(3000).tenant, largeOf(3000).tenant, largeOf(3000, 2).tenant]
  const paths = [...one.collections.keys()].filter((path) => collection(one, path) instanceof GeneratedRows)
  assert.ok(paths.length >= 9)
  for (const path of paths) {
    const rows = [...collection(one, path).values()]
    assert.deepEqual(rows, [...collection(same, path).values()], path)
    assert.notDeepEqual(rows, [...collection(other, path).values()], path)
    assert.equal(new Set(rows.map((row) => row.id)).size, collection(one, path).size, path)
    for (const row of rows.slice(0, 200)) assert.deepEqual(collection(one, path).get(row.id), row, path)
  }
  for (const strange of ['', 'x', '00000000-0000-4000-8000-000000000000']) assert.equal(collection(one, 'users').get(strange), undefined)
})

test('people sign in by name, whoever they are', () => {
  const { world, tenant } = largeOf(100_000)
  const users = generatedRows(tenant, 'users')
  for (let index = 0; index < 100_000; index += 997) {
    const upn = String(users.source.property(index, 'userPrincipalName'))
    assert.equal(findUser(world, upn.toUpperCase())?.user.id, users.source.id(index), upn)
  }
  for (const name of ['ada', 'bo', 'cleo', 'dan', 'erik', 'gia', 'aid'])
    assert.equal(findUser(world, `${name}@large.example`)?.user['accountEnabled'], true, name)
  assert.equal(findUser(world, 'nobody77@large.example'), undefined)
})

test('the mess is real: guests, leavers, strange names, every letter', () => {
  const rows = [...collection(largeOf(20_000).tenant, 'users').values()]
  const share = (what: string, least: number, most: number, holds: (row: (typeof rows)[number]) => boolean): void => {
    const part = rows.filter(holds).length / rows.length
    assert.ok(part >= least && part <= most, `${what}: ${part}`)
  }
  share('guests', 0.07, 0.09, (row) => row['userType'] === 'Guest')
  share('disabled', 0.04, 0.06, (row) => row['accountEnabled'] === false)
  share('begin with no letter', 0.01, 0.02, (row) => !/^[a-z]/.test(String(row['userPrincipalName'])))
  share('never signed in', 0.03, 0.07, (row) => row['signInActivity'] === null)
  const first = new Set(rows.map((row) => String(row['userPrincipalName'])[0]))
  assert.ok(letters.every((letter) => first.has(letter)) && ['7', '_', '~'].every((sign) => first.has(sign)))
})

test('every generated row is what the schema says', async () => {
  const { world, caller } = largeOf(2000)
  for (const [path, type] of [
    ['/users', 'user'],
    ['/groups', 'group'],
    ['/applications', 'application'],
    ['/servicePrincipals', 'servicePrincipal'],
    ['/oauth2PermissionGrants', 'oAuth2PermissionGrant'],
    ['/reports/authenticationMethods/userRegistrationDetails', 'userRegistrationDetails'],
  ] as const) {
    const { rows } = await readAll(world, caller, path)
    assert.ok(rows.length > 0)
    for (const row of rows) assert.deepEqual(contradictions(type, row), [], `${path} ${String(row['id'])}`)
  }
})

test('ranges and their rest are exactly the whole list, and counts agree', async () => {
  const { world, caller, tenant } = largeOf(5000)
  const ids = async (filter: string): Promise<string[]> => {
    const { rows } = await readAll(world, caller, `/users?$select=id&$top=400&$count=true&$filter=${encodeURIComponent(filter)}`, eventual)
    const count = await send(world, caller, 'GET', `/users/$count?$filter=${encodeURIComponent(filter)}`, { headers: eventual })
    assert.equal(Number(count.text), rows.length, filter)
    return rows.map((row) => String(row['id']))
  }
  const parts = (await Promise.all([...letters.map(beginsWith), rest].map(ids))).flat()
  const whole = (await readAll(world, caller, '/users?$select=id&$top=999')).rows.map((row) => String(row['id']))
  assert.deepEqual([...parts].sort(), [...whole].sort())
  assert.equal(whole.length, collection(tenant, 'users').size)
})

test('edits, deletions and additions lie over what is generated; pages go on behind what is gone', async () => {
  const { world, caller, tenant } = largeOf(1000)
  const users = collection(tenant, 'users')
  const [one, two, three] = [...users.values()]
  assert.ok(one && two && three)
  const page = await send(world, caller, 'GET', '/users?$top=2&$select=id')
  users.delete(three.id)
  users.delete(one.id)
  put(tenant, 'users', { ...two, displayName: 'Edited', userPrincipalName: 'zz-edited@large.example' })
  put(tenant, 'users', { ...three, id: 'added', userPrincipalName: '~added@large.example' })
  const { rows } = await readAll(world, caller, String(page.json['@odata.nextLink']))
  const shown = new Set(rows.map((row) => row['id']))
  assert.deepEqual([shown.has(three.id), shown.has(one.id), shown.has('added'), rows.length], [false, false, true, users.size - 1])
  assert.equal((await send(world, caller, 'GET', `/users/${three.id}`)).status, 404)
  assert.equal((await send(world, caller, 'GET', `/users/${two.id}?$select=displayName`)).json['displayName'], 'Edited')
  assert.equal(findUser(world, 'ZZ-edited@large.example')?.user.id, two.id)
  assert.equal(findUser(world, String(two['userPrincipalName'])), undefined)
  put(tenant, 'users', one)
  assert.equal((await readAll(world, caller, '/users?$select=id&$top=999')).rows.length, users.size)
})

test('memberships, owners, grants and assignments lead to objects that are there', async () => {
  const { world, caller, tenant } = largeOf(2000)
  for (const row of collection(tenant, 'groupMembers').values())
    assert.ok(collection(tenant, 'groups').has(String(row['groupId'])) && collection(tenant, 'users').has(String(row['memberId'])))
  for (const row of collection(tenant, 'oauth2PermissionGrants').values()) {
    const { clientId, resourceId, principalId } = row
    assert.ok(
      collection(tenant, 'servicePrincipals').has(String(clientId)) && collection(tenant, 'servicePrincipals').has(String(resourceId)),
    )
    assert.ok(principalId === null || collection(tenant, 'users').has(String(principalId)))
  }
  const group = [...collection(tenant, 'groups').keys()][0] ?? ''
  const members = await readAll(world, caller, `/groups/${group}/members`)
  assert.equal(members.rows.length, [...collection(tenant, 'groupMembers').values()].filter((row) => row['groupId'] === group).length)
  const expanded = await readAll(world, caller, '/applications?$select=id&$expand=owners')
  assert.ok(expanded.rows.some((row) => Array.isArray(row['owners']) && row['owners'].length === 1))
})

test('a count over 100,000 people passes them in well under a tenth of a second', async () => {
  const { world, caller } = largeOf(100_000)
  const times: number[] = []
  for (const filter of [beginsWith('a'), rest, rest, rest]) {
    const before = performance.now()
    const answer = await send(world, caller, 'GET', `/users/$count?$filter=${encodeURIComponent(filter)}`, { headers: eventual })
    times.push(performance.now() - before)
    assert.ok(Number(answer.text) > 1000)
  }
  // The first asks for the first letters of everybody; the best of the others is what a count costs.
  assert.ok(Math.min(...times.slice(1)) < 100, times.join(' '))
})
