import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GraphCaller } from '../graph/graph-types.ts'
import {
  buildPermissionTable,
  isReadPermission,
  loadPermissionTable,
  matchPath,
  permissionNames,
  scopesSuffice,
  statesChanged,
} from '../graph/permission-table.ts'
import { applicationCaller, callerOf, send, userId, worldAt } from './graph-world.ts'

const table = loadPermissionTable()
const { world, tenant } = worldAt()
const ada = 'ada@contoso-demo.example'
const group = tenant.collections.get('groups')?.keys().next().value ?? ''
const principal = tenant.collections.get('servicePrincipals')?.keys().next().value ?? ''

/** Path → scopes of which each alone opens it. */
const openedBy: Readonly<Record<string, readonly string[]>> = {
  '/users': ['User.Read.All', 'Directory.Read.All', 'User.ReadBasic.All'],
  [`/users/${userId(world, ada)}/appRoleAssignments`]: ['AppRoleAssignment.ReadWrite.All', 'Directory.Read.All'],
  '/applications': ['Application.Read.All', 'Directory.Read.All'],
  '/servicePrincipals': ['Application.Read.All', 'Directory.Read.All'],
  [`/servicePrincipals/${principal}/appRoleAssignedTo`]: ['Application.Read.All', 'Directory.Read.All'],
  '/oauth2PermissionGrants': ['Directory.Read.All', 'DelegatedPermissionGrant.ReadWrite.All'],
  '/groups': ['Group.ReadBasic.All', 'GroupMember.Read.All', 'Directory.Read.All'],
  [`/groups/${group}/members`]: ['GroupMember.ReadBasic.All', 'Directory.Read.All'],
  [`/groups/${group}/transitiveMembers`]: ['GroupMember.ReadBasic.All', 'Directory.Read.All'],
  '/roleManagement/directory/roleAssignments': ['RoleManagement.Read.Directory', 'Directory.Read.All'],
  '/roleManagement/directory/roleDefinitions': ['RoleManagement.Read.Directory', 'Directory.Read.All'],
  '/roleManagement/directory/roleEligibilityScheduleInstances': ['RoleEligibilitySchedule.Read.Directory', 'RoleManagement.Read.Directory'],
  '/roleManagement/directory/roleAssignmentScheduleInstances': ['RoleAssignmentSchedule.Read.Directory', 'RoleManagement.Read.Directory'],
  '/directoryRoles': ['RoleManagement.Read.Directory', 'Directory.Read.All'],
  '/identity/conditionalAccess/policies': ['Policy.Read.All'],
  '/policies/authorizationPolicy': ['Policy.Read.All'],
  '/policies/identitySecurityDefaultsEnforcementPolicy': ['Policy.Read.All'],
  '/subscribedSkus': ['LicenseAssignment.Read.All', 'Organization.Read.All', 'Directory.Read.All'],
  '/organization': ['Organization.Read.All', 'Directory.Read.All'],
  '/domains': ['Domain.Read.All', 'Directory.Read.All'],
  '/auditLogs/directoryAudits': ['AuditLog.Read.All'],
  '/me': ['User.Read', 'User.Read.All'],
}

test('every reading path opens to each of its scopes and closes when all of them are taken away', async () => {
  const everything = permissionNames(table).filter(isReadPermission)
  for (const [path, scopes] of Object.entries(openedBy)) {
    for (const scope of scopes)
      assert.equal((await send(world, callerOf(world, ada, [scope]), 'GET', path)).status, 200, `${path} with ${scope}`)
    assert.equal((await send(world, callerOf(world, ada, []), 'GET', path)).code, 'Authorization_RequestDenied', path)
    const unrelated = everything.filter((scope) => /^(Mail|Calendars|Chat|Files|Sites|Printer)\./.test(scope))
    assert.equal((await send(world, callerOf(world, ada, unrelated), 'GET', path)).status, 403, path)
  }
})

test('taking one core scope away closes what only it opens', async () => {
  const core = [
    'Policy.Read.All',
    'Application.Read.All',
    'RoleManagement.Read.Directory',
    'User.Read.All',
    'AuditLog.Read.All',
    'Domain.Read.All',
  ]
  const closes: Readonly<Record<string, string>> = {
    'Policy.Read.All': '/identity/conditionalAccess/policies',
    'Application.Read.All': '/applications',
    'RoleManagement.Read.Directory': '/roleManagement/directory/roleAssignments',
    'User.Read.All': '/users',
    'AuditLog.Read.All': '/auditLogs/directoryAudits',
    'Domain.Read.All': '/domains',
  }
  for (const [scope, path] of Object.entries(closes)) {
    assert.equal((await send(world, callerOf(world, ada, core), 'GET', path)).status, 200, path)
    assert.equal(
      (
        await send(
          world,
          callerOf(
            world,
            ada,
            core.filter((held) => held !== scope),
          ),
          'GET',
          path,
        )
      ).status,
      403,
      path,
    )
  }
})

test('every state-changing entry of the table refuses a token that holds every reading scope, and changes nothing', async (context) => {
  const scopes = permissionNames(table).filter(isReadPermission)
  const reader = callerOf(world, ada, scopes)
  const application = applicationCaller(tenant, '00000003-0000-0000-c000-000000000000', scopes)
  const entries = statesChanged(table)
  const before = JSON.stringify([...tenant.collections].map(([path, rows]) => [path, [...rows]]))
  const logged = world.requestLog.length
  for (const { method, path } of entries) {
    for (const caller of [reader, application]) {
      const answer = await send(world, caller, method, concrete(path), { body: {} })
      assert.equal(answer.status, 403, `${method} ${path}`)
    }
  }
  context.diagnostic(`${entries.length} state-changing entries, each sent as a person and as an application: all 403`)
  assert.ok(entries.length > 5000)
  assert.equal(world.requestLog.length - logged, entries.length * 2)
  assert.ok(world.requestLog.slice(logged).every((entry) => !entry.effect && entry.status === 403))
  assert.equal(JSON.stringify([...tenant.collections].map(([path, rows]) => [path, [...rows]])), before)
})

/** A real path of a template: ids for placeholders. */
function concrete(template: string): string {
  return template
    .replaceAll(/\{[^{}]*\}/g, '11111111-2222-4333-8444-555555555555')
    .split('/')
    .map((segment) => encodeURIComponent(segment).replaceAll('%24', '$'))
    .join('/')
}

test('the sweep notices: with writing scopes the same entries are not refused for their scopes', async () => {
  const writing = permissionNames(table).filter((name) => !isReadPermission(name))
  const all = callerOf(world, ada, [...writing, ...permissionNames(table).filter(isReadPermission)])
  const entries = statesChanged(table).filter((_, index) => index % 60 === 0)
  const statuses = await Promise.all(
    entries.map(async ({ method, path }) => (await send(world, all, method, concrete(path), { body: {} })).status),
  )
  // Played or documented as not played; a handful has only application permissions and stays closed to people.
  assert.ok(statuses.filter((status) => status === 501).length > entries.length * 0.8)
})

test('POSTs that only ask are no change of state', () => {
  const paths = new Set(statesChanged(table).map((entry) => `${entry.method} ${entry.path.toLowerCase()}`))
  for (const path of ['POST /directoryobjects/getbyids', 'POST /users/{id}/getmemberobjects', 'POST /users/{id}/checkmembergroups'])
    assert.ok(!paths.has(path), path)
  for (const path of [
    'DELETE /identity/conditionalaccess/policies/{id}',
    'PATCH /users/{id}',
    'DELETE /users/{id}',
    'POST /users/{id}/revokesigninsessions',
  ])
    assert.ok(paths.has(path), path)
})

test('narrow scopes: basic profiles only, sign-in activity with the audit scope, companions required', async () => {
  const basic = await send(world, callerOf(world, ada, ['User.ReadBasic.All']), 'GET', '/users?$top=1')
  assert.deepEqual(Object.keys(basic.value[0] ?? {}).sort(), ['displayName', 'givenName', 'id', 'mail', 'surname', 'userPrincipalName'])
  assert.equal((await send(world, callerOf(world, ada, ['User.ReadBasic.All']), 'GET', '/users?$select=accountEnabled')).status, 403)
  assert.equal((await send(world, callerOf(world, ada, ['User.Read.All']), 'GET', '/users?$select=signInActivity')).status, 403)
  const active = await send(
    world,
    callerOf(world, ada, ['User.Read.All', 'AuditLog.Read.All']),
    'GET',
    '/users?$select=signInActivity&$top=500',
  )
  assert.equal(active.status, 200)
  assert.equal(
    (await send(world, callerOf(world, ada, ['User.Read.All', 'AuditLog.Read.All']), 'GET', '/users?$select=signInActivity&$top=501'))
      .status,
    400,
  )
  const target = `/users/${userId(world, 'dan@contoso-demo.example')}`
  const patch = async (scopes: readonly string[], body: unknown): Promise<number> =>
    (await send(world, callerOf(world, ada, scopes), 'PATCH', target, { body })).status
  assert.equal(await patch(['User.EnableDisableAccount.All'], { accountEnabled: false }), 403)
  assert.equal(await patch(['User.EnableDisableAccount.All', 'User.Read.All'], { accountEnabled: false, displayName: 'x' }), 403)
  assert.equal(await patch(['User.EnableDisableAccount.All', 'User.Read.All'], {}), 403)
  assert.equal(await patch(['User.EnableDisableAccount.All', 'User.Read.All'], { accountEnabled: true }), 204)
  const policy = `/identity/conditionalAccess/policies/${tenant.collections.get('identity/conditionalAccess/policies')?.keys().next().value}`
  const change = async (scopes: readonly string[]): Promise<number> =>
    (await send(world, callerOf(world, ada, scopes), 'PATCH', policy, { body: { state: 'enabled' } })).status
  assert.equal(await change(['Policy.ReadWrite.ConditionalAccess']), 403)
  assert.equal(await change(['Policy.ReadWrite.ConditionalAccess', 'Policy.Read.All']), 403)
  assert.equal(await change(['Policy.ReadWrite.ConditionalAccess', 'Policy.Read.All', 'Application.Read.All']), 204)
})

test('companions of the table: each alone is refused, together they are judged further', async () => {
  const id = '11111111-2222-4333-8444-555555555555'
  const cases: readonly (readonly [string, string, readonly string[], number])[] = [
    ['POST', `/servicePrincipals/${id}/appRoleAssignedTo`, ['AppRoleAssignment.ReadWrite.All'], 403],
    ['POST', `/servicePrincipals/${id}/appRoleAssignedTo`, ['Application.Read.All', 'Directory.Read.All'], 403],
    ['POST', `/servicePrincipals/${id}/appRoleAssignedTo`, ['AppRoleAssignment.ReadWrite.All', 'Application.Read.All'], 404],
    ['POST', `/servicePrincipals/${id}/createPasswordSingleSignOnCredentials`, ['Application.ReadWrite.All'], 403],
    ['POST', `/servicePrincipals/${id}/createPasswordSingleSignOnCredentials`, ['Application.ReadWrite.All', 'Directory.Read.All'], 501],
    ['DELETE', `/identity/conditionalAccess/policies/${id}`, ['Policy.ReadWrite.ConditionalAccess'], 403],
    ['DELETE', `/identity/conditionalAccess/policies/${id}`, ['Policy.ReadWrite.ConditionalAccess', 'Policy.Read.All'], 404],
  ]
  for (const [method, path, scopes, expected] of cases) {
    assert.equal(
      (await send(world, callerOf(world, ada, scopes), method, path)).status,
      expected,
      `${method} ${path} with ${scopes.join(' ')}`,
    )
  }
})

test('AlsoRequires counts in both directions for a change of state, in one for a read', () => {
  const set = (also: string) => [{ schemes: ['DelegatedWork' as const], methods: ['GET', 'PATCH'], paths: { '/things/{id}': also } }]
  const small = buildPermissionTable({ 'Thing.ReadWrite.All': set('Other.ReadWrite.All'), 'Other.ReadWrite.All': set('') })
  const suffices = (method: string, held: readonly string[]): boolean => {
    const match = matchPath(small, method, ['things', '1']) ?? assert.fail('no match')
    return scopesSuffice(match, method, held, false, []).ok
  }
  assert.deepEqual([suffices('PATCH', ['Thing.ReadWrite.All']), suffices('PATCH', ['Other.ReadWrite.All'])], [false, false])
  assert.deepEqual([suffices('GET', ['Thing.ReadWrite.All']), suffices('GET', ['Other.ReadWrite.All'])], [false, true])
  assert.equal(suffices('PATCH', ['Other.ReadWrite.All', 'Thing.ReadWrite.All']), true)
})

test('a delegated scope is no application permission, nor the other way round', async () => {
  const owned: GraphCaller = applicationCaller(tenant, '00000003-0000-0000-c000-000000000000', ['User.Read'])
  assert.equal((await send(world, owned, 'GET', '/users/ada@contoso-demo.example')).status, 403)
  assert.equal((await send(world, callerOf(world, ada, ['Application.ReadWrite.OwnedBy']), 'GET', '/applications')).status, 403)
})
