import { builtInRoles } from '../../data/directory-roles.ts'
import type { Tier } from '../../data/directory-roles.ts'
import { controlPlaneActions } from '../../data/control-plane-actions.ts'
import type { FactKey } from '../fact.ts'
import { nameOr } from './graph-values.ts'
import { principalType } from './role-holding.ts'

/** One way in which a principal holds, or may come to hold, a directory role. */
export interface RoleHold {
  /** Template id of a built-in role, id of a custom one; lower case. */
  readonly roleId: string
  readonly roleName: string
  /** Of a role newer than our list 'none', and such a role counts as privileged. */
  readonly tier: Tier
  /** By Microsoft's list; a custom role when it holds an action of the control plane. */
  readonly isPrivileged: boolean
  /** Held now; false means that it must be activated first. */
  readonly isActive: boolean
  /** ISO time at which it ends; null when it never does. */
  readonly until: string | null
  /** '/' for the whole tenant; null where the answer does not say. */
  readonly scope: string | null
  /** Ids of the groups on the way from the role to the principal; empty when it holds the role itself. */
  readonly via: readonly string[]
  readonly basis: readonly FactKey[]
}

interface RoleDefinition {
  readonly id: string
  readonly templateId: string | null
  readonly displayName: string | null
  readonly isBuiltIn: boolean
  readonly rolePermissions: readonly { readonly allowedResourceActions: readonly string[] }[]
}

export type RoleKind = Pick<RoleHold, 'roleId' | 'roleName' | 'tier' | 'isPrivileged'>

/** What is known of each role, by the ids under which assignments name it. */
export function roleKinds(definitions: readonly RoleDefinition[]): ReadonlyMap<string, RoleKind> {
  const kinds = new Map<string, RoleKind>()
  for (const { templateId, name, tier, isPrivileged } of builtInRoles.values())
    kinds.set(templateId, { roleId: templateId, roleName: name, tier, isPrivileged })
  for (const definition of definitions) {
    const named = (definition.isBuiltIn ? (definition.templateId ?? definition.id) : definition.id).toLowerCase()
    // The id of a built-in role is its template's, whatever else an answer says.
    const known = definition.isBuiltIn ? (builtInRoles.get(named) ?? builtInRoles.get(definition.id.toLowerCase())) : undefined
    const id = known?.templateId ?? named
    const isControl = controlActionsOf(definition).length > 0
    const kind: RoleKind = {
      roleId: id,
      roleName: nameOr(definition.displayName, known?.name ?? id),
      tier: known?.tier ?? (definition.isBuiltIn ? 'none' : isControl ? 'control' : 'management'),
      isPrivileged: known?.isPrivileged ?? (definition.isBuiltIn || isControl),
    }
    kinds.set(id, kind)
    kinds.set(definition.id.toLowerCase(), kind)
  }
  return kinds
}

/** Actions of a custom role that change who controls the tenant. */
export function controlActionsOf({ rolePermissions }: Pick<RoleDefinition, 'rolePermissions'>): readonly string[] {
  return rolePermissions.flatMap(({ allowedResourceActions }) => allowedResourceActions.filter(isControlAction))
}

/**
 * The action itself; the same for applications of this tenant alone; or all properties of what has such an action:
 * https://learn.microsoft.com/entra/identity/role-based-access-control/custom-available-permissions
 */
function isControlAction(action: string): boolean {
  const plain = action.toLowerCase().replace('.myorganization/', '/')
  if (controlPlaneActions.has(plain)) return true
  const [, resource] = /^(.+)\/allproperties\/(?:update|alltasks)$/.exec(plain) ?? []
  return resource !== undefined && controlResources.has(resource)
}

/** What can be taken over by one of its properties: `microsoft.directory/applications`. */
const controlResources: ReadonlySet<string> = new Set(
  [...controlPlaneActions].flatMap((action) => /^(.+)\/(?:credentials|owners|members|password)\/update$/.exec(action)?.[1] ?? []),
)

export type HolderType = 'user' | 'group' | 'servicePrincipal'

/** Types of Graph v1.0 that are one of the three, or can hold no role; undefined for a type that we do not know. */
export function holderType(odataType: string): HolderType | 'neither' | undefined {
  switch (odataType.replace(/^#/, '').toLowerCase()) {
    case 'microsoft.graph.agentuser':
      return 'user'
    case 'microsoft.graph.agentidentity':
    case 'microsoft.graph.agentidentityblueprintprincipal':
      return 'servicePrincipal'
    case 'microsoft.graph.device':
    case 'microsoft.graph.orgcontact':
      return 'neither'
    default:
      return principalType(odataType)
  }
}
