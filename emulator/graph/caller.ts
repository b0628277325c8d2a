import { roleIdByName } from '../tenants/reference.ts'
import { activeRoles } from '../tenants/roles.ts'
import { collection, text } from '../tenants/tenant.ts'
import type { Row, Tenant } from '../tenants/tenant.ts'
import type { GraphCaller } from './graph-types.ts'

const memberRole = roleIdByName('User')
const guestRole = roleIdByName('Guest User')

/**
 * Whether a caller holds a directory resource action (of several, one), over one object where it is named. An application acting for
 * itself is bounded by its permissions alone; a person by what members or guests may do and by their active roles,
 * built-in or custom.
 */
export function holdsAction(tenant: Tenant, caller: GraphCaller, action: string | readonly string[], targetId?: string): boolean {
  if (caller.isAppOnly) return true
  const definitions = collection(tenant, 'roleManagement/directory/roleDefinitions')
  const roles = [...activeRoles(tenant, caller.oid, targetId)]
  const everybody = definitions.get(everybodysRole(tenant, caller.oid))
  return [...roles, ...(everybody ? [everybody] : [])].some((definition) => allows(definition, action))
}

/** Whether a role definition holds an action, or one of several. */
export function allows(definition: Row, action: string | readonly string[]): boolean {
  const enough = new Set([action].flat().flatMap(sufficientFor))
  return actionsOf(definition).some((held) => enough.has(held))
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

/** Whether somebody owns an object; owners are kept as rows `{ [owned]: id, ownerId }`. */
export function owns(tenant: Tenant, caller: GraphCaller, path: OwnerPath, objectId: string): boolean {
  return collection(tenant, path)
    .with('ownerId', caller.oid)
    .some((row) => row[ownedBy[path]] === objectId)
}

const ownedBy = { applicationOwners: 'applicationId', servicePrincipalOwners: 'servicePrincipalId', groupOwners: 'groupId' } as const
type OwnerPath = keyof typeof ownedBy
