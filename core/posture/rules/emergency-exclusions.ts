import type { People, PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import type { PolicyReference } from '../derived/policy-references.ts'
import { sameId } from '../rows/graph-values.ts'
import type { Settings } from '../settings.ts'

/** Users and groups that the tenant declared as exceptions or for emergencies, in lower case; accounts of programs are none. */
export function emergencyIds({ exclusions, permanentRoleAssignmentAllowed, serviceAccounts }: Settings): ReadonlySet<string> {
  const { users, groups } = permanentRoleAssignmentAllowed
  const programs = new Set(serviceAccounts.map((id) => id.toLowerCase()))
  const ids = [...exclusions.users, ...exclusions.groups, ...users, ...groups].map((id) => id.toLowerCase())
  return new Set(ids.filter((id) => !programs.has(id)))
}

/** Users and groups that at least one of the policies leaves out, in lower case. */
export function excludedIds(policies: readonly PolicyCoverage[]): ReadonlySet<string> {
  return new Set(policies.flatMap(({ people }) => (people ? usersAndGroups(people.excluded) : [])))
}

/**
 * Whether the policy applies to the account or group: it names everybody, or a role (emergency accounts hold Global Administrator), or
 * this very id, and does not leave it out. A policy for certain other people does not reach it.
 */
export function reaches({ people }: PolicyCoverage, id: string): boolean {
  if (!people || usersAndGroups(people.excluded).includes(id)) return false
  return people.all || people.included.roles.length > 0 || usersAndGroups(people.included).includes(id)
}

/** Users and groups that several policies leave out and none reaches: what tenants make for emergencies, declared or not. */
export function detectedIds(policies: readonly PolicyCoverage[]): readonly string[] {
  const leavesOut = (id: string): boolean =>
    policies.filter(({ people }) => people && usersAndGroups(people.excluded).includes(id)).length > 1
  return [...excludedIds(policies)].filter((id) => leavesOut(id) && !policies.some((policy) => reaches(policy, id)))
}

/** Whoever was deleted or disabled gets in no more, and a group that is known to be empty lets nobody in. */
export function letsSomebodyIn({ isThere, account, members }: PolicyReference): boolean {
  return isThere && account?.isEnabled !== false && (members === undefined || members.people.length + members.others > 0)
}

/**
 * Whoever is left out of a policy and could get in by that. The Aid and the accounts of programs are left out to do their work, and a guest comes by
 * a door of another organisation: they help nobody in.
 */
export function waysIn(policies: readonly PolicyCoverage[], references: readonly PolicyReference[], settings: Settings): readonly string[] {
  const { own, serviceAccounts } = settings
  const workers = [...(own ? [own.aidId] : []), ...serviceAccounts]
  return [...excludedIds(policies)]
    .filter((id) => references.some((reference) => reference.id === id && letsSomebodyIn(reference) && reference.account?.isGuest !== true))
    .filter((id) => !workers.some((worker) => sameId(worker, id)))
}

function usersAndGroups({ users, groups }: People): readonly string[] {
  return [...users, ...groups].map((id) => id.toLowerCase())
}
