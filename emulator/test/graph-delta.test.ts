import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeTenant } from '../control/changes.ts'
import { inProcessGraph } from '../graph/in-process.ts'
import type { InProcessGraph } from '../graph/in-process.ts'
import { removeObject, restoreObject } from '../tenants/deleted.ts'
import { collection, put, text } from '../tenants/tenant.ts'
import type { Row, Tenant } from '../tenants/tenant.ts'

const DAY = 86_400_000

interface Page {
  readonly status: number
  readonly code: string
  readonly value: readonly Record<string, unknown>[]
  readonly nextLink: string | undefined
  readonly deltaLink: string | undefined
  readonly location: string | null
}

interface Setting {
  readonly graph: InProcessGraph
  readonly tenant: Tenant
  tick(ms: number): void
  get(url: string): Promise<Page>
}

function settingOf(name: string, largeUsers = 450): Setting {
  let now = Date.parse('2026-11-22T12:00:00Z')
  const graph = inProcessGraph({ tenants: [name], largeUsers, now: () => now })
  const authorization = `Bearer ${graph.token(name)}`
  return {
    graph,
    tenant: graph.tenant(name),
    tick: (ms) => {
      now += ms
    },
    async get(url) {
      const response = await graph.fetch(url.startsWith('/') ? `https://graph.local/v1.0${url}` : url, { headers: { authorization } })
      const body: Record<string, unknown> = JSON.parse(await response.text())
      const link = (property: string): string | undefined => (typeof body[property] === 'string' ? body[property] : undefined)
      const error = body['error']
      return {
        status: response.status,
        code: typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '',
        value: Array.isArray(body['value']) ? body['value'] : [],
        nextLink: link('@odata.nextLink'),
        deltaLink: link('@odata.deltaLink'),
        location: response.headers.get('location'),
      }
    },
  }
}

/** One round to its end. */
async function round(setting: Setting, url: string, between?: () => void): Promise<{ objects: Record<string, unknown>[]; link: string }> {
  const objects: Record<string, unknown>[] = []
  for (let next: string | undefined = url; ;) {
    const page: Page = await setting.get(next)
    assert.equal(page.status, 200, `${next} ${page.code}`)
    objects.push(...page.value)
    if (page.deltaLink !== undefined) return { objects, link: page.deltaLink }
    assert.ok(page.nextLink !== undefined)
    next = page.nextLink
    between?.()
  }
}

function first(tenant: Tenant, path: string, number = 0): Row {
  return [...collection(tenant, path).values()][number] ?? assert.fail(`${path} has no object ${number}`)
}

test('a first round answers everything, the next only what changed, with what changed of it', async () => {
  const setting = settingOf('contoso-demo')
  const { tenant } = setting
  const all = await round(setting, '/users/delta?$select=displayName,jobTitle,accountEnabled')
  assert.equal(new Set(all.objects.map((row) => row['id'])).size, collection(tenant, 'users').size)
  const quiet = await round(setting, all.link)
  assert.deepEqual(quiet.objects, [])
  const [one, two, three] = [first(tenant, 'users', 20), first(tenant, 'users', 21), first(tenant, 'users', 22)]
  put(tenant, 'users', { ...one, jobTitle: null, displayName: 'Somebody', department: 'Elsewhere' })
  put(tenant, 'users', { ...two, department: 'Not selected' })
  removeObject(tenant, 'users', three.id, '2026-11-22T12:00:00Z')
  put(tenant, 'users', { ...three, id: 'new-id', userPrincipalName: 'new@contoso-demo.example', jobTitle: null })
  const changed = await round(setting, quiet.link)
  assert.deepEqual(changed.objects, [
    { id: one.id, jobTitle: null, displayName: 'Somebody' },
    { id: three.id, '@removed': { reason: 'changed' } },
    { id: 'new-id', displayName: text(three, 'displayName'), accountEnabled: three['accountEnabled'] },
  ])
  restoreObject(tenant, three.id)
  collection(tenant, 'users').delete('new-id')
  const restored = await round(setting, changed.link)
  assert.deepEqual(
    restored.objects.map((row) => [row['id'], row['@removed'], row['displayName']]),
    [
      [three.id, undefined, three['displayName']],
      ['new-id', { reason: 'deleted' }, undefined],
    ],
  )
  // The links carry every option themselves.
  assert.doesNotMatch(restored.link, /select/)
})

test('every way of changing a tenant is seen, in every collection that has delta', async () => {
  for (const path of ['users', 'groups', 'servicePrincipals', 'applications', 'oauth2PermissionGrants']) {
    const setting = settingOf('contoso-demo')
    const { link } = await round(setting, `/${path}/delta?$deltatoken=latest`)
    const row = first(setting.tenant, path, 3)
    const property = path === 'oauth2PermissionGrants' ? 'scope' : 'displayName'
    collection(setting.tenant, path).set(row.id, { ...row, [property]: 'changed' })
    assert.deepEqual((await round(setting, link)).objects, [{ id: row.id, [property]: 'changed' }], path)
  }
  const setting = settingOf('contoso-demo')
  const roles = await round(setting, '/directoryRoles/microsoft.graph.delta()')
  assert.ok(roles.objects.length > 5)
  const definitions = collection(setting.tenant, 'roleManagement/directory/roleDefinitions')
  const unused = [...definitions.values()].find((row) => !roles.objects.some((role) => role['id'] === row.id)) ?? assert.fail()
  const assignment = first(setting.tenant, 'roleManagement/directory/roleAssignments')
  put(setting.tenant, 'roleManagement/directory/roleAssignments', { ...assignment, id: 'another', roleDefinitionId: unused.id })
  assert.deepEqual(
    (await round(setting, roles.link)).objects.map((row) => row['displayName']),
    [unused['displayName']],
  )
})

test('what the documentation rules out is refused', async () => {
  const { get } = settingOf('hardened')
  for (const options of ['$top=5', '$orderby=displayName', '$expand=memberOf', '$search="displayName:a"', "$filter=displayName eq 'x'"])
    assert.deepEqual([(await get(`/users/delta?${options}`)).status, options], [400, options])
  assert.equal((await get('/users/delta?$select=signInActivity')).status, 501)
  assert.equal((await get('/users/delta?$deltatoken=made-up')).status, 400)
  assert.equal((await get('/domains/delta')).status, 501)
})

test('a filter by id tracks these objects only', async () => {
  const setting = settingOf('contoso-demo')
  const [one, two] = [first(setting.tenant, 'users', 1), first(setting.tenant, 'users', 2)]
  const { objects, link } = await round(setting, `/users/delta?$filter=id eq '${one.id}'`)
  assert.deepEqual(
    objects.map((row) => row['id']),
    [one.id],
  )
  for (const row of [one, two]) put(setting.tenant, 'users', { ...row, displayName: 'changed' })
  assert.deepEqual((await round(setting, link)).objects, [{ id: one.id, displayName: 'changed' }])
})

test('tokens end after seven days, pages after their hour, and another run knows neither', async () => {
  const setting = settingOf('contoso-demo')
  const { link } = await round(setting, '/users/delta?$deltatoken=latest')
  const started = await setting.get('/users/delta?$select=id')
  setting.tick(3_600_001)
  assert.deepEqual([(await setting.get(started.nextLink ?? '')).code], ['Directory_ExpiredPageToken'])
  setting.tick(7 * DAY - 3_600_001)
  assert.equal((await setting.get(link)).status, 200)
  setting.tick(1)
  const expired = await setting.get(link)
  assert.deepEqual(
    [expired.status, expired.code, expired.location],
    [410, 'syncStateNotFound', 'https://graph.local/v1.0/users/delta?$deltatoken='],
  )
  assert.equal((await settingOf('contoso-demo').get(link)).code, 'resyncRequired')
  const fresh = await round(setting, '/users/delta?$deltatoken=latest')
  setting.graph.world.faults.push(
    { match: { collection: 'users' }, times: 1, kind: 'resync' },
    { match: {}, times: 1, kind: 'resync', status: 400 },
  )
  assert.deepEqual((await setting.get('/users/delta?$select=id')).status, 200)
  assert.deepEqual((await setting.get(fresh.link)).status, 410)
  assert.deepEqual((await setting.get(fresh.link)).status, 400)
  assert.deepEqual((await setting.get(fresh.link)).status, 200)
})

test('what reads do not see yet is left to the next round', async () => {
  const setting = settingOf('contoso-demo')
  setting.graph.world.settings.readLagMs = 1000
  const { link } = await round(setting, '/users/delta?$deltatoken=latest')
  const row = first(setting.tenant, 'users', 5)
  put(setting.tenant, 'users', { ...row, displayName: 'later' })
  const early = await round(setting, link)
  assert.deepEqual(early.objects, [])
  setting.tick(1001)
  assert.deepEqual((await round(setting, early.link)).objects, [{ id: row.id, displayName: 'later' }])
})

/** What a client has after merging the answers in order. */
function merge(
  held: Map<string, Record<string, unknown>>,
  objects: readonly Record<string, unknown>[],
  readAgain: (id: string) => Row | undefined,
): void {
  for (const object of objects) {
    const id = String(object['id'])
    const before = held.get(id)
    if (object['@removed'] !== undefined) held.delete(id)
    else if (before) held.set(id, { ...before, ...object })
    else {
      const row = readAgain(id)
      if (row) held.set(id, { ...row })
    }
  }
}

const followed: Readonly<Record<string, readonly string[]>> = {
  users: ['displayName', 'accountEnabled', 'userPrincipalName', 'passwordPolicies', 'jobTitle'],
  applications: ['displayName', 'passwordCredentials'],
  servicePrincipals: ['displayName', 'accountEnabled'],
  groups: ['displayName', 'description'],
  oauth2PermissionGrants: ['clientId', 'scope'],
}

test('random histories with replays, duplicates and changes between pages: merging rounds gives the tenant', async () => {
  let removed = 0
  let restored = 0
  for (let seed = 1; seed <= 6; seed += 1) {
    const setting = settingOf('large', 700)
    const { tenant, graph } = setting
    graph.world.settings.deltaReplays = seed % 2 === 0
    for (const [path, shown] of Object.entries(followed)) {
      const readAgain = (id: string): Row | undefined => collection(tenant, path).get(id)
      const held = new Map<string, Record<string, unknown>>()
      let number = 0
      const shake = (share: number): void => {
        const counts = changeTenant(tenant, { seed: seed * 1000 + (number += 1), share, now: graph.world.clock.now() })
        removed += counts[path]?.delete ?? 0
        restored += counts[path]?.restore ?? 0
      }
      let { objects, link } = await round(setting, `/${path}/delta?$select=${shown.join(',')}`, () => shake(0.02))
      for (const object of objects) if (object['@removed'] === undefined) held.set(String(object['id']), object)
      for (let turn = 0; turn < 4; turn += 1) {
        shake([0.01, 0.5, 0.1, 0][turn] ?? 0)
        ;({ objects, link } = await round(setting, link, () => shake(0.05)))
        merge(held, objects, readAgain)
      }
      merge(held, (await round(setting, link)).objects, readAgain)
      const rows = collection(tenant, path)
      assert.deepEqual([...held.keys()].sort(), [...rows.keys()].sort(), `${path} seed ${seed}`)
      for (const row of rows.values()) {
        const mine = held.get(row.id)
        for (const name of shown) assert.deepEqual(mine?.[name] ?? null, row[name] ?? null, `${path} ${name} seed ${seed}`)
      }
    }
  }
  assert.ok(removed > 25 && restored > 3, `${removed} removed, ${restored} restored`)
})
