import type { Action } from './action.ts'

/** A permission with why it is asked for, for the person who grants it. */
export interface NeededScope {
  readonly scope: string
  readonly because: readonly string[]
}

/** A directory role that the Aid has to hold, with the narrowest scope at which all who need it can use it. */
export interface NeededRole {
  readonly name: string
  /** Template id of a built-in role; 'custom' where no built-in one is as small. */
  readonly templateId: string | 'custom'
  /** Actions that a custom role of this name has to allow. */
  readonly actions: readonly string[]
  readonly scope: RoleScope
  readonly because: readonly string[]
}
type RoleScope = Action['directoryRole']['scope']

export interface ActNeeds {
  readonly write: readonly NeededScope[]
  /** Pre-state, read-back, audit log and who may countersign; none of these is also in `write`. */
  readonly proof: readonly NeededScope[]
  readonly roles: readonly NeededRole[]
}

/** The least role that may read the audit log (learn.microsoft.com/graph/api/directoryaudit-list). */
export const auditReader = { templateId: '4a5d8f65-41da-4de4-8968-e035b65339cf', name: 'Reports Reader' } as const

/** Actions that are switched on where nobody has chosen. */
export function startingActions(catalogue: readonly Action[]): readonly Action[] {
  return catalogue.filter(({ starts }) => starts === 'on')
}

/** What Countersign Act must be granted, and its Aid must hold, for exactly these actions. */
export function needsOf(actions: readonly Action[]): ActNeeds {
  const write = gatherScopes(actions.flatMap(({ writeScopes, title }) => writeScopes.map((scope) => [scope, title] as const)))
  const proof = gatherScopes([
    ...actions.flatMap(({ proofScopes, title }) => proofScopes.map((scope) => [scope, `Before and after: ${title}`] as const)),
    ['User.Read', 'Signing in as the Aid'],
    ['Application.Read.All', 'Reading who may ask for and countersign actions'],
    ['GroupMember.Read.All', 'The same, where a role is given through a group'],
    ['RoleManagement.Read.Directory', 'Seeing that the Aid holds no role beyond what the actions need'],
  ])
  const also = new Map(proof.map(({ scope, because }) => [scope, because]))
  return {
    // A permission that changes and checks is listed once, with all that it is for: who switches an action off reads what still needs it.
    write: write.map(({ scope, because }) => ({ scope, because: distinct([...because, ...(also.get(scope) ?? [])]) })),
    proof: proof.filter(({ scope }) => !write.some((written) => written.scope === scope)),
    roles: rolesFor(actions),
  }
}

function rolesFor(actions: readonly Action[]): readonly NeededRole[] {
  const byName = new Map<string, NeededRole>()
  for (const { directoryRole, title } of actions) {
    const { name, templateId, actions: allowed, scope } = directoryRole
    const known = byName.get(name)
    byName.set(name, {
      name,
      templateId,
      actions: distinct([...(known?.actions ?? []), ...allowed]),
      scope: known ? wider(known.scope, scope) : scope,
      because: distinct([...(known?.because ?? []), title]),
    })
  }
  if (actions.length > 0) {
    const known = byName.get(auditReader.name)
    const because = [...(known?.because ?? []), 'Finding each change in the tenant’s own audit log']
    byName.set(auditReader.name, { ...auditReader, actions: known?.actions ?? [], scope: 'tenant', because })
  }
  return [...byName.values()].sort((left, right) => left.name.localeCompare(right.name))
}

const widths = ['object', 'administrativeUnit', 'tenant'] as const satisfies readonly RoleScope[]

function wider(left: RoleScope, right: RoleScope): RoleScope {
  return widths.indexOf(left) > widths.indexOf(right) ? left : right
}

/** One entry a scope with every reason once, in the order of the scopes' names. */
export function gatherScopes(pairs: readonly (readonly [scope: string, because: string])[]): readonly NeededScope[] {
  const byScope = new Map<string, string[]>()
  for (const [scope, because] of pairs) {
    const known = byScope.get(scope) ?? []
    if (!known.includes(because)) byScope.set(scope, [...known, because])
  }
  return [...byScope].map(([scope, because]) => ({ scope, because })).sort((left, right) => left.scope.localeCompare(right.scope))
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
