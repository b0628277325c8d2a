import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findApi, findClient } from '../signin/directory.ts'
import { collection, put, text } from '../tenants/tenant.ts'
import { audits, list, modified, named, principalOf, upn, withAid } from './application-world.ts'
import { contradictions } from './graph-oracle.ts'
import { send, userId } from './graph-world.ts'

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
  assert.equal((await send(world, { ...aid, scopes: ['User.Read.All'] }, 'GET', `/directory/deletedItems/${app.id}`)).status, 403)
  assert.equal((await send(world, { ...aid, scopes: ['Application.Read.All'] }, 'GET', `/directory/deletedItems/${app.id}`)).status, 200)
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
