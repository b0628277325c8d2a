import { defineDerived, factKey } from '../fact.ts'
import type { Derived, FactKey } from '../fact.ts'
import { nameOr, sameId } from '../rows/graph-values.ts'
import { pimGroupEligibility } from '../facts/pim-group-eligibility.ts'
import { roleAssignments } from '../facts/role-assignments.ts'
import { roleEligibility } from '../facts/role-eligibility.ts'
import { roleGroupMembers } from '../facts/role-group-members.ts'
import { globalAdministrator, principalType } from '../rows/role-holding.ts'
import type { RoleHolding } from '../rows/role-holding.ts'

/** A person who is, or may make themselves, Global Administrator. */
export interface GlobalAdministrator {
  readonly id: string
  readonly name: string
  readonly userPrincipalName: string
  /** Held now; false means only eligible. */
  readonly active: boolean
  readonly basis: readonly FactKey[]
}

/**
 * Distinct users, active or eligible, with groups expanded, also by those who may make themselves members; service principals are no users.
 * Who may do so matters only where a group holds the role, and is then not left out of the count unread.
 */
export const globalAdministrators = defineDerived({
  id: 'globalAdministrators',
  title: 'People who are, or may become, Global Administrator',
  from: { roleAssignments, roleEligibility, roleGroupMembers },
  helps: { pimGroupEligibility },
  derive(facts): Derived<GlobalAdministrator> {
    const people = new Map<string, GlobalAdministrator>()
    const holdings = [
      ...facts.roleAssignments.map((row) => ({ row, active: true })),
      ...facts.roleEligibility.map((row) => ({ row, active: false })),
    ]

    for (const { row, active } of holdings) {
      if (!sameId(row.roleDefinitionId, globalAdministrator)) continue
      const type = row.principal === null ? undefined : principalType(row.principal['@odata.type'])
      const key = factKey(active ? 'roleAssignments' : 'roleEligibility', row.id)
      if (type === undefined || row.principal === null) return { undecided: whyUndecided(row, active) }
      if (type === 'user')
        add(
          people,
          { id: row.principalId, displayName: row.principal.displayName, userPrincipalName: row.principal.userPrincipalName },
          active,
          [key],
        )
      if (type === 'group') {
        for (const member of facts.roleGroupMembers.filter(({ parentId }) => sameId(parentId, row.principalId))) {
          const memberType = memberOf(member['@odata.type'])
          if (memberType === undefined)
            return {
              undecided: `Member ${member.id} of group ${row.principalId} has the type '${member['@odata.type']}', which may or may not be a person.`,
            }
          if (memberType === 'user') add(people, member, active, [key, factKey('roleGroupMembers', `${member.parentId}/${member.id}`)])
        }
        if (!facts.pimGroupEligibility)
          return { undecided: `Who may become a member of the group ${row.principalId}, which holds Global Administrator, was not read.` }
        for (const may of facts.pimGroupEligibility.filter(({ parentId }) => sameId(parentId, row.principalId))) {
          const mayType = may.principal === null ? undefined : principalType(may.principal['@odata.type'])
          if (may.principal === null || mayType === undefined || mayType === 'group')
            return { undecided: `Whoever may become a member of the group ${row.principalId} by ${may.id} is not known to be one person.` }
          if (mayType === 'user')
            add(people, { id: may.principalId, ...may.principal }, false, [key, factKey('pimGroupEligibility', may.id)])
        }
      }
    }
    return { rows: [...people.values()].sort((left, right) => (left.id < right.id ? -1 : 1)) }
  },
})

interface Person {
  readonly id: string
  readonly displayName: string | null
  readonly userPrincipalName: string | null
}

function add(people: Map<string, GlobalAdministrator>, person: Person, active: boolean, basis: readonly FactKey[]): void {
  const id = person.id.toLowerCase()
  const before = people.get(id)
  people.set(id, {
    id: before?.id ?? person.id,
    name: before && before.name !== before.id ? before.name : nameOr(person.displayName, person.id),
    userPrincipalName: before?.userPrincipalName || (person.userPrincipalName ?? ''),
    active: active || (before?.active ?? false),
    basis: [...new Set([...(before?.basis ?? []), ...basis])],
  })
}

/** Devices and contacts can sit in a group and are never people. */
function memberOf(odataType: string): 'user' | 'notAPerson' | undefined {
  const type = principalType(odataType)
  if (type === 'user') return 'user'
  if (type !== undefined) return 'notAPerson'
  return /^#?microsoft\.graph\.(device|orgContact)$/i.test(odataType) ? 'notAPerson' : undefined
}

function whyUndecided(row: RoleHolding, active: boolean): string {
  const where = `The ${active ? 'role assignment' : 'role eligibility'} ${row.id} of principal ${row.principalId}`
  return row.principal === null
    ? `${where} does not say whether it is a person, a group or an application.`
    : `${where} names the type '${row.principal['@odata.type']}', which may or may not be a person.`
}
