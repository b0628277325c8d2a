import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assignDirectoryRole, findRoleDefinition } from '../tenants/roles.ts'
import { put, text } from '../tenants/tenant.ts'
import { applicationCaller, callerOf, readScopes, send, userId, worldAt } from './graph-world.ts'

const disable = ['User.EnableDisableAccount.All', 'User.Read.All']
const upn = (name: string): string => `${name}@contoso-demo.example`

function withAid(...roles: readonly string[]): ReturnType<typeof worldAt> & { aid: ReturnType<typeof callerOf> } {
  const made = worldAt()
  const id = userId(made.world, upn('aid'))
  roles.forEach((role, index) => assert.ok(assignDirectoryRole(made.tenant, id, role, `given-${index}`), role))
  return {
    ...made,
    aid: callerOf(made.world, upn('aid'), [
      ...disable,
      'User.RevokeSessions.All',
      'Application.ReadWrite.All',
      'Policy.ReadWrite.ConditionalAccess',
      'Policy.Read.All',
      'AuditLog.Read.All',
    ]),
  }
}

test('disabling an account needs a role that may, and takes effect once', async () => {
  const { world, aid } = withAid()
  const erik = `/users/${userId(world, upn('erik'))}`
  assert.equal((await send(world, aid, 'PATCH', erik, { body: { accountEnabled: false } })).code, 'Authorization_RequestDenied')
  assert.ok(
    assignDirectoryRole([...world.tenants.values()][0] ?? assert.fail('no tenant'), aid.oid, 'Entra SOC Identity Responder', 'later'),
  )
  assert.equal((await send(world, aid, 'PATCH', erik, { body: { accountEnabled: false } })).status, 204)
  const ada = callerOf(world, upn('ada'), readScopes)
  assert.equal((await send(world, ada, 'GET', `${erik}?$select=accountEnabled`)).json['accountEnabled'], false)
  assert.deepEqual(
    world.requestLog.filter((entry) => entry.method === 'PATCH').map((entry) => [entry.status, entry.effect]),
    [
      [403, false],
      [204, true],
    ],
  )
  assert.equal(world.requestLog.find((entry) => entry.effect)?.body, '{"accountEnabled":false}')
})

test('a holder of a privileged role is out of reach, directly or through a group, except for the two roles that may', async () => {
  for (const role of ['Entra SOC Identity Responder', 'User Administrator', 'Security Operator']) {
    const { world, tenant, aid } = withAid(role)
    const nightShift = [...(tenant.collections.get('groups')?.values() ?? [])].find((row) => row['displayName'] === 'Tier zero operators')
    const inGroup = [...(tenant.collections.get('groupMembers')?.values() ?? [])].find((row) => row['groupId'] === nightShift?.id)
    for (const target of [userId(world, upn('bo')), text(inGroup, 'memberId') ?? '']) {
      assert.equal((await send(world, aid, 'PATCH', `/users/${target}`, { body: { accountEnabled: false } })).status, 403, role)
      assert.equal((await send(world, aid, 'POST', `/users/${target}/revokeSignInSessions`)).status, 403, role)
    }
    assert.equal(
      (await send(world, aid, 'PATCH', `/users/${userId(world, upn('erik'))}`, { body: { accountEnabled: false } })).status,
      204,
      role,
    )
  }
  const { world, aid } = withAid('Privileged Authentication Administrator')
  assert.equal((await send(world, aid, 'PATCH', `/users/${userId(world, upn('bo'))}`, { body: { accountEnabled: false } })).status, 204)
})

test('a role scoped to an administrative unit reaches its members only', async () => {
  const { world, tenant, aid } = withAid()
  const role = findRoleDefinition(tenant, 'Entra SOC Identity Responder')
  put(tenant, 'administrativeUnitMembers', { id: 'm1', administrativeUnitId: 'unit', memberId: userId(world, upn('erik')) })
  put(tenant, 'roleManagement/directory/roleAssignments', {
    id: 'scoped',
    principalId: aid.oid,
    roleDefinitionId: role?.id,
    directoryScopeId: '/administrativeUnits/unit',
    appScopeId: null,
    condition: null,
  })
  assert.equal((await send(world, aid, 'PATCH', `/users/${userId(world, upn('dan'))}`, { body: { accountEnabled: false } })).status, 403)
  assert.equal((await send(world, aid, 'PATCH', `/users/${userId(world, upn('erik'))}`, { body: { accountEnabled: false } })).status, 204)
})

test('a custom role serves application credentials', async () => {
  const { world, tenant, aid } = withAid()
  const application = [...(tenant.collections.get('applications')?.values() ?? [])].find((row) => row['displayName'] === 'Badge printing')
  const [secret] = Array.isArray(application?.['passwordCredentials']) ? application['passwordCredentials'] : []
  const remove = { body: { keyId: secret.keyId } }
  assert.equal((await send(world, aid, 'POST', `/applications/${application?.id}/removePassword`, remove)).status, 403)
  put(tenant, 'roleManagement/directory/roleDefinitions', {
    id: 'custom-1',
    displayName: 'Secret remover',
    isBuiltIn: false,
    isEnabled: true,
    rolePermissions: [{ allowedResourceActions: ['microsoft.directory/applications/credentials/update'], condition: null }],
  })
  assignDirectoryRole(tenant, aid.oid, 'Secret remover', 'custom')
  assert.equal((await send(world, aid, 'POST', `/applications/${application?.id}/removePassword`, remove)).status, 204)
  const left = tenant.collections.get('applications')?.get(application?.id ?? '')?.['passwordCredentials']
  assert.deepEqual(Array.isArray(left) ? left.map((entry) => entry.displayName) : [], ['v2', 'v3'])
  assert.equal((await send(world, aid, 'POST', `/applications/${application?.id}/removePassword`, remove)).status, 400)
})

test('a new secret is told once, works for sign-in, and stops working when it is removed', async () => {
  const { world, tenant, aid } = withAid('Application Administrator')
  const application = [...(tenant.collections.get('applications')?.values() ?? [])][0]
  const added = await send(world, aid, 'POST', `/applications/${application?.id}/addPassword`, {
    body: { passwordCredential: { displayName: 'new' } },
  })
  const told = String(added.json['secretText'])
  assert.ok(told.length > 30)
  assert.deepEqual(tenant.secrets.get(text(application, 'appId') ?? ''), [told])
  const read = await send(world, callerOf(world, upn('ada'), readScopes), 'GET', `/applications/${application?.id}`)
  assert.ok(!read.text.includes(told))
  await send(world, aid, 'POST', `/applications/${application?.id}/removePassword`, { body: { keyId: added.json['keyId'] } })
  assert.deepEqual(tenant.secrets.get(text(application, 'appId') ?? ''), [])
})

test('revoking sessions marks the moment; people may revoke their own', async () => {
  const { world, aid } = withAid('Helpdesk Administrator')
  const dan = userId(world, upn('dan'))
  const answer = await send(world, aid, 'POST', `/users/${dan}/revokeSignInSessions`)
  assert.deepEqual([answer.status, answer.json['value']], [200, true])
  assert.equal(world.revokedSince.get(dan), world.clock.now())
  const own = callerOf(world, upn('cleo'), ['User.RevokeSessions.All'])
  assert.equal((await send(world, own, 'POST', `/users/${own.oid}/revokeSignInSessions`)).status, 200)
  assert.equal((await send(world, own, 'POST', `/users/${dan}/revokeSignInSessions`)).status, 403)
})

test('audit rows of a delegated disable: two rows, one correlation id of their own, the person as actor', async () => {
  const { world, aid, tick } = withAid('Entra SOC Identity Responder', 'Reports Reader')
  const erik = userId(world, upn('erik'))
  await send(world, aid, 'PATCH', `/users/${erik}`, {
    body: { accountEnabled: false },
    headers: { 'client-request-id': '11111111-2222-4333-8444-555555555555', 'user-agent': 'probe/1' },
  })
  const url = `/auditLogs/directoryAudits?$filter=${encodeURIComponent(`targetResources/any(t: t/id eq '${erik}') and initiatedBy/user/id eq '${aid.oid}' and activityDateTime ge 2026-11-22T11:59:00Z`)}`
  assert.equal((await send(world, aid, 'GET', url)).value.length, 0)
  tick(2999)
  assert.equal((await send(world, aid, 'GET', url)).value.length, 0)
  tick(1)
  const rows = (await send(world, aid, 'GET', url)).value
  assert.deepEqual(rows.map((row) => row['activityDisplayName']).sort(), ['Disable account', 'Update user'])
  assert.equal(new Set(rows.map((row) => row['correlationId'])).size, 1)
  assert.notEqual(rows[0]?.['correlationId'], '11111111-2222-4333-8444-555555555555')
  assert.equal(new Set(rows.map((row) => row['activityDateTime'])).size, 1)
  for (const row of rows) {
    assert.deepEqual(row['initiatedBy'], {
      app: null,
      user: { id: aid.oid, displayName: null, userPrincipalName: upn('aid'), ipAddress: '127.0.0.1' },
    })
    assert.deepEqual(row['additionalDetails'], [{ key: 'User-Agent', value: 'probe/1' }])
    const [target] = Array.isArray(row['targetResources']) ? row['targetResources'] : []
    assert.equal(target.id, erik)
    assert.deepEqual(target.modifiedProperties.slice(0, 2), [
      { displayName: 'AccountEnabled', oldValue: '[true]', newValue: '[false]' },
      { displayName: 'Included Updated Properties', oldValue: null, newValue: '"AccountEnabled"' },
    ])
  }
})

test('audit rows of secrets carry the en dash and the trailing space; a policy keeps the client-request-id', async () => {
  const { world, tenant, aid } = withAid('Application Administrator', 'Conditional Access Administrator', 'Reports Reader')
  world.settings.auditDelayMs = 0
  const application = tenant.collections.get('applications')?.keys().next().value
  await send(world, aid, 'POST', `/applications/${application}/addPassword`, { body: {} })
  const policy = [...(tenant.collections.get('identity/conditionalAccess/policies')?.values() ?? [])].find(
    (row) => row['displayName'] === 'Block device code flow',
  )
  const scopes = { ...aid, scopes: [...aid.scopes, 'Application.Read.All'] }
  const changed = await send(world, scopes, 'PATCH', `/identity/conditionalAccess/policies/${policy?.id}`, {
    body: { state: 'enabled' },
    headers: { 'client-request-id': '99999999-2222-4333-8444-555555555555' },
  })
  assert.equal(changed.status, 204)
  const rows = (await send(world, aid, 'GET', '/auditLogs/directoryAudits')).value
  assert.deepEqual(
    rows.map((row) => row['activityDisplayName']),
    ['Update conditional access policy', 'Update application', 'Update application \u2013 Certificates and secrets management '],
  )
  assert.deepEqual(
    [rows[0]?.['correlationId'], rows[0]?.['loggedByService']],
    ['99999999-2222-4333-8444-555555555555', 'Conditional Access'],
  )
  assert.equal(
    (await send(world, scopes, 'PATCH', `/identity/conditionalAccess/policies/${policy?.id}`, { body: { state: 'sometimes' } })).status,
    400,
  )
  assert.equal(
    (await send(world, scopes, 'PATCH', `/identity/conditionalAccess/policies/${policy?.id}`, { body: { colour: 'red' } })).status,
    400,
  )
})

test('rows that are set to never arrive never do; an application as actor fills initiatedBy.app', async () => {
  const { world, tenant, aid, tick } = withAid('Entra SOC Identity Responder', 'Reports Reader')
  world.settings.auditDelayMs = null
  await send(world, aid, 'PATCH', `/users/${userId(world, upn('erik'))}`, { body: { accountEnabled: false } })
  tick(86_400_000)
  assert.equal((await send(world, aid, 'GET', '/auditLogs/directoryAudits')).value.length, 0)
  world.settings.auditDelayMs = 0
  const principal = [...(tenant.collections.get('servicePrincipals')?.values() ?? [])].find(
    (row) => row['displayName'] === 'Onboarding checklist',
  )
  const application = applicationCaller(tenant, text(principal, 'appId') ?? '', ['User.ReadWrite.All'])
  assert.equal(
    (await send(world, application, 'PATCH', `/users/${userId(world, upn('bo'))}`, { body: { accountEnabled: true } })).status,
    403,
  )
  assert.equal(
    (await send(world, application, 'PATCH', `/users/${userId(world, upn('erik'))}`, { body: { accountEnabled: true } })).status,
    204,
  )
  const [row] = (await send(world, aid, 'GET', '/auditLogs/directoryAudits')).value
  assert.deepEqual(row?.['initiatedBy'], {
    user: null,
    app: { appId: null, displayName: 'Onboarding checklist', servicePrincipalId: principal?.id, servicePrincipalName: null },
  })
})

test('reads lag behind writes when told to; writes see the truth', async () => {
  const { world, aid, tick } = withAid('Entra SOC Identity Responder')
  world.settings.readLagMs = 5000
  const erik = `/users/${userId(world, upn('erik'))}`
  const shown = async (): Promise<unknown> => (await send(world, aid, 'GET', `${erik}?$select=accountEnabled`)).json['accountEnabled']
  await send(world, aid, 'PATCH', erik, { body: { accountEnabled: false } })
  assert.equal(await shown(), true)
  tick(4999)
  assert.equal(await shown(), true)
  tick(1)
  assert.equal(await shown(), false)
})

test('writes that are not played say so, but only to those who might', async () => {
  const { world, aid } = withAid('User Administrator')
  const dan = `/users/${userId(world, upn('dan'))}`
  assert.equal((await send(world, aid, 'DELETE', dan)).status, 403)
  const manager = { ...aid, scopes: ['User.ReadWrite.All'] }
  assert.equal((await send(world, manager, 'PUT', `${dan}/manager/$ref`, { body: { '@odata.id': 'x' } })).status, 501)
  const wide = { ...aid, scopes: ['User.ReadWrite.All'] }
  assert.equal((await send(world, wide, 'PATCH', dan, { body: { jobTitle: 'x' } })).status, 501)
  assert.equal((await send(world, wide, 'PATCH', dan, { body: { colour: 'x' } })).status, 400)
  assert.equal((await send(world, wide, 'PATCH', dan, { body: { accountEnabled: 'no' } })).status, 400)
  assert.equal((await send(world, wide, 'PATCH', '/users/nobody@x', { body: { accountEnabled: false } })).status, 404)
  assert.equal((await send(world, wide, 'DELETE', '/unicorns/1')).status, 400)
  assert.ok(world.requestLog.every((entry) => !entry.effect))
})
