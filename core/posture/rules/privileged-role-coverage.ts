import { builtInRoles } from '../../data/directory-roles.ts'
import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import type { Settings } from '../settings.ts'

const microsoftsList = [...builtInRoles.values()].filter(({ isPrivileged }) => isPrivileged).map(({ templateId }) => templateId)

/** Template ids of the privileged roles: Microsoft's list, or the tenant's own where it has one. */
export function privilegedRoles({ privilegedRoleTemplateIds: own }: Settings): readonly string[] {
  return own.length === 0 ? microsoftsList : own
}

/** Names of the privileged roles that the policy does not name. */
export function missingRoles({ all, included }: NonNullable<PolicyCoverage['people']>, settings: Settings): readonly string[] {
  if (all) return []
  const covered = new Set(included.roles.map((id) => id.toLowerCase()))
  return privilegedRoles(settings)
    .filter((id) => !covered.has(id.toLowerCase()))
    .map((id) => builtInRoles.get(id.toLowerCase())?.name ?? id)
}
