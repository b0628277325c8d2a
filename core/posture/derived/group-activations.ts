import { defineDerived, factKey } from '../fact.ts'
import type { Derived, FactKey } from '../fact.ts'
import { pimGroupEligibility } from '../facts/pim-group-eligibility.ts'
import { roleAssignments } from '../facts/role-assignments.ts'
import { roleEligibility } from '../facts/role-eligibility.ts'
import { roleGroupPolicies } from '../facts/role-group-policies.ts'
import { nameOr } from '../rows/graph-values.ts'
import { holderType } from '../rows/role-hold.ts'
import type { RoleManagementRule } from '../rows/role-management-rule.ts'

/** Membership or ownership of a group with directory roles that somebody may activate, by settings of the group's own. */
export interface GroupActivation {
  /** `group/access`, lower case. */
  readonly id: string
  readonly groupId: string
  readonly groupName: string
  /** `member` or `owner`, lower case; an owner can add members. */
  readonly access: string
  /** Ids of roles that the group holds, and so gives at once; lower case. */
  readonly holds: readonly string[]
  /** Ids of roles that whoever is in the group must still activate. */
  readonly mayActivate: readonly string[]
  /** What activating asks for; undefined where the group has no policy for it, which asks for nothing. */
  readonly rules: readonly RoleManagementRule[] | undefined
  readonly basis: readonly FactKey[]
}

export const groupActivations = defineDerived({
  id: 'groupActivations',
  title: 'Groups with a directory role whose membership is activated, and what that asks for',
  from: { roleAssignments, roleEligibility, pimGroupEligibility, roleGroupPolicies },
  derive(facts): Derived<GroupActivation> {
    const groups = new Map<string, { readonly name: string; readonly holds: Set<string>; readonly mayActivate: Set<string> }>()
    const holdings = [
      ...facts.roleAssignments.map((row) => ({ row, list: 'holds' as const, what: 'role assignment' })),
      ...facts.roleEligibility.map((row) => ({ row, list: 'mayActivate' as const, what: 'role eligibility' })),
    ]
    for (const { row, list, what } of holdings) {
      const type = row.principal === null ? undefined : holderType(row.principal['@odata.type'])
      // Who may become its member was asked only of what is known to be a group.
      if (type === undefined) return { undecided: `Whether the ${what} ${row.id} is that of a group is not known.` }
      if (type !== 'group') continue
      const id = row.principalId.toLowerCase()
      const name = nameOr(row.principal?.displayName ?? null, row.principalId)
      const group = groups.get(id) ?? { name, holds: new Set<string>(), mayActivate: new Set<string>() }
      group[list].add(row.roleDefinitionId.toLowerCase())
      groups.set(id, group)
    }
    const found = new Map<string, GroupActivation>()
    for (const row of facts.pimGroupEligibility) {
      const [groupId, access] = [row.parentId.toLowerCase(), row.accessId.toLowerCase()]
      const [group, id] = [groups.get(groupId), `${groupId}/${access}`]
      if (!group || found.has(id)) continue
      const policy = facts.roleGroupPolicies.find(
        (candidate) => candidate.parentId.toLowerCase() === groupId && candidate.roleDefinitionId.toLowerCase() === access,
      )
      const basis = [factKey('pimGroupEligibility', row.id), ...(policy ? [factKey('roleGroupPolicies', policy.id)] : [])]
      const [holds, mayActivate] = [[...group.holds].sort(), [...group.mayActivate].sort()]
      found.set(id, { id, groupId: row.parentId, groupName: group.name, access, holds, mayActivate, rules: policy?.policy.rules, basis })
    }
    return { rows: [...found.values()].sort((left, right) => (left.id < right.id ? -1 : 1)) }
  },
})
