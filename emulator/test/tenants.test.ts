import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { assignDirectoryRole } from '../tenants/roles.ts'
import { collection, consentedScopes, createWorld, findRegistration, findTenant, findUser, text, userAppRoles } from '../tenants/world.ts'
import type { Row, Tenant, World } from '../tenants/world.ts'

const START = Date.parse('2026-11-22T12:00:00Z')
const DAY = 86_400_000

function worldOf(seed: number, start = START): World {
  return createWorld({ seed, now: () => start })
}

function tenant(world: World, name: string): Tenant {
  return findTenant(world, name) ?? assert.fail(`no tenant ${name}`)
}

function digest(world: World): string {
  const plain = [...world.tenants].map(([id, held]) => [id, held.name, [...held.collections].map(([path, rows]) => [path, [...rows]])])
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex')
}

function rows(held: Tenant, path: string): Row[] {
  return [...collection(held, path).values()]
}

interface Secret {
  readonly endDateTime: string
}

function secretEnds(held: Tenant): { app: string; days: number }[] {
  return rows(held, 'applications').flatMap((row) => {
    const secrets: readonly Secret[] = Array.isArray(row['passwordCredentials']) ? row['passwordCredentials'] : []
    return secrets.map((secret) => ({ app: text(row, 'displayName') ?? '', days: (Date.parse(secret.endDateTime) - START) / DAY }))
  })
}

/** Everybody who is or can become Global Administrator, groups expanded. */
function globalAdministrators(held: Tenant): Set<string> {
  const role = '62e90394-69f5-4237-9190-012177145e10'
  const principals = [
    ...rows(held, 'roleManagement/directory/roleAssignments'),
    ...rows(held, 'roleManagement/directory/roleEligibilityScheduleInstances'),
  ]
    .filter((row) => row['roleDefinitionId'] === role)
    .map((row) => text(row, 'principalId') ?? '')
  return new Set(
    principals.flatMap((id) =>
      collection(held, 'groups').has(id)
        ? rows(held, 'groupMembers')
            .filter((row) => row['groupId'] === id)
            .map((row) => text(row, 'memberId') ?? '')
        : [id],
    ),
  )
}

test('the same seed gives the same bytes, another seed others', () => {
  assert.equal(digest(worldOf(1)), digest(worldOf(1)))
  assert.notEqual(digest(worldOf(1)), digest(worldOf(2)))
  assert.deepEqual([...worldOf(1).tenants.keys()], [...worldOf(2).tenants.keys()])
})

test('dates follow the start, people and ids do not', () => {
  const later = tenant(worldOf(1, START + 10 * DAY), 'contoso-demo')
  const now = tenant(worldOf(1), 'contoso-demo')
  const [one, other] = [rows(now, 'users')[0], rows(later, 'users')[0]]
  assert.equal(one?.id, other?.id)
  assert.equal(Date.parse(text(other, 'createdDateTime') ?? '') - Date.parse(text(one, 'createdDateTime') ?? ''), 10 * DAY)
})

test('contoso-demo has its size, its people and its mess', () => {
  const world = worldOf(1)
  const demo = tenant(world, 'contoso-demo')
  const users = rows(demo, 'users')
  assert.ok(users.length >= 290 && users.length <= 310)
  assert.equal(rows(demo, 'servicePrincipals').length, 120)
  assert.equal(rows(demo, 'applications').length, 80)
  assert.ok(users.filter((row) => row['userType'] === 'Guest').length > 20)
  assert.ok(users.filter((row) => row['accountEnabled'] === false).length > 10)
  assert.ok(users.filter((row) => row['onPremisesSyncEnabled'] === true).length > 20)
  assert.equal(new Set(users.map((row) => row['userPrincipalName'])).size, users.length)
  for (const name of ['ada', 'bo', 'cleo', 'dan', 'erik', 'gia', 'aid'])
    assert.equal(findUser(world, `${name}@contoso-demo.example`)?.user['accountEnabled'], true, name)
  assert.equal(globalAdministrators(demo).size, 11)
  const ends = secretEnds(demo)
  assert.equal(ends.filter((secret) => secret.days < 0).length, 8)
  assert.equal(ends.filter((secret) => secret.days >= 0 && secret.days <= 7).length, 3)
  assert.equal(ends.filter((secret) => secret.days > 7 && secret.days <= 30).length, 4)
  const graph = findRegistration(demo, '00000003-0000-0000-c000-000000000000')?.servicePrincipal
  assert.ok(Array.isArray(graph?.['appRoles']) && graph['appRoles'].length > 700)
})

test('user principal names are plain letters', () => {
  for (const held of worldOf(1).tenants.values()) {
    for (const row of rows(held, 'users'))
      assert.match(text(row, 'userPrincipalName') ?? '', /^[a-z0-9._-]+(#EXT#)?@[a-z0-9.-]+$|^[a-z0-9._-]+_[a-z.]+#EXT#@[a-z0-9.-]+$/)
  }
})

test('hardened passes what it is for', () => {
  const hardened = tenant(worldOf(1), 'hardened')
  assert.ok(secretEnds(hardened).every((secret) => secret.days > 30))
  const count = globalAdministrators(hardened).size
  assert.ok(count >= 2 && count <= 8)
  const legacy = rows(hardened, 'identity/conditionalAccess/policies').find((row) => row['displayName'] === 'Block legacy authentication')
  assert.deepEqual(legacy?.['state'], 'enabled')
  assert.match(
    JSON.stringify(legacy?.['conditions']),
    /"clientAppTypes":\["exchangeActiveSync","other"\].*"includeUsers":\["All"\],"excludeUsers":\[\].*"excludeGroups":\[\]/,
  )
  assert.match(JSON.stringify(legacy?.['grantControls']), /"builtInControls":\["block"\]/)
})

test('second is another company with one administrator', () => {
  const world = worldOf(1)
  const second = tenant(world, 'second')
  assert.equal(globalAdministrators(second).size, 1)
  const demoIds = new Set(rows(tenant(world, 'contoso-demo'), 'users').map((row) => row.id))
  assert.ok(rows(second, 'users').every((row) => !demoIds.has(row.id)))
  assert.equal(findUser(world, 'EVE@second.example')?.tenant.name, 'second')
})

test('consent, app roles and directory roles are looked up', () => {
  const world = worldOf(1)
  const demo = tenant(world, 'contoso-demo')
  const dan = findUser(world, 'dan@contoso-demo.example')?.user.id ?? ''
  const inbox = rows(demo, 'servicePrincipals').find((row) => row['displayName'] === 'Inbox Tidy')
  const graph = '00000003-0000-0000-c000-000000000000'
  assert.deepEqual(consentedScopes(demo, text(inbox, 'appId') ?? '', dan, graph), ['Mail.ReadWrite', 'offline_access'])
  assert.deepEqual(consentedScopes(demo, text(inbox, 'appId') ?? '', 'somebody', graph), [])
  const portal = rows(demo, 'servicePrincipals').find((row) => row['displayName'] === 'Travel desk') ?? assert.fail('no travel desk')
  collection(demo, 'servicePrincipals').set(portal.id, { ...portal, appRoles: [{ id: 'r1', value: 'Desk.Admin' }] })
  const group = rows(demo, 'groupMembers')[0]
  collection(demo, 'appRoleAssignments').set('x', { id: 'x', appRoleId: 'r1', principalId: text(group, 'groupId'), resourceId: portal.id })
  assert.deepEqual(userAppRoles(demo, text(group, 'memberId') ?? '', text(portal, 'appId') ?? ''), ['Desk.Admin'])
  assert.equal(assignDirectoryRole(demo, dan, 'Wizard', 'w'), undefined)
})
