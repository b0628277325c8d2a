import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collection, put, text } from '../tenants/tenant.ts'
import { audits, modified, named, principalOf, upn, withAid } from './application-world.ts'
import { contradictions } from './graph-oracle.ts'
import { applicationCaller, send, userId } from './graph-world.ts'

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
