import type { AffectedObject, Values } from '../check.ts'
import type { FactRow } from '../facts.ts'
import type { RoleHold } from '../rows/role-hold.ts'
import type { Settings } from '../settings.ts'

export type Principal = FactRow<'privilegedPrincipals'>

/** The holds on privileged roles: Microsoft's list, or the tenant's own where it has one. */
export function privilegedHolds({ holds }: Principal, settings: Settings): readonly RoleHold[] {
  const own = settings.privilegedRoleTemplateIds
  if (own.length === 0) return holds.filter(({ isPrivileged }) => isPrivileged)
  return holds.filter(({ roleId }) => own.some((id) => id.toLowerCase() === roleId))
}

const indexes = new WeakMap<readonly Principal[], ReadonlyMap<string, Principal>>()

/** The principal of that id; the list is indexed once, however many rows ask. */
export function principalOf(principals: readonly Principal[], id: string): Principal | undefined {
  let index = indexes.get(principals)
  if (!index) {
    index = new Map(principals.map((principal) => [principal.id.toLowerCase(), principal]))
    indexes.set(principals, index)
  }
  return index.get(id.toLowerCase())
}

/** Names of the roles, each once, in alphabetical order. */
export function roleNames(holds: readonly RoleHold[]): string {
  return [...new Set(holds.map(({ roleName }) => roleName))].sort().join(', ')
}

/** A principal as an affected object, with its roles in the values. */
export function principalObject(principal: Principal, holds: readonly RoleHold[], values: Values = {}): AffectedObject {
  return {
    type: principal.type,
    id: principal.id,
    name: principal.name,
    values: { roles: roleNames(holds), userPrincipalName: principal.userPrincipalName || 'none', ...values },
    basis: [...new Set(holds.flatMap(({ basis }) => basis))],
  }
}

/** People and groups that the tenant has declared to hold privileged roles at all times. */
export function mayHoldPermanently({ id, type }: Principal, { permanentRoleAssignmentAllowed }: Settings): boolean {
  const declared = type === 'group' ? permanentRoleAssignmentAllowed.groups : permanentRoleAssignmentAllowed.users
  return declared.some((other) => other.toLowerCase() === id.toLowerCase())
}

/** A year, which is the longest time that the portal offers for an active assignment. */
const longestDays = 366

/** Whether a hold never ends, or at a time so far away that it is no end. */
export function isLasting({ until }: Pick<RoleHold, 'until'>, now: number): boolean {
  return until === null || Date.parse(until) - now > longestDays * 86_400_000
}
