import { collection, put, text } from './tenant.ts'
import type { Row, Tenant } from './tenant.ts'

/** Finds a role definition by display name, template id or id, ignoring case. */
export function findRoleDefinition(tenant: Tenant, nameOrId: string): Row | undefined {
  const wanted = nameOrId.toLowerCase()
  for (const definition of collection(tenant, 'roleManagement/directory/roleDefinitions').values()) {
    const names = [definition.id, text(definition, 'templateId'), text(definition, 'displayName')]
    if (names.some((name) => name?.toLowerCase() === wanted)) return definition
  }
  return undefined
}

/** Gives a principal a permanent active role at tenant scope, once; undefined when the role is unknown. */
export function assignDirectoryRole(tenant: Tenant, principalId: string, role: string, assignmentId: string): Row | undefined {
  const definition = findRoleDefinition(tenant, role)
  if (!definition) return undefined
  for (const assignment of collection(tenant, 'roleManagement/directory/roleAssignments').values()) {
    if (assignment['principalId'] === principalId && assignment['roleDefinitionId'] === definition.id) return assignment
  }
  const row: Row = {
    id: assignmentId,
    principalId,
    roleDefinitionId: definition.id,
    directoryScopeId: '/',
    appScopeId: null,
    condition: null,
  }
  return put(tenant, 'roleManagement/directory/roleAssignments', row)
}

/** Takes every active role away from a principal. */
export function clearDirectoryRoles(tenant: Tenant, principalId: string): void {
  const assignments = collection(tenant, 'roleManagement/directory/roleAssignments')
  for (const assignment of [...assignments.values()]) {
    if (assignment['principalId'] === principalId) assignments.delete(assignment.id)
  }
}

/** Every group a principal is in, nested ones included. */
export function transitiveGroups(tenant: Tenant, principalId: string): Set<string> {
  const found = new Set<string>()
  const waiting = [principalId]
  for (let member = waiting.pop(); member !== undefined; member = waiting.pop()) {
    for (const membership of collection(tenant, 'groupMembers').with('memberId', member)) {
      const group = text(membership, 'groupId')
      if (!group || found.has(group)) continue
      found.add(group)
      waiting.push(group)
    }
  }
  return found
}

/** A role that somebody holds, and whether over the whole tenant or over less. */
export interface HeldRole {
  readonly definition: Row
  readonly tenantWide: boolean
}

/**
 * A principal's active roles, direct or through role-assignable groups (which do not nest): those at tenant scope and,
 * where a target is named, those scoped to that object or to an administrative unit that holds it (collection
 * `administrativeUnitMembers`: { id, administrativeUnitId, memberId }).
 */
export function heldRoles(tenant: Tenant, principalId: string, targetId?: string): HeldRole[] {
  const principals = new Set([principalId, ...roleAssignableGroups(tenant, principalId)])
  const scopes = new Set(['/', ...scopesHolding(tenant, targetId)])
  const definitions = collection(tenant, 'roleManagement/directory/roleDefinitions')
  const held: HeldRole[] = []
  for (const assignment of collection(tenant, 'roleManagement/directory/roleAssignments').values()) {
    const scope = text(assignment, 'directoryScopeId') ?? ''
    if (!scopes.has(scope) || !principals.has(text(assignment, 'principalId') ?? '')) continue
    const definition = definitions.get(text(assignment, 'roleDefinitionId') ?? '')
    if (definition) held.push({ definition, tenantWide: scope === '/' })
  }
  return held
}

/** The definitions of a principal's active roles, each once; see `heldRoles`. */
export function activeRoles(tenant: Tenant, principalId: string, targetId?: string): Row[] {
  return [...new Map(heldRoles(tenant, principalId, targetId).map(({ definition }) => [definition.id, definition])).values()]
}

/** The groups that can hold roles and of which a principal is a direct member. */
export function roleAssignableGroups(tenant: Tenant, principalId: string): string[] {
  return collection(tenant, 'groupMembers')
    .with('memberId', principalId)
    .flatMap((membership) => text(membership, 'groupId') ?? [])
    .filter((group) => collection(tenant, 'groups').get(group)?.['isAssignableToRole'] === true)
}

function scopesHolding(tenant: Tenant, targetId: string | undefined): string[] {
  if (targetId === undefined) return []
  const units = collection(tenant, 'administrativeUnitMembers').with('memberId', targetId)
  return [`/${targetId}`, ...units.map((row) => `/administrativeUnits/${text(row, 'administrativeUnitId') ?? ''}`)]
}
