import { builtInRoles } from '../../data/directory-roles.ts'
import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import type { FactRow } from '../facts.ts'
import { holderType } from '../rows/role-hold.ts'
import type { Settings } from '../settings.ts'
import type { Matter } from './conditional-access-matter.ts'

const microsoftsList = [...builtInRoles.values()].filter(({ isPrivileged }) => isPrivileged).map(({ templateId }) => templateId)

/** Template ids of the privileged roles: Microsoft's list, or the tenant's own where it has one. */
export function privilegedRoles({ privilegedRoleTemplateIds: own }: Settings): readonly string[] {
  return own.length === 0 ? microsoftsList : own
}

type Assignments = readonly FactRow<'roleAssignments'>[]

/**
 * Who holds such a role for a part of the tenant only: a policy that names roles does not reach them.
 * https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-users-groups
 */
export function administratorsOfParts(assignments: Assignments, settings: Settings): NonNullable<Matter['also']> {
  const held = heldForParts(assignments, settings)
  const idsOf = (isGroup: boolean): readonly string[] => [
    ...new Set(held.filter((row) => (row.type === 'group') === isGroup).map(({ principal }) => principal)),
  ]
  return { users: idsOf(false), groups: idsOf(true) }
}

/** Active holds for a part of the tenant, of people and groups that hold no such role for the whole. */
function heldForParts(assignments: Assignments, settings: Settings) {
  const wanted = new Set(privilegedRoles(settings).map((id) => id.toLowerCase()))
  const held = assignments
    .map((row) => ({
      principal: row.principalId.toLowerCase(),
      role: row.roleDefinitionId.toLowerCase(),
      isWhole: row.directoryScopeId === '/',
      // Somebody of whom it is not known what they are may be a person.
      type: row.principal === null ? undefined : holderType(row.principal['@odata.type']),
    }))
    .filter(({ role, type }) => wanted.has(role) && type !== 'servicePrincipal' && type !== 'neither')
  const whole = new Set(held.filter(({ isWhole }) => isWhole).map(({ principal }) => principal))
  return held.filter(({ isWhole, principal }) => !isWhole && !whole.has(principal))
}

/** Names of the privileged roles that the policy does not name, and of those that somebody holds for a part whom it does not name. */
export function missingRoles(
  { all, included }: NonNullable<PolicyCoverage['people']>,
  assignments: Assignments,
  settings: Settings,
): readonly string[] {
  if (all) return []
  const covered = new Set(included.roles.map((id) => id.toLowerCase()))
  const named = new Set([...included.users, ...included.groups].map((id) => id.toLowerCase()))
  const nameOf = (id: string): string => builtInRoles.get(id.toLowerCase())?.name ?? id
  const ofParts = heldForParts(assignments, settings).filter(({ principal }) => !named.has(principal))
  return [
    ...privilegedRoles(settings)
      .filter((id) => !covered.has(id.toLowerCase()))
      .map(nameOf),
    ...new Set(ofParts.map(({ role }) => `${nameOf(role)} for a part of the tenant`)),
  ]
}
