import { builtInRoles } from '../../data/directory-roles.ts'
import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import type { Settings } from '../settings.ts'

const microsoftsList = [...builtInRoles.values()].filter(({ isPrivileged }) => isPrivileged).map(({ templateId }) => templateId)

/** Names of the privileged roles that the policy does not cover: Microsoft's list, or the tenant's own where it has one. */
export function missingRoles({ all, included }: NonNullable<PolicyCoverage['people']>, settings: Settings): readonly string[] {
  if (all) return []
  const own = settings.privilegedRoleTemplateIds
  const covered = new Set(included.roles.map((id) => id.toLowerCase()))
  return (own.length === 0 ? microsoftsList : own)
    .filter((id) => !covered.has(id.toLowerCase()))
    .map((id) => builtInRoles.get(id.toLowerCase())?.name ?? id)
}
