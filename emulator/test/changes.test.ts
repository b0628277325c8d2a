import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { changeTenant } from '../control/changes.ts'
import { collection } from '../tenants/tenant.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { createWorld, findTenant } from '../tenants/world.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')

function tenantOf(name: string): Tenant {
  return findTenant(createWorld({ seed: 1, tenants: [name], largeUsers: 2000, now: () => NOW }), name) ?? assert.fail(name)
}

function digest(tenant: Tenant): string {
  return createHash('sha256')
    .update(JSON.stringify([...tenant.collections].map(([path, rows]) => [path, [...rows]])))
    .digest('hex')
}

test('the same seed does the same, another something else, a share of nothing nothing', () => {
  for (const name of ['contoso-demo', 'large']) {
    const [one, same, other, still] = [tenantOf(name), tenantOf(name), tenantOf(name), tenantOf(name)]
    assert.deepEqual(changeTenant(one, { seed: 7, share: 0.1, now: NOW }), changeTenant(same, { seed: 7, share: 0.1, now: NOW }))
    changeTenant(other, { seed: 8, share: 0.1, now: NOW })
    assert.equal(digest(one), digest(same))
    assert.notEqual(digest(one), digest(other))
    const before = digest(still)
    changeTenant(still, { seed: 7, share: 0, now: NOW })
    assert.equal(digest(still), before)
  }
})

test('it edits, adds, deletes and restores; named people and Microsoft stay', () => {
  const tenant = tenantOf('contoso-demo')
  const totals = { edit: 0, add: 0, delete: 0, restore: 0 }
  for (let seed = 1; seed <= 8; seed += 1) {
    const counts = changeTenant(tenant, { seed, share: 0.2, now: NOW })
    for (const count of Object.values(counts)) for (const kind of ['edit', 'add', 'delete', 'restore'] as const) totals[kind] += count[kind]
  }
  for (const kind of ['edit', 'add', 'delete', 'restore'] as const) assert.ok(totals[kind] > 10, `${kind} ${totals[kind]}`)
  assert.ok(collection(tenant, 'directory/deletedItems').size > 0)
  const upns = new Set([...collection(tenant, 'users').values()].map((row) => row['userPrincipalName']))
  for (const name of ['ada', 'bo', 'aid']) assert.ok(upns.has(`${name}@contoso-demo.example`), name)
  assert.ok([...collection(tenant, 'servicePrincipals').values()].some((row) => row['displayName'] === 'Microsoft Graph'))
})

test('only the kinds that are asked for happen', () => {
  const tenant = tenantOf('contoso-demo')
  const size = collection(tenant, 'users').size
  const counts = changeTenant(tenant, { seed: 3, share: 0.3, kinds: ['edit'], now: NOW })
  assert.equal(collection(tenant, 'users').size, size)
  assert.equal(counts['oauth2PermissionGrants'], undefined)
  const grants = changeTenant(tenant, { seed: 3, share: 0.3, kinds: ['grant'], now: NOW })
  assert.deepEqual(Object.keys(grants), ['oauth2PermissionGrants', 'appRoleAssignments', 'roleManagement/directory/roleAssignments'])
})
