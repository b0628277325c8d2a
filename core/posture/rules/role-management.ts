import { builtInRoles } from '../../data/directory-roles.ts'
import type { AffectedObject, Verdict } from '../check.ts'
import { factKey } from '../fact.ts'
import type { FactRow } from '../facts.ts'
import { roleKinds } from '../rows/role-hold.ts'
import type { RoleManagementRule } from '../rows/role-management-rule.ts'
import type { Settings } from '../settings.ts'

/** Ids of rules: https://learn.microsoft.com/graph/identity-governance-pim-rules-overview */
export type RuleId =
  | 'Approval_EndUser_Assignment'
  | 'AuthenticationContext_EndUser_Assignment'
  | 'Enablement_EndUser_Assignment'
  | 'Expiration_EndUser_Assignment'
  | 'Notification_Admin_Admin_Assignment'
  | 'Notification_Admin_Admin_Eligibility'
  | 'Notification_Admin_EndUser_Assignment'

/** Whether the policy holds; a rule that is not there does not. */
export type Holds = (rule: (id: RuleId) => RoleManagementRule | undefined) => boolean

/** The name of a role that the check is about, by its id in lower case; undefined for any other. */
export type Wanted = (roleId: string) => string | undefined

interface ActivationFacts {
  readonly roleManagementPolicies: readonly FactRow<'roleManagementPolicies'>[]
  readonly groupActivations: readonly GroupActivation[]
}
type GroupActivation = FactRow<'groupActivations'>

/**
 * Judges the policies of the wanted roles, and those of groups by which people get such a role: `rolesOf` names the roles that a membership
 * gives for what the check asks. Reasons: `all`, `some` with what falls short, `groups` where only groups do, `none` where no policy of a
 * role was found. Counts are of roles.
 */
export function rolePolicyVerdict(
  { roleManagementPolicies, groupActivations }: ActivationFacts,
  wanted: Wanted,
  holds: Holds,
  rolesOf: (activation: GroupActivation) => readonly string[] = (activation) => activation.holds,
): Verdict {
  const looked = roleManagementPolicies.flatMap(({ id, roleDefinitionId, policy: { rules } }) => {
    const [roleId, name] = [roleDefinitionId.toLowerCase(), wanted(roleDefinitionId.toLowerCase())]
    return name === undefined ? [] : [{ id, roleDefinitionId, roleIds: [roleId], name, rules }]
  })
  const ways = groupActivations.flatMap((activation) => {
    const roleIds = rolesOf(activation).filter((id) => wanted(id) !== undefined)
    return roleIds.length === 0 ? [] : [{ ...activation, roleIds }]
  })
  const basis = [factKey('roleManagementPolicies', ''), ...(ways.length === 0 ? [] : [factKey('roleGroupPolicies', '')])]
  if (looked.length === 0) return { verdict: 'fail', reason: 'none', values: { count: 0 }, objects: [], basis }
  const isShort = ({ rules }: Pick<GroupActivation, 'rules'>): boolean => !holds((id) => rules?.find((rule) => rule.id === id))
  const [short, shortWays] = [looked.filter(isShort), ways.filter(isShort)]
  const counted = (...lists: readonly (readonly { readonly roleIds: readonly string[] }[])[]): number =>
    new Set(lists.flat().flatMap(({ roleIds }) => roleIds)).size
  const values = { count: counted(short, shortWays), roles: counted(looked, ways) }
  if (values.count === 0) return { verdict: 'pass', reason: 'all', values, basis }
  const objects: readonly AffectedObject[] = [
    ...short.map(({ id, roleDefinitionId, name }) => {
      return { type: 'role', id: roleDefinitionId, name, values: { role: name }, basis: [factKey('roleManagementPolicies', id)] } as const
    }),
    ...shortWays.map(({ groupId, groupName, access, roleIds, basis: basisOfWay }) => {
      const names = roleIds.flatMap((id) => wanted(id) ?? []).sort()
      const role = `${access === 'owner' ? 'ownership' : 'membership'} of ${groupName} (${names.join(', ')})`
      return { type: 'group', id: groupId, name: groupName, part: access, values: { role }, basis: basisOfWay } as const
    }),
  ]
  if (short.length > 0) return { verdict: 'fail', reason: 'some', values, objects, basis }
  return { verdict: 'fail', reason: 'groups', values: { ...values, ...namesOf(shortWays) }, objects, basis }
}

/** Some names are enough for a sentence; the objects name all. */
function namesOf(ways: readonly GroupActivation[]): { readonly groups: number; readonly names: string } {
  const names = [...new Map(ways.map(({ groupId, groupName }) => [groupId.toLowerCase(), groupName])).values()]
  const more = names.length - 3
  return { groups: names.length, names: `${names.slice(0, 3).join(', ')}${more > 0 ? ` and ${more} more` : ''}` }
}

/** One built-in role, by its template id. */
export function onlyRole(roleId: string): Wanted {
  return (id) => (id === roleId ? (builtInRoles.get(id)?.name ?? id) : undefined)
}

/** Microsoft's list of privileged roles with custom ones that reach the control plane, or the tenant's own. */
export function privilegedRoles(definitions: readonly FactRow<'roleDefinitions'>[], { privilegedRoleTemplateIds }: Settings): Wanted {
  const kinds = roleKinds(definitions)
  const own = new Set(privilegedRoleTemplateIds.map((id) => id.toLowerCase()))
  return (id) => {
    const kind = kinds.get(id)
    const isWanted = own.size > 0 ? own.has(id) : kind?.isPrivileged === true
    return isWanted ? (kind?.roleName ?? id) : undefined
  }
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
