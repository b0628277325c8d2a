import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GraphCaller } from '../graph/graph-types.ts'
import { roleIdByName } from '../tenants/reference.ts'
import { collection, put, text } from '../tenants/tenant.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { World } from '../tenants/world.ts'
import { callerOf, send, userId, worldAt } from './graph-world.ts'
import type { Answer } from './graph-world.ts'
import { rules } from './role-rules.ts'
import type { Write } from './role-rules.ts'

/*
 * Who may do what to whom, as Microsoft's pages have it: a role, a write, whom it is done to, and whether it is done. The caller's
 * permissions always suffice, so that the roles alone decide.
 */

const upn = (name: string): string => `${name}@contoso-demo.example`
interface Scene {
  readonly world: World
  readonly tenant: Tenant
  readonly caller: GraphCaller
}

const permissions = [
  'User.ReadWrite.All',
  'User-PasswordProfile.ReadWrite.All',
  'UserAuthenticationMethod.ReadWrite.All',
  'RoleManagement.ReadWrite.Directory',
  'GroupMember.ReadWrite.All',
  'IdentityRiskyUser.ReadWrite.All',
]

const GROUP = '99999999-2222-4333-8444-555555555555'
const GUARDED = '99999999-2222-4333-8444-666666666666'
const UNIT = '99999999-2222-4333-8444-777777777777'
const authenticatorId = '3179e48a-750b-4051-897c-87b9720928f7'

const writes: Readonly<Record<Write, (scene: Scene, id: string) => Promise<Answer>>> = {
  disable: ({ world, caller }: Scene, id: string) => send(world, caller, 'PATCH', `/users/${id}`, { body: { accountEnabled: false } }),
  delete: ({ world, caller }: Scene, id: string) => send(world, caller, 'DELETE', `/users/${id}`),
  restore: async (scene: Scene, id: string) => {
    const { world, caller } = scene
    const everything = { ...caller, oid: '', isAppOnly: true, scopes: ['User.ReadWrite.All'] }
    assert.equal((await send(world, everything, 'DELETE', `/users/${id}`)).status, 204)
    return send(world, caller, 'POST', `/directory/deletedItems/${id}/restore`, { body: {} })
  },
  'force a new password': ({ world, caller }: Scene, id: string) =>
    send(world, caller, 'PATCH', `/users/${id}`, { body: { passwordProfile: { forceChangePasswordNextSignIn: true } } }),
  'sign out': ({ world, caller }: Scene, id: string) => send(world, caller, 'POST', `/users/${id}/revokeSignInSessions`),
  'remove the phone of': ({ world, caller, tenant }: Scene, id: string) => {
    put(tenant, 'reports/authenticationMethods/userRegistrationDetails', { id, methodsRegistered: ['mobilePhone'] })
    return send(world, caller, 'DELETE', `/users/${id}/authentication/phoneMethods/${authenticatorId}`)
  },
  'give a role to': ({ world, caller }: Scene, principalId: string) =>
    send(world, caller, 'POST', '/roleManagement/directory/roleAssignments', {
      body: { principalId, roleDefinitionId: roleIdByName('Attribute Log Reader'), directoryScopeId: '/' },
    }),
  'end the eligibility of': ({ world, caller, tenant }: Scene, principalId: string) => {
    const holding = { principalId, roleDefinitionId: roleIdByName('Attribute Log Reader'), directoryScopeId: '/' }
    put(tenant, 'roleManagement/directory/roleEligibilityScheduleInstances', { id: 'eligible', ...holding, memberType: 'Direct' })
    return send(world, caller, 'POST', '/roleManagement/directory/roleEligibilityScheduleRequests', {
      body: { action: 'adminRemove', ...holding },
    })
  },
  'add to a group': (scene: Scene, id: string) => addTo(scene, GROUP, id),
  'add to a role-assignable group': (scene: Scene, id: string) => addTo(scene, GUARDED, id),
  'dismiss the risk of': ({ world, caller }: Scene, id: string) =>
    send(world, caller, 'POST', '/identityProtection/riskyUsers/dismiss', { body: { userIds: [id] } }),
}

function addTo({ world, caller }: Scene, group: string, id: string): Promise<Answer> {
  const body = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` }
  return send(world, caller, 'POST', `/groups/${group}/members/$ref`, { body })
}

function give(tenant: Tenant, principalId: string, role: string, directoryScopeId: string): void {
  put(tenant, 'roleManagement/directory/roleAssignments', {
    id: `given/${principalId}/${role}`,
    principalId,
    roleDefinitionId: roleIdByName(role),
    directoryScopeId,
    appScopeId: null,
    condition: null,
  })
}

function stage(): Scene {
  const { world, tenant } = worldAt()
  const plain = { groupTypes: [], securityEnabled: true, mailEnabled: false }
  put(tenant, 'groups', { ...plain, id: GROUP, displayName: 'Plain', isAssignableToRole: null })
  put(tenant, 'groups', { ...plain, id: GUARDED, displayName: 'Guarded', isAssignableToRole: true })
  put(tenant, 'administrativeUnits', { id: UNIT, displayName: 'Unit' })
  return { world, tenant, caller: callerOf(world, upn('cleo'), permissions) }
}

const kept = ['roleManagement/directory/roleAssignments', 'groupMembers', 'groupOwners', 'administrativeUnitMembers'] as const

const cases = rules.flatMap(({ may, mayNot, ...rule }) => [
  ...may.map((target) => ({ ...rule, target, may: true })),
  ...mayNot.map((target) => ({ ...rule, target, may: false })),
])

test('there are more than thirty pairs, each with its page', () => {
  assert.ok(cases.length >= 30)
  assert.ok(rules.every((rule) => rule.page.startsWith('https://learn.microsoft.com/')))
})

for (const { role, over, write, target, may, page } of cases) {
  test(`${role}${over ? ` over ${over}` : ''} ${may ? 'may' : 'may not'} ${write} ${target === 'nobody special' ? 'somebody without a role' : target}`, async () => {
    const scene = stage()
    const { tenant, world, caller } = scene
    const id = userId(world, upn('erik'))
    for (const path of kept)
      for (const row of [...collection(tenant, path).values()])
        if ([caller.oid, id].some((one) => ['principalId', 'memberId', 'ownerId'].some((property) => text(row, property) === one)))
          collection(tenant, path).delete(row.id)
    if (target === 'a member of a role-assignable group') put(tenant, 'groupMembers', { id: 'm', groupId: GUARDED, memberId: id })
    else if (target === 'an owner of a role-assignable group') put(tenant, 'groupOwners', { id: 'o', groupId: GUARDED, ownerId: id })
    else if (target !== 'nobody special') give(tenant, id, target, '/')
    if (over === 'their unit') put(tenant, 'administrativeUnitMembers', { id: 'u', administrativeUnitId: UNIT, memberId: id })
    give(tenant, caller.oid, role, over ? `/administrativeUnits/${UNIT}` : '/')
    const answer = await writes[write](scene, id)
    assert.equal(answer.status < 300 ? 'done' : answer.code, may ? 'done' : 'Authorization_RequestDenied', `${answer.text} (${page})`)
  })
}

test('people sign themselves out without any role, and owners change their group', async () => {
  const scene = stage()
  const { world, tenant, caller } = scene
  const erik = userId(world, upn('erik'))
  assert.equal((await writes['sign out'](scene, caller.oid)).status, 200)
  assert.equal((await writes['add to a group'](scene, erik)).code, 'Authorization_RequestDenied')
  put(tenant, 'groupOwners', { id: 'o', groupId: GROUP, ownerId: caller.oid })
  assert.equal((await writes['add to a group'](scene, erik)).status, 204)
  assert.equal((await send(world, caller, 'DELETE', `/groups/${GROUP}/members/${erik}/$ref`)).status, 204)
})
