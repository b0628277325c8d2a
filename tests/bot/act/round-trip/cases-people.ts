import { z } from 'zod'
import { countOf, inDays, isThere, required, rowOf, somebody, someGuest } from './trip-case.ts'
import type { Row, TripCase, TripTenant } from './trip-case.ts'

const registrations = 'reports/authenticationMethods/userRegistrationDetails'

/** One property of one person, planted and looked at. */
function ofPerson(
  actionId: string,
  number: number,
  planted: Readonly<Record<string, unknown>>,
  look: (person: Row) => unknown,
  shows: TripCase['shows'],
  undo: TripCase['undo'],
): TripCase {
  return {
    actionId,
    about: 'a person',
    async plant(tenant) {
      const { id } = await somebody(tenant, number)
      await tenant.amend('users', id, planted)
      return { input: { userId: id }, objects: [id], look: async () => look(await rowOf(tenant, 'users', id)) }
    },
    shows,
    changes: ['users'],
    undo,
  }
}

const isEnabled = (person: Row): unknown => person['accountEnabled']
const mustChange = (person: Row): unknown =>
  z.object({ forceChangePasswordNextSignIn: z.boolean() }).parse(person['passwordProfile']).forceChangePasswordNextSignIn
const hasJustEnded = (person: Row): unknown => Date.parse(String(person['signInSessionsValidFromDateTime'])) > Date.now() - 600_000
const profile = { password: null, forceChangePasswordNextSignIn: false, forceChangePasswordNextSignInWithMfa: false }

const deleteGuest: TripCase = {
  actionId: 'delete-guest',
  about: 'a guest in a group',
  async plant(tenant) {
    const { id } = await someGuest(tenant, 0)
    const look = async () => ({
      there: await isThere(tenant, 'users', id),
      deleted: await isThere(tenant, 'directory/deletedItems', id),
    })
    return { input: { userId: id }, objects: [id], look }
  },
  shows: [
    { there: true, deleted: false },
    { there: false, deleted: true },
  ],
  changes: [
    'users',
    'directory/deletedItems',
    'relationsOfDeletedPeople',
    'groupMembers',
    'userSponsors',
    'administrativeUnitMembers',
    'appRoleAssignments',
    'oauth2PermissionGrants',
  ],
  undo: 'asBefore',
}

const methodKinds = [
  ['phone', 'mobilePhone'],
  ['microsoftAuthenticator', 'microsoftAuthenticatorPush'],
  ['fido2', 'fido2SecurityKey'],
] as const

/** Of all kinds a person has one; only the one that is named goes. */
function removeMethod([method, reported]: (typeof methodKinds)[number], number: number): TripCase {
  const all = methodKinds.map(([, name]) => name)
  return {
    actionId: 'remove-sign-in-method',
    about: method,
    async plant(tenant) {
      const { id } = await somebody(tenant, 10 + number)
      await tenant.amend(registrations, id, { methodsRegistered: all })
      return {
        input: { userId: id, method, methodId: await methodIdOf(tenant, id, method) },
        objects: [id],
        look: async () => (await rowOf(tenant, registrations, id))['methodsRegistered'],
      }
    },
    shows: [all, all.filter((name) => name !== reported)],
    changes: [registrations, 'users'],
    undo: 'none',
  }
}

const methodsSchema = z.object({ value: z.array(z.object({ '@odata.type': z.string(), id: z.string() })) })

async function methodIdOf(tenant: TripTenant, userId: string, method: string): Promise<string> {
  const { value } = methodsSchema.parse(await tenant.read(`/users/${userId}/authentication/methods`))
  return required(
    value.find((each) => each['@odata.type'] === `#microsoft.graph.${method}AuthenticationMethod`),
    `method ${method} of ${userId}`,
  ).id
}

const removeGroupMember: TripCase = {
  actionId: 'remove-group-member',
  about: 'a member of a department',
  async plant(tenant) {
    const { id: memberId } = await somebody(tenant, 20)
    const group = (await tenant.rows('groups')).find(({ displayName }) => displayName === 'Legal department')
    const groupId = required(group, 'Legal department').id
    await tenant.put('groupMembers', { id: `${groupId}_${memberId}`, groupId, memberId, memberType: 'user' })
    return { input: { groupId, memberId }, objects: [groupId], look: () => countOf(tenant, 'groupMembers', { groupId, memberId }) }
  },
  shows: [1, 0],
  changes: ['groupMembers'],
  undo: 'asBefore',
}

function decideRisk(actionId: string, upnStart: string, after: string): TripCase {
  const path = 'identityProtection/riskyUsers'
  return {
    actionId,
    about: 'a person at risk',
    async plant(tenant) {
      const risky = (await tenant.rows(path)).find((row) => String(row['userPrincipalName']).startsWith(upnStart))
      const { id } = required(risky, `risky person ${upnStart}`)
      await tenant.amend(path, id, { riskState: 'atRisk', riskLevel: 'medium' })
      return { input: { userId: id }, objects: [id], look: async () => (await rowOf(tenant, path, id))['riskState'] }
    },
    shows: ['atRisk', after],
    changes: [path],
    undo: 'none',
  }
}

const staleGuests: TripCase = {
  actionId: 'disable-stale-guests',
  about: 'three guests',
  async plant(tenant) {
    const guests = await Promise.all([1, 2, 3].map((number) => someGuest(tenant, number)))
    const userIds = guests.map(({ id }) => id)
    for (const id of userIds)
      await tenant.amend('users', id, {
        accountEnabled: true,
        createdDateTime: inDays(-700),
        signInActivity: { lastSuccessfulSignInDateTime: inDays(-400), lastSignInDateTime: inDays(-400) },
      })
    return {
      input: { userIds },
      objects: userIds,
      look: () => Promise.all(userIds.map(async (id) => isEnabled(await rowOf(tenant, 'users', id)))),
    }
  },
  shows: [
    [true, true, true],
    [false, false, false],
  ],
  changes: ['users'],
  undo: 'asBefore',
}

export const casesOfPeople: readonly TripCase[] = [
  ofPerson('disable-user', 0, { accountEnabled: true }, isEnabled, [true, false], 'asBefore'),
  ofPerson('enable-user', 1, { accountEnabled: false }, isEnabled, [false, true], 'asBefore'),
  ofPerson('revoke-sessions', 2, { signInSessionsValidFromDateTime: inDays(-30) }, hasJustEnded, [false, true], 'none'),
  ofPerson('require-password-change', 3, { passwordProfile: profile }, mustChange, [false, true], 'asBefore'),
  deleteGuest,
  ...methodKinds.map(removeMethod),
  removeGroupMember,
  decideRisk('dismiss-risky-user', 'wanjiru.larsen@', 'dismissed'),
  decideRisk('confirm-risky-user', 'gudrun.kim@', 'confirmedCompromised'),
  staleGuests,
]
