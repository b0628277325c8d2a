import { defineDerived, factKey } from '../fact.ts'
import type { Derived, FactKey } from '../fact.ts'
import { pimGroupEligibility } from '../facts/pim-group-eligibility.ts'
import { roleAssignmentSchedules } from '../facts/role-assignment-schedules.ts'
import { roleAssignments } from '../facts/role-assignments.ts'
import { roleDefinitions } from '../facts/role-definitions.ts'
import { roleEligibility } from '../facts/role-eligibility.ts'
import { roleGroupMembers } from '../facts/role-group-members.ts'
import { nameOr } from '../rows/graph-values.ts'
import { holderType, roleKinds } from '../rows/role-hold.ts'
import type { HolderType, RoleHold } from '../rows/role-hold.ts'

/** Somebody or something with a directory role. Which roles count as privileged is the tenant's choice: rules/privileged.ts. */
export interface PrivilegedPrincipal {
  readonly id: string
  readonly type: HolderType
  readonly name: string
  readonly userPrincipalName: string
  readonly holds: readonly RoleHold[]
}

interface Named {
  readonly id: string
  readonly odataType: string | undefined
  readonly displayName: string | null
  readonly userPrincipalName: string | null
}

/** Groups that one hold is followed through. People nest a few; what goes on and on says nothing that anybody could look through. */
const deepest = 20

interface Way {
  readonly holder: Named
  readonly hold: RoleHold
  /** What names the holder, for a person. */
  readonly where: string
}

/** Every holder of a directory role: active or eligible, by itself, through groups, nested groups and eligibility for a group. */
export const privilegedPrincipals = defineDerived({
  id: 'privilegedPrincipals',
  title: 'Who holds a directory role, and in which ways',
  from: { roleDefinitions, roleAssignments, roleEligibility, roleAssignmentSchedules, roleGroupMembers, pimGroupEligibility },
  derive(facts): Derived<PrivilegedPrincipal> {
    const kinds = roleKinds(facts.roleDefinitions)
    const members = byParent(facts.roleGroupMembers)
    const eligibleMembers = byParent(facts.pimGroupEligibility)
    // The groups whose members were read, those without any among them.
    const withMembers = new Set([...facts.roleAssignments, ...facts.roleEligibility].map(({ principalId }) => principalId.toLowerCase()))
    const ends = endsOf(facts.roleAssignmentSchedules)
    const found = new Map<string, PrivilegedPrincipal & { readonly holds: RoleHold[] }>()
    const undecided: string[] = []

    for (const row of facts.roleAssignments)
      start(row, true, ends.get(holdKey(row)) ?? null, factKey('roleAssignments', row.id), `The role assignment ${row.id}`)
    for (const row of facts.roleEligibility)
      start(row, false, row.endDateTime, factKey('roleEligibility', row.id), `The role eligibility ${row.id}`)
    const [open] = undecided.sort()
    if (open !== undefined) return { undecided: open }
    return { rows: [...found.values()].sort((left, right) => (left.id.toLowerCase() < right.id.toLowerCase() ? -1 : 1)) }

    function start(
      row: (typeof facts.roleAssignments)[number],
      isActive: boolean,
      until: string | null,
      key: FactKey,
      where: string,
    ): void {
      const kind = kinds.get(row.roleDefinitionId.toLowerCase())
      if (!kind) {
        undecided.push(`${where} names the role ${row.roleDefinitionId}, which is not among the roles of the tenant.`)
        return
      }
      const { principal } = row
      const holder: Named = {
        id: row.principalId,
        odataType: principal?.['@odata.type'],
        displayName: principal?.displayName ?? null,
        userPrincipalName: principal?.userPrincipalName ?? null,
      }
      follow(holder, { ...kind, isActive, until, scope: row.directoryScopeId, via: [], basis: [key] }, where)
    }

    function follow(first: Named, given: RoleHold, from: string): void {
      const visited = new Set<string>()
      // The list grows while it is walked, nearest first; no call nests in another, however deep the groups do.
      const open: Way[] = [{ holder: first, hold: given, where: from }]
      for (const { holder, hold, where } of open) {
        const type = holder.odataType === undefined ? undefined : holderType(holder.odataType)
        if (type === undefined) undecided.push(`${where} names ${holder.id}, and its type is ${holder.odataType ?? 'not known'}.`)
        if (type === undefined || type === 'neither') continue
        note(holder, type, hold)
        const id = holder.id.toLowerCase()
        // Once for each hold: groups may lead back to themselves, and the ways between them are too many to follow each.
        if (type !== 'group' || visited.has(id)) continue
        visited.add(id)
        if (hold.via.length < deepest) for (const way of expand(id, { ...hold, via: [...hold.via, id] })) open.push(way)
        else undecided.push(`${where} leads through more than ${deepest} groups, one in another, which is further than they are followed.`)
      }
    }

    /** Notes the members, of whom the list is transitive: groups inside a group are named in it, and so is everybody inside them. */
    function expand(group: string, hold: RoleHold): readonly Way[] {
      for (const member of members.get(group) ?? []) {
        const basis = [...hold.basis, factKey('roleGroupMembers', `${member.parentId}/${member.id}`)]
        const odataType = member['@odata.type']
        const type = holderType(odataType)
        if (type === undefined) undecided.push(`The group ${group} has the member ${member.id}, and its type is ${odataType}.`)
        else if (type !== 'neither') note({ ...member, odataType }, type, { ...hold, basis })
      }
      return (eligibleMembers.get(group) ?? []).map((row) => {
        const { principal } = row
        const odataType = principal?.['@odata.type']
        const inside = row.principalId.toLowerCase()
        if (odataType !== undefined && holderType(odataType) === 'group' && !withMembers.has(inside)) {
          undecided.push(`The group ${inside} may become a member of the group ${group}, and its own members were not read.`)
        }
        const basis = [...hold.basis, factKey('pimGroupEligibility', row.id)]
        return {
          holder: {
            id: row.principalId,
            odataType,
            displayName: principal?.displayName ?? null,
            userPrincipalName: principal?.userPrincipalName ?? null,
          },
          hold: { ...hold, isActive: false, until: earlier(hold.until, row.endDateTime), basis },
          where: `The eligibility ${row.id} for the group ${group}`,
        }
      })
    }

    function note({ id, displayName, userPrincipalName }: Named, type: HolderType, hold: RoleHold): void {
      const key = id.toLowerCase()
      const before = found.get(key)
      const name = nameOr(displayName, id)
      found.set(key, {
        id: before?.id ?? id,
        type,
        name: before && before.name !== before.id ? before.name : name,
        userPrincipalName: before?.userPrincipalName || (userPrincipalName ?? ''),
        holds: before?.holds ?? [],
      })
      found.get(key)?.holds.push(hold)
    }
  },
})

function byParent<Row extends { readonly parentId: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.parentId.toLowerCase())
    if (group) group.push(row)
    else groups.set(row.parentId.toLowerCase(), [row])
  }
  return groups
}

interface Hold {
  readonly principalId: string
  readonly roleDefinitionId: string
  readonly directoryScopeId: string | null
}

function holdKey({ principalId, roleDefinitionId, directoryScopeId }: Hold): string {
  return `${principalId}|${roleDefinitionId}|${directoryScopeId ?? '/'}`.toLowerCase()
}

/** The latest end of each active assignment; null where one of its schedules has none. */
function endsOf(schedules: readonly (Hold & { readonly endDateTime: string | null })[]): ReadonlyMap<string, string | null> {
  const ends = new Map<string, string | null>()
  for (const schedule of schedules) {
    const key = holdKey(schedule)
    const before = ends.get(key)
    ends.set(key, before === undefined ? schedule.endDateTime : later(before, schedule.endDateTime))
  }
  return ends
}

/** null never ends. */
function earlier(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return left ?? right
  return Date.parse(left) <= Date.parse(right) ? left : right
}

function later(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return null
  return Date.parse(left) >= Date.parse(right) ? left : right
}
