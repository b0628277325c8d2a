import { findRoleDefinition } from '../tenants/roles.ts'
import { collection, text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import type { AuditPlan, AuditTarget } from './audit.ts'
import { notFound } from './respond.ts'
import type { Refusal } from './respond.ts'
import type { View } from './view.ts'
import { badRequest } from './write-entry.ts'

export const ASSIGNMENTS = 'roleManagement/directory/roleAssignments'
export const ACTIVE = 'roleManagement/directory/roleAssignmentScheduleInstances'
export const ELIGIBLE = 'roleManagement/directory/roleEligibilityScheduleInstances'

/** Who holds which role over what. */
export interface Holding {
  readonly principalId: string
  readonly roleDefinitionId: string
  readonly directoryScopeId: string
}

/** The rows of a collection that stand for one holding. */
export function rowsOf(view: View, path: string, holding: Holding): Row[] {
  return collection(view.tenant, path)
    .with('principalId', holding.principalId)
    .filter(
      (row) =>
        text(row, 'roleDefinitionId')?.toLowerCase() === holding.roleDefinitionId.toLowerCase() &&
        text(row, 'directoryScopeId') === holding.directoryScopeId,
    )
}

const principalTypes = { users: 'User', groups: 'Group', servicePrincipals: 'ServicePrincipal' } as const

/** The holder, with what the log calls such objects. */
export function principalTarget(view: View, id: string): AuditTarget {
  for (const [path, type] of Object.entries(principalTypes)) {
    const row = collection(view.tenant, path).get(id)
    if (row) return { row, type }
  }
  return { row: { id }, type: 'Other' }
}

/** Why a role cannot be given so, by what the directory itself demands. */
export function holdingRefusal(view: View, holding: Holding): Refusal | undefined {
  if (!findRoleDefinition(view.tenant, holding.roleDefinitionId))
    return badRequest(`The role definition '${holding.roleDefinitionId}' does not exist.`)
  const principal = principalTarget(view, holding.principalId)
  if (principal.type === 'Other') return notFound(holding.principalId)
  if (principal.type === 'Group' && principal.row['isAssignableToRole'] !== true)
    return badRequest('Role cannot be assigned to this group: its isAssignableToRole property is not set to true.')
  return scopeRefusal(view, holding.directoryScopeId)
}

function scopeRefusal(view: View, scope: string): Refusal | undefined {
  if (scope === '/') return undefined
  const unit = /^\/administrativeUnits\/(.+)$/.exec(scope)?.[1]
  const object = unit ?? scope.slice(1)
  const paths = unit === undefined ? ['applications', 'servicePrincipals', 'groups', 'users'] : ['administrativeUnits']
  return paths.some((path) => collection(view.tenant, path).has(object))
    ? undefined
    : badRequest(`The directory scope '${scope}' does not exist.`)
}

/** What Core Directory writes when somebody gets or loses a role. */
export function membershipAudit(view: View, holding: Holding, isAdded: boolean): AuditPlan {
  const definition = findRoleDefinition(view.tenant, holding.roleDefinitionId) ?? { id: holding.roleDefinitionId }
  const scoped = holding.directoryScopeId === '/' ? '' : 'scoped '
  const named = [
    ['Role.ObjectID', definition.id],
    ['Role.DisplayName', text(definition, 'displayName') ?? ''],
    ['Role.TemplateId', text(definition, 'templateId') ?? definition.id],
    ['Role.WellKnownObjectName', (text(definition, 'displayName') ?? '').replaceAll(' ', '')],
  ] as const
  const modified = named.map(([displayName, value]) => ({
    displayName,
    oldValue: isAdded ? null : JSON.stringify(value),
    newValue: isAdded ? JSON.stringify(value) : null,
  }))
  return {
    activity: isAdded ? `Add ${scoped}member to role` : `Remove ${scoped}member from role`,
    category: 'RoleManagement',
    service: 'Core Directory',
    operation: isAdded ? 'Assign' : 'Unassign',
    targets: [
      { ...principalTarget(view, holding.principalId), modified },
      { type: 'Role', row: definition, shownName: null },
    ],
  }
}
