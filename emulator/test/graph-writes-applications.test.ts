import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findApi, findClient } from '../signin/directory.ts'
import { assignDirectoryRole } from '../tenants/roles.ts'
import { collection, put, text } from '../tenants/tenant.ts'
import type { Row, Tenant } from '../tenants/tenant.ts'
import { contradictions } from './graph-oracle.ts'
import { applicationCaller, callerOf, readScopes, send, userId, worldAt } from './graph-world.ts'

const upn = (name: string): string => `${name}@contoso-demo.example`
const scopes = [
  ...readScopes,
  'Application.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'Policy.ReadWrite.ConditionalAccess',
]

function withAid(...roles: readonly string[]): ReturnType<typeof worldAt> & { aid: ReturnType<typeof callerOf> } {
  const made = worldAt()
  made.world.settings.auditDelayMs = 0
  const id = userId(made.world, upn('aid'))
  for (const role of [...roles, 'Reports Reader']) assert.ok(assignDirectoryRole(made.tenant, id, role, `given-${role}`), role)
  return { ...made, aid: callerOf(made.world, upn('aid'), scopes) }
}

function named(tenant: Tenant, path: string, displayName: string): Row {
  const row = [...collection(tenant, path).values()].find((candidate) => candidate['displayName'] === displayName)
  return row ?? assert.fail(`${path} has no "${displayName}"`)
}

function principalOf(tenant: Tenant, application: Row): Row {
  return collection(tenant, 'servicePrincipals').with('appId', text(application, 'appId') ?? '')[0] ?? assert.fail('no service principal')
}

function list(row: Row | undefined, property: string): Record<string, unknown>[] {
  const value = row?.[property]
  return Array.isArray(value) ? value : []
}

async function audits(
  made: ReturnType<typeof withAid>,
): Promise<{ activity: unknown; targets: Record<string, unknown>[]; row: Record<string, unknown> }[]> {
  const rows = (await send(made.world, made.aid, 'GET', '/auditLogs/directoryAudits')).value
  for (const row of rows) assert.deepEqual(contradictions('directoryAudit', row), [])
  return rows.map((row) => ({
    activity: row['activityDisplayName'],
    targets: Array.isArray(row['targetResources']) ? row['targetResources'] : [],
    row,
  }))
}

function modified(target: Record<string, unknown> | undefined, name: string): unknown {
  const properties: unknown = target?.['modifiedProperties']
  return Array.isArray(properties) ? properties.find((property) => property.displayName === name) : undefined
}

const certificate = {
  type: 'AsymmetricX509Cert',
  usage: 'Verify',
  key: Buffer.from('a certificate').toString('base64'),
  displayName: 'CN=new',
}

test('certificates: the list is replaced, known ones keep their key, a new one needs its own', async () => {
  const made = withAid('Cloud Application Administrator')
  const { world, tenant, aid } = made
  const label = named(tenant, 'applications', 'Label maker')
  const url = `/applications/${label.id}`
  const [stored] = list(label, 'keyCredentials')
  const patch = async (keyCredentials: unknown): Promise<Awaited<ReturnType<typeof send>>> =>
    send(world, aid, 'PATCH', url, { body: { keyCredentials } })
  const withoutKey = await patch([{ ...certificate, key: undefined }])
  assert.deepEqual([withoutKey.status, withoutKey.code], [400, 'Request_BadRequest'])
  assert.equal((await patch([{ ...stored, displayName: 'CN=renamed' }])).status, 400)
  assert.equal((await patch([{ keyId: stored?.['keyId'], key: certificate.key }])).status, 400)
  assert.equal((await patch([stored, stored])).status, 400)
  assert.equal((await patch([stored, certificate])).status, 204)
  const both = list(collection(tenant, 'applications').get(label.id), 'keyCredentials')
  assert.deepEqual(both[0], stored)
  assert.equal(both.length, 2)
  // What Graph answers may be sent back as it is, the one that goes left out.
  const read = await send(world, aid, 'GET', `${url}?$select=keyCredentials`)
  const entries: unknown = read.json['keyCredentials']
  assert.ok(Array.isArray(entries))
  assert.equal((await patch(entries.filter((entry) => entry.keyId !== stored?.['keyId']))).status, 204)
  const left = await send(world, aid, 'GET', url)
  assert.deepEqual(contradictions('application', left.json), [])
  assert.deepEqual(
    list({ id: '', ...left.json }, 'keyCredentials').map((entry) => entry['displayName']),
    ['CN=new'],
  )
  const names = (await audits(made)).map((row) => row.activity)
  assert.deepEqual(names.slice(0, 2).sort(), ['Update application', 'Update application \u2013 Certificates and secrets management '])
  assert.equal((await send(world, aid, 'PATCH', url, { body: { notes: 'x' } })).status, 501)
})

test('owners: added once, only people and service principals, the last one may go', async () => {
  const made = withAid('Application Administrator')
  const { world, tenant, aid } = made
  const app = named(tenant, 'applications', 'Fleet map')
  for (const row of collection(tenant, 'applicationOwners').with('applicationId', app.id))
    collection(tenant, 'applicationOwners').delete(row.id)
  const owners = `/applications/${app.id}/owners`
  const dan = userId(world, upn('dan'))
  const add = async (id: string): Promise<Awaited<ReturnType<typeof send>>> =>
    send(world, aid, 'POST', `${owners}/$ref`, { body: { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` } })
  assert.equal((await add(dan)).status, 204)
  const again = await add(dan)
  assert.deepEqual([again.status, again.code], [400, 'Request_BadRequest'])
  assert.match(again.text, /One or more added object references already exist for the following modified properties: 'owners'\./)
  const group = [...collection(tenant, 'groups').keys()][0] ?? ''
  assert.match((await add(group)).text, /of type 'Group' is invalid for the 'owners' reference/)
  assert.equal((await add('00000000-0000-4000-8000-000000000009')).status, 404)
  assert.equal((await send(world, aid, 'POST', `${owners}/$ref`, { body: { '@odata.id': 'dan' } })).status, 400)
  const read = await send(world, aid, 'GET', `${owners}?$select=id,displayName`)
  assert.deepEqual(
    read.value.map((owner) => owner['id']),
    [dan],
  )
  const [row] = await audits(made)
  assert.equal(row?.activity, 'Add owner to application')
  assert.deepEqual(
    row?.targets.map((target) => [target['type'], target['id']]),
    [
      ['User', dan],
      ['Application', app.id],
    ],
  )
  assert.equal((await send(world, aid, 'DELETE', `${owners}/${dan}/$ref`)).status, 204)
  assert.equal((await send(world, aid, 'DELETE', `${owners}/${dan}/$ref`)).status, 404)
  assert.equal((await send(world, aid, 'GET', owners)).value.length, 0)
  assert.equal((await audits(made))[0]?.activity, 'Remove owner from application')
  assert.equal((await send(world, aid, 'DELETE', `${owners}/${dan}`)).status, 501)
})

test('a deleted application takes its service principal, grants and assignments along; each is restored by itself', async () => {
  const made = withAid('Application Administrator')
  const { world, tenant, aid } = made
  const app = named(tenant, 'applications', 'Customer mirror')
  const principal = principalOf(tenant, app)
  const graph = collection(tenant, 'servicePrincipals').with('appId', '00000003-0000-0000-c000-000000000000')[0]
  put(tenant, 'oauth2PermissionGrants', {
    id: 'planted-grant',
    clientId: principal.id,
    consentType: 'AllPrincipals',
    principalId: null,
    resourceId: graph?.id,
    scope: 'User.Read',
  })
  const assignedTo = `/servicePrincipals/${graph?.id}/appRoleAssignedTo?$top=999`
  const held = async (): Promise<number> =>
    (await send(world, aid, 'GET', assignedTo)).value.filter((row) => row['principalId'] === principal.id).length
  assert.equal(await held(), 2)
  assert.equal((await send(world, aid, 'DELETE', `/applications/${app.id}`)).status, 204)
  for (const url of [
    `/applications/${app.id}`,
    `/servicePrincipals/${principal.id}`,
    `/servicePrincipals/${principal.id}/appRoleAssignments`,
  ])
    assert.equal((await send(world, aid, 'GET', url)).status, 404, url)
  assert.equal(await held(), 0)
  const grants = async (): Promise<number> =>
    (await send(world, aid, 'GET', `/oauth2PermissionGrants?$filter=clientId eq '${principal.id}'`)).value.length
  assert.equal(await grants(), 0)
  assert.deepEqual(
    (await audits(made)).slice(0, 2).map((row) => row.activity),
    ['Remove service principal', 'Delete application'],
  )
  const deleted = await send(world, aid, 'GET', `/directory/deletedItems/${app.id}`)
  assert.equal(deleted.json['@odata.type'], '#microsoft.graph.application')
  assert.equal(deleted.json['deletedDateTime'], '2026-11-22T12:00:00Z')
  for (const [cast, id] of [
    ['application', app.id],
    ['servicePrincipal', principal.id],
  ] as const) {
    const rows = (await send(world, aid, 'GET', `/directory/deletedItems/microsoft.graph.${cast}`)).value
    assert.ok(
      rows.some((row) => row['id'] === id),
      cast,
    )
  }
  const restored = await send(world, aid, 'POST', `/directory/deletedItems/${app.id}/restore`, { body: {} })
  assert.deepEqual([restored.status, restored.json['id'], restored.json['deletedDateTime']], [200, app.id, null])
  assert.deepEqual(contradictions('application', restored.json), [])
  assert.equal((await send(world, aid, 'GET', `/applications/${app.id}`)).status, 200)
  assert.equal((await send(world, aid, 'GET', `/servicePrincipals/${principal.id}`)).status, 404)
  assert.equal((await send(world, aid, 'POST', `/directory/deletedItems/${principal.id}/restore`)).status, 200)
  assert.deepEqual([await grants(), await held()], [1, 2])
  assert.equal((await send(world, aid, 'POST', `/directory/deletedItems/${app.id}/restore`)).status, 404)
  assert.deepEqual(
    (await audits(made)).slice(0, 2).map((row) => row.activity),
    ['Restore service principal', 'Restore application'],
  )
})

test('a service principal is blocked and let in again; its secrets come and go', async () => {
  const made = withAid('Cloud Application Administrator')
  const { world, tenant, aid } = made
  const principal = named(tenant, 'servicePrincipals', 'Diagram Studio')
  const url = `/servicePrincipals/${principal.id}`
  assert.equal((await send(world, aid, 'PATCH', url, { body: { accountEnabled: 'no' } })).status, 400)
  assert.equal((await send(world, aid, 'PATCH', url, { body: { accountEnabled: false } })).status, 204)
  assert.equal((await send(world, aid, 'GET', `${url}?$select=accountEnabled`)).json['accountEnabled'], false)
  const [row] = await audits(made)
  assert.equal(row?.activity, 'Update service principal')
  assert.deepEqual(modified(row?.targets[0], 'AccountEnabled'), { displayName: 'AccountEnabled', oldValue: '[true]', newValue: '[false]' })
  assert.equal((await send(world, aid, 'PATCH', url, { body: { accountEnabled: true } })).status, 204)
  assert.equal((await send(world, aid, 'PATCH', url, { body: { notes: 'x' } })).status, 501)
  const added = await send(world, aid, 'POST', `${url}/addPassword`, { body: {} })
  assert.equal(added.status, 200)
  assert.deepEqual(contradictions('passwordCredential', added.json), [])
  assert.deepEqual(
    (await audits(made)).slice(0, 2).map((entry) => entry.activity),
    ['Update service principal', 'Add service principal credentials'],
  )
  const remove = { body: { keyId: added.json['keyId'] } }
  assert.equal((await send(world, aid, 'POST', `${url}/removePassword`, remove)).status, 204)
  assert.deepEqual(
    (await audits(made)).slice(0, 2).map((entry) => entry.activity),
    ['Update service principal', 'Remove service principal credentials'],
  )
  assert.equal((await send(world, aid, 'POST', `${url}/removePassword`, remove)).status, 400)
})

test('a delegated grant is removed, made again under an id that follows from its ends, and changed', async () => {
  const made = withAid('Cloud Application Administrator')
  const { world, tenant, aid } = made
  const client = named(tenant, 'servicePrincipals', 'Inbox Tidy')
  const [grant] = collection(tenant, 'oauth2PermissionGrants').with('clientId', client.id)
  assert.ok(grant)
  const { id: _id, ...row } = grant
  const post = async (body: unknown): Promise<Awaited<ReturnType<typeof send>>> =>
    send(world, aid, 'POST', '/oauth2PermissionGrants', { body })
  const twice = await post(row)
  assert.deepEqual([twice.status, twice.code], [409, 'Request_MultipleObjectsWithSameKeyValue'])
  assert.equal((await send(world, aid, 'DELETE', `/oauth2PermissionGrants/${grant.id}`)).status, 204)
  assert.equal((await send(world, aid, 'DELETE', `/oauth2PermissionGrants/${grant.id}`)).status, 404)
  const [removed] = await audits(made)
  assert.equal(removed?.activity, 'Remove delegated permission grant')
  // The resource is what the row is about; the client stands among the changed properties.
  assert.equal(removed?.targets[0]?.['id'], grant['resourceId'])
  assert.deepEqual(modified(removed?.targets[0], 'ServicePrincipal.ObjectID'), {
    displayName: 'ServicePrincipal.ObjectID',
    oldValue: JSON.stringify(client.id),
    newValue: null,
  })
  for (const wrong of [
    { ...row, principalId: null },
    { ...row, consentType: 'AllPrincipals' },
    { ...row, consentType: 'Everybody' },
    { ...row, scope: undefined },
    { ...row, colour: 'red' },
  ])
    assert.equal((await post(wrong)).status, 400, JSON.stringify(wrong))
  assert.equal((await post({ ...row, clientId: '00000000-0000-4000-8000-000000000009' })).status, 404)
  const again = await post(row)
  assert.equal(again.status, 201)
  assert.deepEqual(contradictions('oAuth2PermissionGrant', again.json), [])
  assert.equal((await audits(made))[0]?.activity, 'Add delegated permission grant')
  const url = `/oauth2PermissionGrants/${String(again.json['id'])}`
  assert.equal((await send(world, aid, 'PATCH', url, { body: { scope: 'Mail.Read' } })).status, 204)
  assert.equal((await send(world, aid, 'GET', url)).json['scope'], 'Mail.Read')
  assert.equal((await send(world, aid, 'PATCH', url, { body: { clientId: client.id } })).status, 501)
  await send(world, aid, 'DELETE', url)
  assert.equal((await post(row)).json['id'], again.json['id'])
})

test('app roles are removed and given; the log names resource, client and kind of holder', async () => {
  const made = withAid('Privileged Role Administrator')
  const { world, tenant, aid } = made
  const board = principalOf(tenant, named(tenant, 'applications', 'Change board'))
  const [assignment] = collection(tenant, 'appRoleAssignments').with('principalId', board.id)
  const resourceId = text(assignment, 'resourceId') ?? ''
  const url = `/servicePrincipals/${resourceId}/appRoleAssignedTo`
  const body = { principalId: board.id, resourceId, appRoleId: assignment?.['appRoleId'] }
  const twice = await send(world, aid, 'POST', url, { body })
  assert.deepEqual([twice.status, twice.code], [400, 'Request_BadRequest'])
  assert.match(twice.text, /Permission being assigned already exists on the object/)
  assert.equal((await send(world, aid, 'DELETE', `/servicePrincipals/${board.id}/appRoleAssignedTo/${assignment?.id}`)).status, 404)
  assert.equal((await send(world, aid, 'DELETE', `${url}/${assignment?.id}`)).status, 204)
  const [removed] = await audits(made)
  assert.equal(removed?.activity, 'Remove app role assignment from service principal')
  assert.equal(removed?.targets[0]?.['id'], resourceId)
  assert.deepEqual(modified(removed?.targets[0], 'AppRole.Value'), {
    displayName: 'AppRole.Value',
    oldValue: '"RoleManagement.ReadWrite.Directory"',
    newValue: null,
  })
  assert.match(JSON.stringify(modified(removed?.targets[0], 'ServicePrincipal.ObjectID')), new RegExp(board.id))
  assert.match(
    (await send(world, aid, 'POST', url, { body: { ...body, appRoleId: board.id } })).text,
    /Permission being assigned was not found on application/,
  )
  assert.match((await send(world, aid, 'POST', url, { body: { ...body, resourceId: board.id } })).text, /Not a valid reference update/)
  assert.equal((await send(world, aid, 'POST', url, { body: { ...body, appRoleId: undefined } })).status, 400)
  const again = await send(world, aid, 'POST', url, { body })
  assert.equal(again.status, 201)
  assert.deepEqual(contradictions('appRoleAssignment', again.json), [])
  assert.equal((await send(world, aid, 'GET', `/servicePrincipals/${board.id}/appRoleAssignments`)).value.length, 1)
  // People and groups hold roles of an application under names of their own.
  const own = named(tenant, 'servicePrincipals', 'Diagram Studio')
  const group = [...collection(tenant, 'groups').values()][0]
  for (const [principalId, give, take] of [
    [userId(world, upn('dan')), 'Add app role assignment grant to user', 'Remove app role assignment from user'],
    [group?.id, 'Add app role assignment to group', 'Remove app role assignment from group'],
  ] as const) {
    const given = await send(world, aid, 'POST', `/servicePrincipals/${own.id}/appRoleAssignedTo`, {
      body: { principalId, resourceId: own.id, appRoleId: '00000000-0000-0000-0000-000000000000' },
    })
    assert.equal(given.status, 201, given.text)
    assert.equal((await audits(made))[0]?.activity, give)
    await send(world, aid, 'DELETE', `/servicePrincipals/${own.id}/appRoleAssignedTo/${String(given.json['id'])}`)
    assert.equal((await audits(made))[0]?.activity, take)
  }
})

test('scopes: consent grants are not managed with Application.ReadWrite.All; an application with OwnedBy is bound to what it owns', async () => {
  const { world, tenant, aid } = withAid('Global Administrator')
  const board = principalOf(tenant, named(tenant, 'applications', 'Change board'))
  const [assignment] = collection(tenant, 'appRoleAssignments').with('principalId', board.id)
  const url = `/servicePrincipals/${text(assignment, 'resourceId')}/appRoleAssignedTo`
  const only = (...held: readonly string[]): typeof aid => ({ ...aid, scopes: held })
  const body = { principalId: board.id, resourceId: assignment?.['resourceId'], appRoleId: assignment?.['appRoleId'] }
  assert.equal((await send(world, only('Application.ReadWrite.All'), 'DELETE', `${url}/${assignment?.id}`)).status, 403)
  assert.equal((await send(world, only('AppRoleAssignment.ReadWrite.All'), 'DELETE', `${url}/${assignment?.id}`)).status, 204)
  assert.equal((await send(world, only('AppRoleAssignment.ReadWrite.All'), 'POST', url, { body })).status, 403)
  assert.equal((await send(world, only('AppRoleAssignment.ReadWrite.All', 'Application.Read.All'), 'POST', url, { body })).status, 201)
  const label = named(tenant, 'applications', 'Label maker')
  const ownerRef = { body: { '@odata.id': `https://graph.microsoft.com/v1.0/users/${aid.oid}` } }
  assert.equal(
    (await send(world, only('Application.ReadWrite.All'), 'POST', `/applications/${label.id}/owners/$ref`, ownerRef)).status,
    403,
  )
  const machine = applicationCaller(tenant, text(board, 'appId') ?? '', ['Application.ReadWrite.OwnedBy'])
  assert.equal((await send(world, machine, 'POST', `/applications/${label.id}/addPassword`, { body: {} })).status, 403)
  put(tenant, 'applicationOwners', { id: 'owned', applicationId: label.id, ownerId: board.id })
  assert.equal((await send(world, machine, 'POST', `/applications/${label.id}/addPassword`, { body: {} })).status, 200)
})

test('reads lag behind a deletion and a removed grant when told to', async () => {
  const { world, tenant, aid, tick } = withAid('Application Administrator')
  world.settings.readLagMs = 5000
  const app = named(tenant, 'applications', 'Label maker')
  await send(world, aid, 'DELETE', `/applications/${app.id}`)
  assert.equal((await send(world, aid, 'GET', `/applications/${app.id}`)).status, 200)
  assert.equal((await send(world, aid, 'GET', `/directory/deletedItems/${app.id}`)).status, 404)
  tick(5000)
  assert.equal((await send(world, aid, 'GET', `/applications/${app.id}`)).status, 404)
  assert.equal((await send(world, aid, 'GET', `/directory/deletedItems/${app.id}`)).status, 200)
})

test('sign-in knows a blocked service principal, as a client and as a resource, and a deleted application', async () => {
  const { world, tenant, aid } = withAid('Application Administrator')
  const app = named(tenant, 'applications', 'Fleet map')
  const appId = text(app, 'appId') ?? ''
  const principal = principalOf(tenant, app)
  assert.ok(findClient(world, tenant, appId).ok && findApi(world, tenant, appId).ok)
  await send(world, aid, 'PATCH', `/servicePrincipals/${principal.id}`, { body: { accountEnabled: false } })
  const [client, api] = [findClient(world, tenant, appId), findApi(world, tenant, appId)]
  assert.deepEqual([client.ok ? 0 : client.code, api.ok ? 0 : api.code], [7000112, 50001])
  await send(world, aid, 'PATCH', `/servicePrincipals/${principal.id}`, { body: { accountEnabled: true } })
  assert.ok(findClient(world, tenant, appId).ok && findApi(world, tenant, appId).ok)
  await send(world, aid, 'DELETE', `/applications/${app.id}`)
  const [gone, missing] = [findClient(world, tenant, appId), findApi(world, tenant, appId)]
  assert.deepEqual([gone.ok ? 0 : gone.code, missing.ok ? 0 : missing.code], [700016, 500011])
})
