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

/**
 * The definitions of a principal's active roles, direct or through role-assignable groups (which do not nest): those at
 * tenant scope and, where a target is named, those scoped to that object or to an administrative unit that holds it
 * (collection `administrativeUnitMembers`: { id, administrativeUnitId, memberId }).
 */
export function activeRoles(tenant: Tenant, principalId: string, targetId?: string): Row[] {
  const principals = new Set([principalId])
  for (const membership of collection(tenant, 'groupMembers').with('memberId', principalId)) {
    const group = text(membership, 'groupId')
    if (!group) continue
    if (collection(tenant, 'groups').get(group)?.['isAssignableToRole'] === true) principals.add(group)
  }
  const scopes = new Set(['/', ...scopesHolding(tenant, targetId)])
  const definitions = collection(tenant, 'roleManagement/directory/roleDefinitions')
  const roles = new Map<string, Row>()
  for (const assignment of collection(tenant, 'roleManagement/directory/roleAssignments').values()) {
    if (!scopes.has(text(assignment, 'directoryScopeId') ?? '') || !principals.has(text(assignment, 'principalId') ?? '')) continue
    const definition = definitions.get(text(assignment, 'roleDefinitionId') ?? '')
    if (definition) roles.set(definition.id, definition)
  }
  return [...roles.values()]
}

function scopesHolding(tenant: Tenant, targetId: string | undefined): string[] {
  if (targetId === undefined) return []
  const units = collection(tenant, 'administrativeUnitMembers').with('memberId', targetId)
  return [`/${targetId}`, ...units.map((row) => `/administrativeUnits/${text(row, 'administrativeUnitId') ?? ''}`)]
}
