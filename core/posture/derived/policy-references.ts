import type { z } from 'zod'
import { defineFolded } from '../fact.ts'
import type { Derived } from '../fact.ts'
import { groups } from '../facts/groups.ts'
import { policyGroupMembers } from '../facts/policy-group-members.ts'
import { roleDefinitions } from '../facts/role-definitions.ts'
import { users } from '../facts/users.ts'
import { nameOr } from '../rows/graph-values.ts'
import type { GraphName } from '../rows/graph-values.ts'
import { principalType } from '../rows/role-holding.ts'
import { isGuest } from '../rules/people.ts'
import { conditionalAccessCoverage } from './conditional-access-coverage.ts'
import type { PolicyCoverage } from './conditional-access-coverage.ts'

/** Somebody whom a Conditional Access policy names by id. */
export interface PolicyReference {
  /** In lower case. */
  readonly id: string
  readonly kind: 'user' | 'group' | 'role'
  /** The id where the directory no longer lists it. */
  readonly name: string
  readonly isThere: boolean
  /** Groups: only holders of privileged roles may change who is in it. */
  readonly isProtected: boolean
  /** People. */
  readonly account?: { readonly userPrincipalName: string; readonly isGuest: boolean; readonly isEnabled: boolean }
  /**
   * Groups that a policy leaves out, where their members were read: people of the tenant, however deep, and everybody and everything else
   * but the groups inside.
   */
  readonly members?: { readonly people: readonly string[]; readonly others: number }
}

type Found = Omit<PolicyReference, 'id' | 'kind'>

/** Words that stand in the lists of people beside ids. */
const words = ['all', 'none', 'guestsorexternalusers']

/** Of all users and groups, only those that a policy names are remembered. */
export const policyReferences = defineFolded({
  id: 'policyReferences',
  title: 'Users, groups and roles that Conditional Access policies name, and whether they are still there',
  from: { conditionalAccessCoverage, roleDefinitions },
  over: { groups, users },
  helps: { policyGroupMembers },
  start(from) {
    const named = { user: new Map<string, Found>(), group: new Map<string, Found>(), role: new Map<string, Found>() }
    for (const { people } of from.conditionalAccessCoverage) {
      for (const side of people ? [people.included, people.excluded] : []) {
        for (const id of side.users) if (!words.includes(id.toLowerCase())) named.user.set(id.toLowerCase(), gone(id))
        for (const id of side.groups) named.group.set(id.toLowerCase(), gone(id))
        for (const id of side.roles) named.role.set(id.toLowerCase(), gone(id))
      }
    }
    for (const { id, templateId, displayName } of from.roleDefinitions)
      for (const key of [id, templateId ?? id]) there(named.role, key, displayName, false)
    return named
  },
  add(named, item) {
    if (item.fact === 'users') {
      const { id, displayName, userPrincipalName, userType, accountEnabled: isEnabled } = item.row
      there(named.user, id, displayName, false, { account: { userPrincipalName, isGuest: isGuest(userType), isEnabled } })
    } else there(named.group, item.row.id, item.row.displayName, isProtected(item.row))
  },
  finish(named, { conditionalAccessCoverage: policies, policyGroupMembers: members }): Derived<PolicyReference> {
    if (members) withMembers(named.group, policies, members)
    return {
      rows: (['group', 'role', 'user'] as const).flatMap((kind) =>
        [...named[kind]].map(([id, found]) => ({ id, kind, ...found })).sort((left, right) => (left.id < right.id ? -1 : 1)),
      ),
    }
  },
})

function gone(id: string): Found {
  return { name: id, isThere: false, isProtected: false }
}

function there(named: Map<string, Found>, id: string, name: GraphName, isProtectedGroup: boolean, more: Pick<Found, 'account'> = {}): void {
  const key = id.toLowerCase()
  if (named.has(key)) named.set(key, { name: nameOr(name, id), isThere: true, isProtected: isProtectedGroup, ...more })
}

/** Groups that policies only take in were not asked for their members. */
function withMembers(
  named: Map<string, Found>,
  policies: readonly PolicyCoverage[],
  members: readonly z.infer<typeof policyGroupMembers.row>[],
): void {
  const found = new Map<string, { people: string[]; others: number }>()
  for (const id of policies.flatMap(({ people }) => people?.excluded.groups ?? [])) found.set(id.toLowerCase(), { people: [], others: 0 })
  for (const { parentId, id, '@odata.type': odataType, userType } of members) {
    const group = found.get(parentId.toLowerCase())
    const type = principalType(odataType)
    if (!group || type === 'group') continue
    if (type === 'user' && !isGuest(userType)) group.people.push(id.toLowerCase())
    else group.others += 1
  }
  for (const [id, group] of found) {
    const before = named.get(id)
    if (before) named.set(id, { ...before, members: group })
  }
}

/** https://learn.microsoft.com/entra/identity/role-based-access-control/groups-concept and …/admin-units-restricted-management */
function isProtected(group: { readonly isAssignableToRole: boolean | null; readonly isManagementRestricted: boolean | null }): boolean {
  return group.isAssignableToRole === true || group.isManagementRestricted === true
}
