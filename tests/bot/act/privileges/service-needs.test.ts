import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { needsOf } from '@countersign/core/actions/needs.ts'
import { readRoles } from '../../../../bot/src/identity/aid-roles.ts'
import { makeChatRoles } from '../../../../bot/src/identity/chat-roles.ts'
import { collection } from '../../../../emulator/tenants/tenant.ts'
import type { Row } from '../round-trip/trip-case.ts'
import { openInProcessTenant, type InProcessTenant } from './in-process-tenant.ts'

/** What the service asks for whatever is switched on, beside `User.Read`: consent to a sign-in itself is not played by the emulator. */
const scopes = needsOf([])
  .proof.map(({ scope }) => scope)
  .filter((scope) => scope !== 'User.Read')
const readAppId = '99999999-2222-4333-8444-0000000000dd'
const principalId = '99999999-2222-4333-8444-0000000000ee'
const appRoleId = '99999999-2222-4333-8444-0000000000ff'

let world: InProcessTenant
let adaId: string

beforeAll(() => {
  world = openInProcessTenant()
})

/** Ada is administrator through a group; the Aid holds a role of its own. */
beforeEach(() => {
  world.reset()
  const { tenant } = world
  const put = (path: string, row: Row): void => void collection(tenant, path).set(row.id, row)
  adaId = collection(tenant, 'users').with('userPrincipalName', `ada@${tenant.domain}`)[0]?.id ?? ''
  const groupId = [...collection(tenant, 'groups').values()].find((group) => group['displayName'] === 'Legal department')?.id
  const appRoles = [{ id: appRoleId, value: 'admin', displayName: 'Administrator', isEnabled: true, allowedMemberTypes: ['User'] }]
  put('servicePrincipals', { id: principalId, appId: readAppId, displayName: 'Countersign Read', appRoles })
  put('groupMembers', { id: `${groupId}_${adaId}`, groupId, memberId: adaId, memberType: 'user' })
  put('appRoleAssignments', { id: 'by-group', appRoleId, principalId: groupId, principalType: 'Group', resourceId: principalId })
  world.give([{ name: 'Reports Reader', templateId: '4a5d8f65-41da-4de4-8968-e035b65339cf', actions: [], over: 'tenant' }], [])
})

/** Who may countersign, and what the Aid holds, as the service reads both. */
async function seen(held: readonly string[]) {
  const { reader } = world.aidWith(held)
  const chat = makeChatRoles({ tenants: [world.tenant.id], readAppId, aidReader: () => reader, now: Date.now })
  const person = await chat(world.tenant.id, adaId)
  const aid = await readRoles(reader, world.aidId, null)
  return {
    person: person.kind === 'principal' ? person.principal.roles : person.kind,
    aid: aid.kind === 'roles' ? aid.roles.map(({ name }) => name) : aid.kind,
  }
}

describe('what the service needs of Graph whatever is switched on', () => {
  const whole = { person: ['admin'], aid: ['Reports Reader'] }

  it('is enough', async () => {
    expect(await seen(scopes)).toEqual(whole)
  })

  it.each(scopes)('holds nothing to spare: not without %s', async (scope) => {
    expect(await seen(scopes.filter((other) => other !== scope))).not.toEqual(whole)
  })
})
