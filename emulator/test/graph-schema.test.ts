import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collections } from '../graph/collections.ts'
import type { CollectionEntry } from '../graph/collection-entry.ts'
import { propertiesOf } from '../graph/schema.ts'
import { contradictions } from './graph-oracle.ts'
import { callerOf, readAll, readScopes, send, tenantNamed, userId, worldAt } from './graph-world.ts'

const { world } = worldAt()
const administrators: Readonly<Record<string, string>> = {
  'contoso-demo': 'ada@contoso-demo.example',
  hardened: 'ada@hardened.example',
  second: 'eve@second.example',
}
const writeScopes = [
  'User.EnableDisableAccount.All',
  'User.RevokeSessions.All',
  'Application.ReadWrite.All',
  'Policy.ReadWrite.ConditionalAccess',
  'Policy.Read.All',
  'User.Read.All',
]

test('every answer of every path in every tenant agrees with the CSDL', async (context) => {
  let judged = 0
  world.settings.auditDelayMs = 0
  for (const [name, upn] of Object.entries(administrators)) {
    const admin = callerOf(world, upn, [...readScopes, ...writeScopes])
    await writeSomething(upn)
    for (const entry of collections) {
      if (entry.licence === 'p2' && tenantNamed(world, name).flags.licence !== 'p2') continue
      for (const path of concretePaths(name, entry)) {
        for (const options of optionsFor(entry)) {
          const url = `/${path}${withNeededFilter(name, entry, options)}`
          const rows = entry.singleton ? [(await send(world, admin, 'GET', url)).json] : (await readAll(world, admin, url)).rows
          if (path === entry.path || entry.casts)
            assert.ok(rows.length > 0 || entry.path.includes('{id}') || name !== 'contoso-demo', `${path} answers nothing`)
          for (const row of rows) {
            const wrong = contradictions(entry.type, row)
            assert.deepEqual(wrong, [], url)
            judged += 1
          }
        }
      }
    }
  }
  context.diagnostic(`${judged} objects of ${collections.length} paths judged`)
  assert.ok(judged > 4000)
})

/** One write of each kind, so that audit rows of each kind are judged too. */
async function writeSomething(upn: string): Promise<void> {
  const admin = callerOf(world, upn, writeScopes)
  const tenant = tenantNamed(world, upn.split('@')[1]?.replace('.example', '') ?? '')
  const dan = [...(tenant.collections.get('users')?.values() ?? [])].at(-1)
  const application = tenant.collections.get('applications')?.keys().next().value
  const policy = tenant.collections.get('identity/conditionalAccess/policies')?.keys().next().value
  for (const [method, path, body] of [
    ['PATCH', `/users/${dan?.id}`, { accountEnabled: false }],
    ['POST', `/users/${dan?.id}/revokeSignInSessions`, undefined],
    ['POST', `/applications/${application}/addPassword`, { passwordCredential: { displayName: 'judged' } }],
    ['PATCH', `/identity/conditionalAccess/policies/${policy}`, { displayName: 'Renamed' }],
    ['DELETE', `/applications/${application}`, undefined],
  ] as const)
    assert.ok((await send(world, admin, method, path, { body })).status < 300, path)
}

function concretePaths(tenantName: string, { path, ownedBy, casts }: CollectionEntry): string[] {
  if (casts) return casts.map((cast) => `${path}/microsoft.graph.${cast}`)
  if (ownedBy === undefined) return [path]
  const owners = [...(tenantNamed(world, tenantName).collections.get(ownedBy)?.keys() ?? [])]
  return owners.slice(0, 12).map((id) => path.replace('{id}', id))
}

/** The filters without which the service refuses, each as it finds something in contoso-demo. */
const neededFilters: Readonly<Record<string, (tenantName: string) => string>> = {
  'policies/roleManagementPolicyAssignments': () => "scopeId eq '/' and scopeType eq 'DirectoryRole'",
  'identityGovernance/privilegedAccess/group/eligibilityScheduleInstances': (name) => {
    const groups = tenantNamed(world, name).collections.get('groups')?.values() ?? []
    const onCall = [...groups].find((group) => group['displayName'] === 'Exchange on call')
    return `groupId eq '${onCall?.id}'`
  },
}

function withNeededFilter(tenantName: string, entry: CollectionEntry, options: string): string {
  if (!entry.needsFilter) return options
  const filter = neededFilters[entry.path] ?? assert.fail(`${entry.path} needs a filter that this test does not know`)
  return `${options === '' ? '?' : `${options}&`}$filter=${filter(tenantName)}`
}

/** Plain, every structural property by name, and each expansion. */
function optionsFor(entry: CollectionEntry): string[] {
  const everything =
    entry.type === 'directoryObject'
      ? []
      : [...propertiesOf(entry.type)].filter(([name, declared]) => !declared.navigation && entry.keptElsewhere?.includes(name) !== true)
  const selected = everything.length === 0 ? [] : [`?$select=${everything.map(([name]) => name).join(',')}`]
  const inside = Object.entries(entry.nested ?? {}).flatMap(([name, inner]) =>
    inner.map((property) => `?$expand=${name}($expand=${property})`),
  )
  return ['', ...selected, ...Object.keys(entry.expand).map((name) => `?$expand=${name}`), ...inside]
}

test('single objects agree with the CSDL too', async () => {
  const ada = callerOf(world, 'ada@contoso-demo.example', readScopes)
  assert.deepEqual(contradictions('user', (await send(world, ada, 'GET', '/me')).json), [])
  assert.deepEqual(
    contradictions(
      'user',
      (await send(world, ada, 'GET', `/users/${userId(world, 'dan@contoso-demo.example')}?$select=id,signInActivity,identities`)).json,
    ),
    [],
  )
})

test('the oracle itself objects to what is wrong', () => {
  const wrong: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
    ['user', { id: '1', favouriteColour: 'red' }, /not declared/],
    ['user', { accountEnabled: 'yes' }, /no Edm.Boolean/],
    ['user', { businessPhones: null }, /no collection/],
    ['user', { createdDateTime: '2026-11-22' }, /no Edm.DateTimeOffset/],
    ['conditionalAccessPolicy', { state: 'on' }, /no member/],
    ['conditionalAccessPolicy', { state: null }, /must not be null/],
    ['application', { web: { colour: 1 } }, /web\/colour is not declared/],
    ['appRoleAssignment', { appRoleId: 'x' }, /no Edm.Guid/],
  ]
  for (const [type, value, expected] of wrong) assert.match(contradictions(type, value).join(), expected)
})
