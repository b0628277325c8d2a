import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, readScopes, send, worldAt } from './graph-world.ts'

const { world } = worldAt()
const ada = 'ada@contoso-demo.example'

test('roles bound what a person reads: guests list nothing, members no policies and no log', async () => {
  const status = async (upn: string, path: string): Promise<number> =>
    (await send(world, callerOf(world, upn, readScopes), 'GET', path)).status
  for (const path of [
    '/users',
    '/groups',
    '/applications',
    '/servicePrincipals',
    '/roleManagement/directory/roleAssignments',
    '/oauth2PermissionGrants',
  ]) {
    assert.equal(await status('gia@contoso-demo.example', path), 403, `guest ${path}`)
    assert.equal(await status('dan@contoso-demo.example', path), 200, `member ${path}`)
  }
  assert.equal(await status('gia@contoso-demo.example', '/me'), 200)
  for (const path of [
    '/identity/conditionalAccess/policies',
    '/auditLogs/directoryAudits',
    '/roleManagement/directory/roleEligibilityScheduleInstances',
  ]) {
    assert.equal(await status('dan@contoso-demo.example', path), 403, path)
    assert.equal(await status('cleo@contoso-demo.example', path), 200, path)
    assert.equal(await status('ada@contoso-demo.example', path), 200, path)
  }
})

test('without a premium licence there is no log, without P2 no PIM', async () => {
  const { world: other, tenant: free } = worldAt()
  free.flags.licence = 'free'
  const reader = callerOf(other, ada, readScopes)
  assert.equal(
    (await send(other, reader, 'GET', '/auditLogs/directoryAudits')).code,
    'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
  )
  free.flags.licence = 'p1'
  assert.equal((await send(other, reader, 'GET', '/auditLogs/directoryAudits')).status, 200)
  assert.equal(
    (await send(other, reader, 'GET', '/roleManagement/directory/roleEligibilityScheduleInstances')).code,
    'AadPremiumLicenseRequired',
  )
})
