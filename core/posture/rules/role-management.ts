import { builtInRoles } from '../../data/directory-roles.ts'
import type { Verdict } from '../check.ts'
import { factKey } from '../fact.ts'
import type { FactRow } from '../facts.ts'
import { globalAdministrator } from '../rows/role-holding.ts'
import type { RoleManagementRule } from '../rows/role-management-rule.ts'
import type { Settings } from '../settings.ts'

type Policy = FactRow<'roleManagementPolicies'>

/** Ids of rules: https://learn.microsoft.com/graph/identity-governance-pim-rules-overview */
export type RuleId =
  | 'Approval_EndUser_Assignment'
  | 'AuthenticationContext_EndUser_Assignment'
  | 'Enablement_EndUser_Assignment'
  | 'Expiration_EndUser_Assignment'
  | 'Notification_Admin_Admin_Assignment'
  | 'Notification_Admin_Admin_Eligibility'
  | 'Notification_Admin_EndUser_Assignment'

/** Whether the role's policy holds; a rule that is not there does not. */
export type Holds = (rule: (id: RuleId) => RoleManagementRule | undefined) => boolean

/** Judges the policies of the wanted roles. Reasons: `all`, `some` with the roles that fall short, `none` where no policy was found. */
export function rolePolicyVerdict(policies: readonly Policy[], wanted: (roleId: string) => boolean, holds: Holds): Verdict {
  const basis = [factKey('roleManagementPolicies', '')]
  const looked = policies.filter(({ roleDefinitionId }) => wanted(roleDefinitionId.toLowerCase()))
  if (looked.length === 0) return { verdict: 'fail', reason: 'none', values: { count: 0 }, objects: [], basis }
  const short = looked.filter(({ policy }) => !holds((id) => policy.rules.find((rule) => rule.id === id)))
  const values = { count: short.length, roles: looked.length }
  if (short.length === 0) return { verdict: 'pass', reason: 'all', values, basis }
  const objects = short.map(({ id, roleDefinitionId }) => {
    const name = builtInRoles.get(roleDefinitionId.toLowerCase())?.name ?? roleDefinitionId
    return { type: 'role', id: roleDefinitionId, name, values: { role: name }, basis: [factKey('roleManagementPolicies', id)] } as const
  })
  return { verdict: 'fail', reason: 'some', values, objects, basis }
}

/** Microsoft's list of privileged roles, or the tenant's own. */
export function isPrivilegedRole({ privilegedRoleTemplateIds }: Settings): (roleId: string) => boolean {
  if (privilegedRoleTemplateIds.length === 0) return (roleId) => builtInRoles.get(roleId)?.isPrivileged === true
  const own = new Set(privilegedRoleTemplateIds.map((id) => id.toLowerCase()))
  return (roleId) => own.has(roleId)
}

export function isGlobalAdministrator(roleId: string): boolean {
  return roleId === globalAdministrator
}

/** Somebody named gets the notice; the default recipients are the administrators themselves. */
export function hasRecipients(rule: RoleManagementRule | undefined): boolean {
  return rule?.notificationType?.toLowerCase() === 'email' && (rule.notificationRecipients ?? []).length > 0
}

/** Minutes of an ISO 8601 duration of days, hours and minutes; undefined for anything else. */
export function minutesOf(duration: string | null): number | undefined {
  const parts = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?)?$/.exec(duration ?? '')
  if (!parts || duration === 'P' || duration?.endsWith('T')) return undefined
  const [days = 0, hours = 0, minutes = 0] = parts.slice(1).map((part) => Number(part ?? 0))
  return (days * 24 + hours) * 60 + minutes
}

export const privilegedRoleAdministrator = 'e8611ab8-c189-46e8-94e1-60213ab1f814'
