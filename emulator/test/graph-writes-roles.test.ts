import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GraphCaller } from '../graph/graph-types.ts'
import { roleIdByName } from '../tenants/reference.ts'
import { assignDirectoryRole } from '../tenants/roles.ts'
import { collection, put, text } from '../tenants/tenant.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { World } from '../tenants/world.ts'
import { contradictions } from './graph-oracle.ts'
import { callerOf, readScopes, send, userId, worldAt } from './graph-world.ts'
import type { Answer } from './graph-world.ts'

const upn = (name: string): string => `${name}@contoso-demo.example`
const reportsReader = roleIdByName('Reports Reader')
const clientRequest = { 'client-request-id': '11111111-2222-4333-8444-555555555555' }
const directory = '/roleManagement/directory'

function withAid(...roles: readonly string[]): ReturnType<typeof worldAt> & { aid: GraphCaller; erik: string } {
  const made = worldAt()
  made.world.settings.auditDelayMs = 0
  const aid = callerOf(made.world, upn('aid'), [
    ...readScopes,
    'RoleManagement.ReadWrite.Directory',
    'RoleAssignmentSchedule.Read.Directory',
    'RoleEligibilitySchedule.Read.Directory',
    'GroupMember.ReadWrite.All',
  ])
  for (const role of [...roles, 'Reports Reader']) assert.ok(assignDirectoryRole(made.tenant, aid.oid, role, `given-${role}`), role)
  return { ...made, aid, erik: userId(made.world, upn('erik')) }
}

async function activities(world: World, caller: GraphCaller): Promise<unknown[][]> {
  const answer = await send(world, caller, 'GET', '/auditLogs/directoryAudits')
  for (const row of answer.value) assert.deepEqual(contradictions('directoryAudit', row), [])
  return answer.value.map((row) => [row['activityDisplayName'], row['loggedByService'], row['correlationId']])
}

const filtered = (principalId: string, roleDefinitionId: string): string =>
  `?$filter=${encodeURIComponent(`principalId eq '${principalId}' and roleDefinitionId eq '${roleDefinitionId}'`)}`

test('an assignment is made once, found, and removed; nobody else’s correlation id', async () => {
  const { world, aid, erik } = withAid('Privileged Role Administrator')
  const body = { principalId: erik, roleDefinitionId: reportsReader, directoryScopeId: '/' }
  const made = await send(world, aid, 'POST', `${directory}/roleAssignments`, {
    body: { '@odata.type': '#microsoft.graph.unifiedRoleAssignment', ...body },
  })
  assert.equal(made.status, 201)
  assert.deepEqual(contradictions('unifiedRoleAssignment', made.json), [])
  const again = await send(world, aid, 'POST', `${directory}/roleAssignments`, { body })
  assert.deepEqual([again.status, again.code], [400, 'Request_BadRequest'])
  assert.equal((await send(world, aid, 'GET', `${directory}/roleAssignments${filtered(erik, reportsReader)}`)).value.length, 1)
  const path = `${directory}/roleAssignments/${String(made.json['id'])}`
  assert.equal((await send(world, aid, 'DELETE', path, { headers: clientRequest })).status, 204)
  assert.equal((await send(world, aid, 'GET', path)).status, 404)
  assert.equal((await send(world, aid, 'DELETE', path)).status, 404)
  const rows = await activities(world, aid)
  assert.deepEqual(
    rows.map((row) => row.slice(0, 2)),
    [
      ['Remove member from role', 'Core Directory'],
      ['Add member to role', 'Core Directory'],
    ],
  )
  assert.notEqual(rows[0]?.[2], clientRequest['client-request-id'])
})

test('assignments that the directory does not take', async () => {
  const { world, tenant, aid, erik } = withAid('Global Administrator')
  const plain = [...collection(tenant, 'groups').values()].find((row) => row['isAssignableToRole'] !== true)
  const post = (body: object): Promise<Answer> => send(world, aid, 'POST', `${directory}/roleAssignments`, { body })
  const good = { principalId: erik, roleDefinitionId: reportsReader, directoryScopeId: '/' }
  const nobody = '11111111-2222-4333-8444-555555555555'
  assert.equal((await post({ ...good, roleDefinitionId: nobody })).status, 400)
  assert.equal((await post({ ...good, principalId: nobody })).status, 404)
  assert.equal((await post({ ...good, principalId: plain?.id })).status, 400)
  assert.equal((await post({ ...good, directoryScopeId: `/administrativeUnits/${nobody}` })).status, 400)
  assert.equal((await post({ ...good, appScopeId: '/' })).status, 501)
  assert.equal((await post({ ...good, colour: 'red' })).status, 400)
  assert.equal((await post({ principalId: erik })).status, 400)
  assert.equal((await send(world, aid, 'DELETE', `${directory}/roleAssignments/given-Global Administrator`)).status, 400)
})

/** Instances, schedules and assignments of one holding, as reads show them. */
async function shown(
  world: World,
  caller: GraphCaller,
  level: 'Assignment' | 'Eligibility',
  principalId: string,
  roleId: string,
): Promise<number[]> {
  const count = async (path: string): Promise<number> =>
    (await send(world, caller, 'GET', `${directory}/${path}${filtered(principalId, roleId)}`)).value.length
  return [
    await count(`role${level}ScheduleInstances`),
    await count(`role${level}Schedules`),
    ...(level === 'Assignment' ? [await count('roleAssignments')] : []),
  ]
}

const pimBody = (action: string, principalId: string, more: object = {}): object => ({
  action,
  principalId,
  roleDefinitionId: reportsReader,
  directoryScopeId: '/',
  justification: 'Agreed with the owner.',
  ...more,
})
const days = (count: number): object => ({
  scheduleInfo: { startDateTime: '2026-11-22T12:00:00Z', expiration: { type: 'afterDuration', duration: `P${count}D` } },
})

for (const [level, wording] of [
  ['Assignment', 'member'],
  ['Eligibility', 'eligible member'],
] as const) {
  test(`PIM gives and takes what is ${level === 'Assignment' ? 'active' : 'eligible'}, in every list`, async () => {
    const { world, tenant, aid, erik, tick } = withAid('Privileged Role Administrator')
    const url = `${directory}/role${level}ScheduleRequests`
    const type = `unifiedRole${level}ScheduleRequest`
    const post = (body: object): Promise<Answer> => send(world, aid, 'POST', url, { body, headers: clientRequest })
    const missing = await post(pimBody('adminRemove', erik))
    assert.deepEqual([missing.status, missing.code], [400, 'RoleAssignmentDoesNotExist'])
    const given = await post(pimBody('adminAssign', erik, days(30)))
    assert.deepEqual([given.status, given.json['status']], [201, 'Provisioned'])
    assert.deepEqual(contradictions(type, given.json), [])
    const ones = level === 'Assignment' ? [1, 1, 1] : [1, 1]
    assert.deepEqual(await shown(world, aid, level, erik, reportsReader), ones)
    const twice = await post(pimBody('adminAssign', erik, days(30)))
    assert.deepEqual([twice.status, twice.code], [400, 'RoleAssignmentExists'])
    if (level === 'Assignment') assert.equal((await post(pimBody('adminRemove', erik))).code, 'ActiveDurationTooShort')
    tick(5 * 60_000)
    const taken = await post(pimBody('adminRemove', erik))
    assert.deepEqual([taken.status, taken.json['status']], [201, 'Revoked'])
    assert.deepEqual(contradictions(type, taken.json), [])
    assert.deepEqual(
      await shown(world, aid, level, erik, reportsReader),
      ones.map(() => 0),
    )
    assert.equal((await post(pimBody('adminRemove', erik))).code, 'RoleAssignmentDoesNotExist')
    const rows = (await activities(world, aid)).filter((row) => String(row[0]).startsWith('Remove'))
    const pim = rows.filter((row) => row[1] === 'PIM')
    assert.deepEqual(
      pim.map((row) => row[0]).sort(),
      ['completed', 'requested'].map((stage) => `Remove ${wording} from role in PIM ${stage} (timebound)`),
    )
    assert.ok(pim.every((row) => row[2] === clientRequest['client-request-id']))
    assert.equal(rows.length - pim.length, level === 'Assignment' ? 1 : 0)
    tenant.flags.licence = 'p1'
    assert.equal((await post(pimBody('adminRemove', erik))).code, 'AadPremiumLicenseRequired')
  })
}

test('PIM requests that are refused: rules of the role, wrong schedules, other actions, lesser permissions', async () => {
  const { world, aid, erik } = withAid('Privileged Role Administrator')
  const url = `${directory}/roleAssignmentScheduleRequests`
  const post = (body: object, caller = aid): Promise<Answer> => send(world, caller, 'POST', url, { body })
  assert.equal(
    (await post({ ...pimBody('adminAssign', erik, days(30)), justification: '' })).code,
    'RoleAssignmentRequestPolicyValidationFailed',
  )
  assert.equal((await post(pimBody('adminAssign', erik))).status, 400)
  assert.equal((await post(pimBody('adminAssign', erik, days(0)))).status, 400)
  assert.equal((await post(pimBody('selfActivate', erik, days(1)))).status, 501)
  assert.equal((await post(pimBody('adminForget', erik))).status, 400)
  assert.equal((await post({ ...pimBody('adminAssign', erik, days(1)), isValidationOnly: true })).status, 501)
  const remover = { ...aid, scopes: ['RoleAssignmentSchedule.Remove.Directory'] }
  assert.equal((await post(pimBody('adminAssign', erik, days(1)), remover)).status, 403)
  assert.equal((await post(pimBody('adminRemove', erik), remover)).code, 'RoleAssignmentDoesNotExist')
  const activated = { principalId: erik, roleDefinitionId: reportsReader, directoryScopeId: '/' }
  const tenant = [...world.tenants.values()].find((one) => one.name === 'contoso-demo') ?? assert.fail('no tenant')
  put(tenant, 'roleManagement/directory/roleAssignmentScheduleInstances', { id: 'a-1', ...activated, assignmentType: 'Activated' })
  put(tenant, 'roleManagement/directory/roleAssignments', { id: 'a', ...activated })
  assert.equal((await post(pimBody('adminRemove', erik))).code, 'RoleAssignmentDoesNotExist')
})

function groupWith(tenant: Tenant, id: string, properties: object): string {
  put(tenant, 'groups', { id, displayName: id, groupTypes: [], securityEnabled: true, mailEnabled: false, ...properties })
  return id
}

test('members of a group come and go, and the list can be asked for one of them', async () => {
  const { world, tenant, aid, erik } = withAid('Groups Administrator')
  const group = groupWith(tenant, '99999999-2222-4333-8444-555555555555', {})
  const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${erik}` }
  const add = (body: object = reference): Promise<Answer> => send(world, aid, 'POST', `/groups/${group}/members/$ref`, { body })
  assert.equal((await add()).status, 204)
  assert.equal((await add()).status, 400)
  assert.equal((await add({ '@odata.id': 'https://graph.microsoft.com/v1.0/me' })).status, 400)
  assert.equal((await add({ ...reference, colour: 'red' })).status, 400)
  const url = `/groups/${group}/members?$filter=${encodeURIComponent(`id eq '${erik}'`)}&$count=true`
  const listed = async (): Promise<unknown[]> => {
    const answer = await send(world, aid, 'GET', url, { headers: { consistencylevel: 'eventual' } })
    return [answer.json['@odata.count'], answer.value.map((row) => row['id'])]
  }
  assert.deepEqual(await listed(), [1, [erik]])
  assert.equal((await send(world, aid, 'GET', url)).code, 'Request_UnsupportedQuery')
  const remove = (id: string): Promise<Answer> => send(world, aid, 'DELETE', `/groups/${group}/members/${id}/$ref`)
  assert.equal((await remove(erik)).status, 204)
  assert.deepEqual(await listed(), [0, []])
  assert.deepEqual([(await remove(erik)).status, (await remove(erik)).code], [404, 'Request_ResourceNotFound'])
  const rows = await activities(world, aid)
  assert.deepEqual(
    rows.map((row) => row.slice(0, 2)),
    [
      ['Remove member from group', 'Core Directory'],
      ['Add member to group', 'Core Directory'],
    ],
  )
})

test('memberships that are made elsewhere are refused, and groups that can hold roles take more', async () => {
  const { world, tenant, aid, erik } = withAid('Groups Administrator')
  const body = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${erik}` }
  const add = (group: string, caller: GraphCaller = aid): Promise<Answer> =>
    send(world, caller, 'POST', `/groups/${group}/members/$ref`, { body })
  for (const properties of [{ groupTypes: ['DynamicMembership'] }, { onPremisesSyncEnabled: true }, { mailEnabled: true }])
    assert.deepEqual(
      [(await add(groupWith(tenant, 'elsewhere', properties))).status, (await add('elsewhere')).code],
      [400, 'Request_BadRequest'],
    )
  const guarded = groupWith(tenant, 'guarded', { isAssignableToRole: true })
  assert.equal((await add(guarded)).status, 403)
  const owner = callerOf(world, upn('cleo'), ['GroupMember.ReadWrite.All', 'RoleManagement.ReadWrite.Directory'])
  put(tenant, 'groupOwners', { id: 'o', groupId: guarded, ownerId: owner.oid })
  assert.equal((await add(guarded, { ...owner, scopes: ['GroupMember.ReadWrite.All'] })).status, 403)
  assert.equal((await add(guarded, owner)).status, 204)
  const plain = groupWith(tenant, 'plain', {})
  assert.equal((await add(plain, owner)).status, 403)
  put(tenant, 'groupOwners', { id: 'p', groupId: plain, ownerId: owner.oid })
  assert.equal((await add(plain, owner)).status, 204)
  assert.equal(text(collection(tenant, 'groupMembers').with('groupId', plain)[0], 'memberId'), erik)
})
