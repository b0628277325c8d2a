import { roleIdByName } from '../tenants/reference.ts'
import { heldRoles, roleAssignableGroups } from '../tenants/roles.ts'
import type { HeldRole } from '../tenants/roles.ts'
import { collection, text } from '../tenants/tenant.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { allows } from './caller.ts'
import type { GraphCaller } from './graph-types.ts'

/*
 * Whom an administrator may disable, delete, restore, sign out or give a new password or method:
 * https://learn.microsoft.com/entra/identity/role-based-access-control/privileged-roles-permissions, the tables "Who can reset
 * passwords" and "Who can perform sensitive actions". Both say the same of the roles that stand in both.
 */

const ids = (...names: readonly string[]): ReadonlySet<string> => new Set(names.map(roleIdByName))

/** They reach everybody. */
const unbounded = ids('Global Administrator', 'Privileged Authentication Administrator', 'Partner Tier2 Support')

const readers = ['Message Center Reader', 'Reports Reader', 'Usage Summary Reports Reader', 'User Experience Success Manager']
const everybodysTargets = ['Directory Readers', 'Guest Inviter', 'Password Administrator']

/** They reach people without roles, and holders of no other roles than these. Roles that are not listed reach people without roles only. */
const bounded: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [roleIdByName('Password Administrator'), ids(...everybodysTargets)],
  [roleIdByName('Helpdesk Administrator'), ids(...everybodysTargets, ...readers, 'Helpdesk Administrator')],
  [roleIdByName('Authentication Administrator'), ids(...everybodysTargets, ...readers, 'Authentication Administrator')],
  [
    roleIdByName('User Administrator'),
    ids(...everybodysTargets, ...readers, 'Groups Administrator', 'Helpdesk Administrator', 'User Administrator'),
  ],
])

/**
 * Of the bounded roles, those that still reach the limited administrators when they are held over an administrative unit only
 * (https://learn.microsoft.com/entra/identity/role-based-access-control/manage-roles-portal).
 */
const boundedInUnits = ids('User Administrator')

/**
 * Whether a caller holds an action (of several, one) over a person whom the role that grants it reaches. People reach themselves;
 * an application acting for itself reaches administrators by a directory role of its own only.
 */
export function reaches(tenant: Tenant, caller: GraphCaller, action: string | readonly string[], userId: string): boolean {
  const held = heldRoles(tenant, caller.oid, userId)
  const rank = rankOf(tenant, userId)
  if (caller.isAppOnly) return (rank.roles.size === 0 && !rank.isGuarded) || held.some((role) => isUnbounded(role))
  const granting = held.filter(({ definition }) => allows(definition, action))
  return caller.oid === userId ? granting.length > 0 : granting.some((role) => covers(role, rank))
}

/** What makes a person an administrator. */
interface Rank {
  readonly roles: ReadonlySet<string>
  /** A member or owner of a group that can hold roles. */
  readonly isGuarded: boolean
}

function rankOf(tenant: Tenant, userId: string): Rank {
  const roles = new Set<string>()
  for (const assignment of collection(tenant, 'roleManagement/directory/roleAssignments').with('principalId', userId))
    roles.add(text(assignment, 'roleDefinitionId') ?? '')
  const groups = collection(tenant, 'groups')
  const ownsOne = collection(tenant, 'groupOwners')
    .with('ownerId', userId)
    .some((row) => groups.get(text(row, 'groupId') ?? '')?.['isAssignableToRole'] === true)
  return { roles, isGuarded: ownsOne || roleAssignableGroups(tenant, userId).length > 0 }
}

function isUnbounded({ definition, tenantWide }: HeldRole): boolean {
  return unbounded.has(definition.id) && (tenantWide || definition.id === roleIdByName('Privileged Authentication Administrator'))
}

function covers(role: HeldRole, rank: Rank): boolean {
  if (isUnbounded(role)) return true
  if (rank.isGuarded) return false
  const { definition, tenantWide } = role
  const reached = tenantWide || boundedInUnits.has(definition.id) ? bounded.get(definition.id) : undefined
  return [...rank.roles].every((target) => reached?.has(target) === true)
}
