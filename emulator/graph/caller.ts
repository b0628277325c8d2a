import { isPrivilegedRole, roleIdByName } from '../tenants/reference.ts'
import { activeRoles } from '../tenants/roles.ts'
import { collection, text } from '../tenants/tenant.ts'
import type { Row, Tenant } from '../tenants/tenant.ts'
import type { GraphCaller } from './graph-types.ts'

const memberRole = roleIdByName('User')
const guestRole = roleIdByName('Guest User')
/** Who may change a holder of a privileged role (https://learn.microsoft.com/entra/identity/role-based-access-control/privileged-roles-permissions). */
const privilegedKeepers = new Set([roleIdByName('Privileged Authentication Administrator'), roleIdByName('Global Administrator')])

/**
 * Whether a caller holds a directory resource action (of several, one), over one object where it is named. An application acting for
 * itself is bounded by its permissions alone; a person by what members or guests may do and by their active roles,
 * built-in or custom.
 */
export function holdsAction(tenant: Tenant, caller: GraphCaller, action: string | readonly string[], targetId?: string): boolean {
  if (caller.isAppOnly) return true
  const enough = new Set([action].flat().flatMap(sufficientFor))
  const definitions = collection(tenant, 'roleManagement/directory/roleDefinitions')
  const roles = [...activeRoles(tenant, caller.oid, targetId)]
  const everybody = definitions.get(everybodysRole(tenant, caller.oid))
  return [...roles, ...(everybody ? [everybody] : [])].some((definition) => actionsOf(definition).some((held) => enough.has(held)))
}

/** The action itself, and the wider ones over the same kind of object. */
function sufficientFor(action: string): string[] {
  const entity = action.split('/').slice(0, 2).join('/')
  const wider = [`${entity}/allProperties/allTasks`, `${entity}/allTasks`]
  return action.toLowerCase().endsWith('read') ? [action, ...wider, `${entity}/allProperties/read`] : [action, ...wider]
}

/** The role that a person has without any assignment: member or guest. A person who is not there has none. */
function everybodysRole(tenant: Tenant, userId: string): string {
  const user = collection(tenant, 'users').get(userId)
  if (!user) return ''
  if (user['userType'] !== 'Guest') return memberRole
  return text(collection(tenant, 'policies/authorizationPolicy').get('authorizationPolicy'), 'guestUserRoleId') ?? guestRole
}

function actionsOf(definition: Row): string[] {
  if (definition['isEnabled'] === false) return []
  const permissions = definition['rolePermissions']
  if (!Array.isArray(permissions)) return []
  return permissions.flatMap((permission) => {
    const actions: unknown = permission?.allowedResourceActions
    return Array.isArray(actions) ? actions.filter((held): held is string => typeof held === 'string') : []
  })
}

/** Whether a user holds a privileged role, or belongs to a group that can. */
export function isPrivilegedUser(tenant: Tenant, userId: string): boolean {
  const assigned = collection(tenant, 'roleManagement/directory/roleAssignments')
  for (const assignment of assigned.values()) {
    if (assignment['principalId'] === userId && isPrivilegedRole(text(assignment, 'roleDefinitionId') ?? '')) return true
  }
  for (const membership of collection(tenant, 'groupMembers').with('memberId', userId)) {
    const group = collection(tenant, 'groups').get(text(membership, 'groupId') ?? '')
    if (group?.['isAssignableToRole'] === true) return true
  }
  return false
}

/** Whether a caller may change a user at all: holders of privileged roles only by those who may change them, or by themselves. */
export function mayTouchUser(tenant: Tenant, caller: GraphCaller, userId: string): boolean {
  if (caller.isAppOnly || caller.oid === userId || !isPrivilegedUser(tenant, userId)) return true
  return activeRoles(tenant, caller.oid, userId).some((role) => privilegedKeepers.has(role.id))
}
