import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assignDirectoryRole } from '../tenants/roles.ts'
import { collection, put, text } from '../tenants/tenant.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { World } from '../tenants/world.ts'
import type { GraphCaller } from '../graph/graph-types.ts'
import { contradictions } from './graph-oracle.ts'
import { callerOf, readAll, readScopes, send, userId, worldAt } from './graph-world.ts'

const upn = (name: string): string => `${name}@contoso-demo.example`
const scopes = [
  'User.ReadWrite.All',
  'User-PasswordProfile.ReadWrite.All',
  'User.DeleteRestore.All',
  'UserAuthenticationMethod.ReadWrite.All',
  'UserAuthMethod-Phone.Read.All',
  'IdentityRiskyUser.ReadWrite.All',
  'IdentityRiskyUser.Read.All',
  'AuditLog.Read.All',
  'Directory.Read.All',
]

function withAid(...roles: readonly string[]): { world: World; tenant: Tenant; aid: GraphCaller } {
  const { world, tenant } = worldAt()
  world.settings.auditDelayMs = 0
  const aid = callerOf(world, upn('aid'), scopes)
  for (const role of [...roles, 'Reports Reader']) assert.ok(assignDirectoryRole(tenant, aid.oid, role, `given-${role}`), role)
  return { world, tenant, aid }
}

async function audits(world: World, caller: GraphCaller): Promise<readonly Record<string, unknown>[]> {
  const answer = await send(world, caller, 'GET', '/auditLogs/directoryAudits')
  for (const row of answer.value) assert.deepEqual(contradictions('directoryAudit', row), [])
  return answer.value
}

function firstTarget(row: Record<string, unknown> | undefined): Record<string, unknown> {
  return Array.isArray(row?.['targetResources']) ? row['targetResources'][0] : {}
}

const clientRequest = { 'client-request-id': '11111111-2222-4333-8444-555555555555' }

test('a person has to choose a new password: the flag is read back, other password properties are not played', async () => {
  const { world, aid } = withAid('Password Administrator')
  const erik = `/users/${userId(world, upn('erik'))}`
  const shown = async (): Promise<unknown> => (await send(world, aid, 'GET', `${erik}?$select=passwordProfile`)).json['passwordProfile']
  const profile = (forceChangePasswordNextSignIn: boolean): object => ({
    password: null,
    forceChangePasswordNextSignIn,
    forceChangePasswordNextSignInWithMfa: false,
  })
  assert.deepEqual(await shown(), profile(false))
  const patch = async (passwordProfile: unknown): Promise<number> =>
    (await send(world, aid, 'PATCH', erik, { body: { passwordProfile } })).status
  assert.equal(await patch({ forceChangePasswordNextSignIn: true }), 204)
  assert.deepEqual(await shown(), profile(true))
  assert.equal(await patch({ password: 'xWwvJ]6NMw+bWH-d', forceChangePasswordNextSignIn: true }), 501)
  assert.equal(await patch({ colour: 'red' }), 400)
  assert.equal(await patch({ forceChangePasswordNextSignIn: 'yes' }), 400)
  const rows = await audits(world, aid)
  assert.deepEqual(rows.map((row) => row['activityDisplayName']).sort(), ['Set force change user password', 'Update user'])
  assert.deepEqual(firstTarget(rows[0])['modifiedProperties'] instanceof Array && firstTarget(rows[0])['modifiedProperties'], [
    { displayName: 'ForceChangePassword', oldValue: '[false]', newValue: '[true]' },
    { displayName: 'Included Updated Properties', oldValue: null, newValue: '"ForceChangePassword"' },
    { displayName: 'TargetId.UserType', oldValue: null, newValue: '"Member"' },
  ])
})

test('a deleted guest waits with a mangled name, loses roles and memberships, and comes back with the memberships', async () => {
  const { world, tenant, aid } = withAid('User Administrator')
  const guest = [...collection(tenant, 'users').values()].find(
    (row) => row['userType'] === 'Guest' && collection(tenant, 'groupMembers').with('memberId', row.id).length > 0,
  )
  assert.ok(guest)
  const groups = (): number => collection(tenant, 'groupMembers').with('memberId', guest.id).length
  const before = groups()
  assert.equal((await send(world, aid, 'DELETE', `/users/${guest.id}`)).status, 204)
  assert.equal((await send(world, aid, 'GET', `/users/${guest.id}`)).status, 404)
  assert.equal(groups(), 0)
  const deleted = await readAll(world, aid, '/directory/deletedItems/microsoft.graph.user')
  const mangled = `${guest.id.replaceAll('-', '')}${String(guest['userPrincipalName'])}`
  const waiting = deleted.rows.find((row) => row['id'] === guest.id)
  assert.equal(waiting?.['userPrincipalName'], mangled)
  assert.notEqual(waiting?.['deletedDateTime'], null)
  assert.deepEqual(contradictions('user', waiting), [])
  const [row] = await audits(world, aid)
  assert.deepEqual([row?.['activityDisplayName'], row?.['operationType'], firstTarget(row)['id']], ['Delete user', 'Delete', guest.id])
  assert.equal(firstTarget(row)['userPrincipalName'], mangled)
  const restored = await send(world, aid, 'POST', `/directory/deletedItems/${guest.id}/restore`, { body: {} })
  assert.deepEqual([restored.status, restored.json['userPrincipalName']], [200, guest['userPrincipalName']])
  assert.deepEqual(contradictions('directoryObject', restored.json), [])
  assert.equal((await send(world, aid, 'GET', `/users/${guest.id}`)).json['userPrincipalName'], guest['userPrincipalName'])
  assert.equal(groups(), before)
  assert.equal((await audits(world, aid))[0]?.['activityDisplayName'], 'Restore user')
  assert.equal((await send(world, aid, 'POST', `/directory/deletedItems/${guest.id}/restore`)).status, 404)
})

test('restoring a person takes a permission for people, and a name that is still free', async () => {
  const { world, tenant, aid } = withAid('User Administrator')
  const erik = collection(tenant, 'users').get(userId(world, upn('erik')))
  assert.ok(erik)
  await send(world, aid, 'DELETE', `/users/${erik.id}`)
  const restore = (caller: GraphCaller): Promise<{ status: number }> =>
    send(world, caller, 'POST', `/directory/deletedItems/${erik.id}/restore`)
  assert.equal((await restore({ ...aid, scopes: ['Application.ReadWrite.All'] })).status, 403)
  collection(tenant, 'users').set('another', { ...erik, id: 'another' })
  assert.equal((await restore(aid)).status, 400)
  collection(tenant, 'users').delete('another')
  assert.equal((await restore(aid)).status, 200)
})

test('sign-in methods agree with the registration report, and a removed one is gone from both', async () => {
  const { world, tenant, aid } = withAid('Authentication Administrator')
  const reader = callerOf(world, upn('ada'), [...readScopes, 'UserAuthenticationMethod.Read.All', ...scopes])
  const reports = 'reports/authenticationMethods/userRegistrationDetails'
  const kinds = { phone: 'mobilePhone', microsoftAuthenticator: 'microsoftAuthenticatorPush' } as const
  for (const [kind, reported] of Object.entries(kinds)) {
    const details = [...collection(tenant, reports).values()].find(
      (row) => Array.isArray(row['methodsRegistered']) && row['methodsRegistered'].includes(reported) && row['isAdmin'] === false,
    )
    assert.ok(details, kind)
    const list = `/users/${details.id}/authentication/${kind}Methods`
    const [method, ...others] = (await send(world, reader, 'GET', list)).value
    assert.equal(others.length, 0)
    assert.deepEqual(contradictions(`${kind}AuthenticationMethod`, method), [])
    const all = (await send(world, reader, 'GET', `/users/${details.id}/authentication/methods`)).value
    assert.ok(all.some((row) => row['id'] === method?.['id'] && row['@odata.type'] === `#microsoft.graph.${kind}AuthenticationMethod`))
    assert.equal(all[0]?.['@odata.type'], '#microsoft.graph.passwordAuthenticationMethod')
    for (const row of all) assert.deepEqual(contradictions('authenticationMethod', row), [])
    const one = `${list}/${String(method?.['id'])}`
    assert.equal((await send(world, reader, 'GET', one)).status, 200)
    assert.equal((await send(world, aid, 'DELETE', one, { headers: clientRequest })).status, 204)
    assert.equal((await send(world, aid, 'DELETE', one)).status, 404)
    assert.equal((await send(world, reader, 'GET', one)).status, 404)
    const left = collection(tenant, reports).get(details.id)?.['methodsRegistered']
    assert.ok(Array.isArray(left) && !left.includes(reported))
    const [row] = await audits(world, aid)
    assert.deepEqual(
      [row?.['activityDisplayName'], row?.['loggedByService'], row?.['correlationId']],
      ['Admin deleted security info', 'Authentication Methods', clientRequest['client-request-id']],
    )
  }
})

test('every kind of method can be listed and removed, and leaves only the password', async () => {
  const { world, tenant } = withAid()
  const ada = callerOf(world, upn('ada'), ['UserAuthenticationMethod.ReadWrite.All', 'UserAuthMethod-Passkey.Read.All', 'User.Read.All'])
  const erik = userId(world, upn('erik'))
  const reported = {
    phone: ['mobilePhone', 'alternateMobilePhone', 'officePhone'],
    microsoftAuthenticator: ['microsoftAuthenticatorPush', 'microsoftAuthenticatorPasswordless'],
    fido2: ['fido2SecurityKey', 'passKeyDeviceBound'],
    softwareOath: ['softwareOneTimePasscode'],
    temporaryAccessPass: ['temporaryAccessPass'],
    email: ['email'],
  }
  const reports = 'reports/authenticationMethods/userRegistrationDetails'
  const details = collection(tenant, reports).get(erik) ?? { id: erik }
  put(tenant, reports, { ...details, methodsRegistered: Object.values(reported).flat() })
  for (const [kind, names] of Object.entries(reported)) {
    const list = `/users/${erik}/authentication/${kind}Methods`
    const { value } = await send(world, ada, 'GET', list)
    assert.equal(value.length, kind === 'phone' ? names.length : 1, kind)
    for (const method of value) {
      assert.deepEqual(contradictions(`${kind}AuthenticationMethod`, method), [])
      assert.equal((await send(world, ada, 'DELETE', `${list}/${String(method['id'])}`)).status, 204)
    }
    assert.deepEqual((await send(world, ada, 'GET', list)).value, [])
  }
  const left = (await send(world, ada, 'GET', `/users/${erik}/authentication/methods`)).value
  assert.deepEqual(
    left.map((method) => method['@odata.type']),
    ['#microsoft.graph.passwordAuthenticationMethod'],
  )
  assert.deepEqual(collection(tenant, reports).get(erik)?.['isMfaRegistered'], false)
})

test('permissions for one’s own sign-in methods reach nobody else’s', async () => {
  const { world } = withAid()
  const cleo = callerOf(world, upn('cleo'), ['UserAuthenticationMethod.Read'])
  assert.equal((await send(world, cleo, 'GET', `/users/${cleo.oid}/authentication/methods`)).status, 200)
  assert.equal((await send(world, cleo, 'GET', `/users/${upn('cleo')}/authentication/methods`)).status, 200)
  const other = `/users/${userId(world, upn('dan'))}/authentication/methods`
  assert.equal((await send(world, cleo, 'GET', other)).status, 403)
  assert.equal((await send(world, { ...cleo, scopes: ['UserAuthenticationMethod.Read.All'] }, 'GET', other)).status, 403)
})

test('risk is dismissed and confirmed, by P2 only, one request a second', async () => {
  const { world, tenant, aid } = withAid('Security Operator', 'Global Reader')
  const [risky] = [...collection(tenant, 'identityProtection/riskyUsers').values()].filter((row) => row['riskState'] === 'atRisk')
  assert.ok(risky)
  const post = (action: string, body: unknown): Promise<{ status: number; code: string }> =>
    send(world, aid, 'POST', `/identityProtection/riskyUsers/${action}`, { body, headers: clientRequest })
  assert.equal((await post('dismiss', { userIds: [] })).status, 400)
  assert.equal((await post('dismiss', { userIds: ['11111111-2222-4333-8444-555555555555'] })).status, 404)
  assert.equal((await post('dismiss', { userIds: [risky.id], colour: 'red' })).status, 400)
  assert.equal((await post('dismiss', { userIds: [risky.id] })).status, 204)
  const shown = async (id: string): Promise<Record<string, unknown>> =>
    (await send(world, aid, 'GET', `/identityProtection/riskyUsers/${id}`)).json
  assert.deepEqual(
    [(await shown(risky.id))['riskState'], (await shown(risky.id))['riskDetail']],
    ['dismissed', 'adminDismissedAllRiskForUser'],
  )
  const erik = userId(world, upn('erik'))
  assert.equal((await post('confirmCompromised', { userIds: [erik] })).status, 204)
  assert.deepEqual([(await shown(erik))['riskState'], (await shown(erik))['riskLevel']], ['confirmedCompromised', 'high'])
  assert.deepEqual(contradictions('riskyUser', await shown(erik)), [])
  const rows = await audits(world, aid)
  assert.deepEqual(
    rows.map((row) => [row['activityDisplayName'], row['loggedByService'], row['correlationId'], firstTarget(row)['id']]),
    [
      ['ConfirmAccountCompromised', 'Identity Protection', clientRequest['client-request-id'], erik],
      ['DismissUser', 'Identity Protection', clientRequest['client-request-id'], risky.id],
    ],
  )
  world.settings.throttling = true
  assert.equal((await post('dismiss', { userIds: [erik] })).status, 204)
  assert.equal((await post('dismiss', { userIds: [erik] })).status, 429)
  world.settings.throttling = false
  tenant.flags.licence = 'p1'
  assert.deepEqual(
    [(await post('dismiss', { userIds: [erik] })).status, (await post('dismiss', { userIds: [erik] })).code],
    [403, 'Forbidden'],
  )
})

test('an empty change and a relation without $ref change nothing', async () => {
  const { world, tenant, aid } = withAid('User Administrator')
  const erik = userId(world, upn('erik'))
  assert.equal((await send(world, aid, 'PATCH', `/users/${erik}`, { body: {} })).status, 400)
  const [membership] = [...collection(tenant, 'groupMembers').values()]
  const path = `/groups/${text(membership, 'groupId')}/members/${text(membership, 'memberId')}`
  assert.equal((await send(world, { ...aid, scopes: ['GroupMember.ReadWrite.All'] }, 'DELETE', path)).status, 501)
  assert.ok(world.requestLog.every((entry) => !entry.effect))
})
