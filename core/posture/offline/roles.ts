import { expandLimit } from '../fact.ts'
import { roleAssignments } from '../facts/role-assignments.ts'
import { roleEligibility } from '../facts/role-eligibility.ts'
import { parseRows } from '../parse.ts'
import { unread } from '../reading.ts'
import type { FactReading, Readings } from '../reading.ts'
import { globalAdministrator, principalType } from '../rows/role-holding.ts'
import { firstRead, isRecord, listsAt } from './answers.ts'
import type { Answers, RowsOrUnread } from './answers.ts'
import { principalsOf, withPrincipal, withType } from './principals.ts'
import type { Principals } from './principals.ts'

/** What the readings are for: answers about Global Administrators alone say nothing of other roles. */
export type RolesAskedFor = 'globalAdministrators' | 'all'

/** Readings of roles and of the groups that hold them, from whichever of Graph's answers the file holds. */
export function roleReadings(answers: Answers, asOf: string, asked: RolesAskedFor): Readings {
  const principals = principalsOf(answers)
  const accepts = asked === 'all' ? () => false : onlyGlobalAdministrators
  const active = reading(
    firstRead(roleAssignments.source.path, [
      ...listsAt(answers, roleAssignments.source.path, accepts),
      ...(asked === 'all' ? [] : directoryRoleLists(answers)),
    ]),
    principals,
    asOf,
  )
  const eligible = reading(firstRead(roleEligibility.source.path, listsAt(answers, roleEligibility.source.path, accepts)), principals, asOf)
  const groups = new Set([...groupsIn('roleAssignments', active, asked), ...groupsIn('roleEligibility', eligible, asked)])
  return {
    roleAssignments: active,
    roleEligibility: eligible,
    roleGroupMembers: memberReading(answers, [...groups].sort(), principals, asOf, asked),
  }
}

/** A list of role holdings that is filtered by Global Administrator is whole for whoever counts those. */
function onlyGlobalAdministrators(filter: string): boolean {
  return new RegExp(`^roleDefinitionId\\s+eq\\s+'${globalAdministrator}'$`, 'i').test(filter)
}

function reading(list: RowsOrUnread, principals: Principals, asOf: string): FactReading {
  return list.state === 'read' ? { state: 'read', asOf, rows: list.rows.map((row) => withPrincipal(row, principals)) } : list
}

/** Active Global Administrators as the older directoryRoles answers give them. */
function directoryRoleLists(answers: Answers): readonly RowsOrUnread[] {
  const listing = firstRead('/directoryRoles', listsAt(answers, '/directoryRoles'))
  const roles = (listing.state === 'read' ? listing.rows : [])
    .filter(isRecord)
    .filter(({ roleTemplateId }) => typeof roleTemplateId === 'string' && roleTemplateId.toLowerCase() === globalAdministrator)
  const ids = roles.flatMap(({ id }) => (typeof id === 'string' ? [id.toLowerCase()] : []))
  const spellings = [...ids, globalAdministrator, `roletemplateid=${globalAdministrator}`].map((id) => `/directoryroles/${id}/members`)
  const byPath = [...spellings, `/directoryroles(roletemplateid='${globalAdministrator}')/members`].flatMap((path) =>
    listsAt(answers, path).map(asHoldings),
  )
  return [...byPath, ...roles.flatMap((role) => expandedMembers(role))]
}

function expandedMembers(role: Readonly<Record<string, unknown>>): readonly RowsOrUnread[] {
  const { members } = role
  if (!Array.isArray(members)) return []
  if (members.length >= expandLimit || 'members@odata.nextLink' in role)
    return [
      unread(
        'graph',
        `The expanded members of Global Administrator may be cut off at ${expandLimit}; give /directoryRoles/{id}/members instead.`,
      ),
    ]
  return [asHoldings({ state: 'read', rows: members })]
}

function asHoldings(list: RowsOrUnread): RowsOrUnread {
  if (list.state === 'unread') return list
  return {
    state: 'read',
    rows: list.rows.map((member) =>
      isRecord(member)
        ? { id: `directoryRole/${String(member['id'])}`, principalId: member['id'], roleDefinitionId: globalAdministrator }
        : member,
    ),
  }
}

/** Ids of the groups among the holders of the roles asked for. */
function groupsIn(factId: 'roleAssignments' | 'roleEligibility', holdings: FactReading, asked: RolesAskedFor): readonly string[] {
  if (holdings.state === 'unread' || !holdings.rows) return []
  const parsed = parseRows(factId === 'roleAssignments' ? roleAssignments : roleEligibility, holdings.rows)
  if (!parsed.ok) return []
  return parsed.rows
    .filter(
      ({ roleDefinitionId, principal }) =>
        (asked === 'all' || roleDefinitionId.toLowerCase() === globalAdministrator) &&
        principal !== null &&
        principalType(principal['@odata.type']) === 'group',
    )
    .map(({ principalId }) => principalId.toLowerCase())
}

function memberReading(
  answers: Answers,
  groups: readonly string[],
  principals: Principals,
  asOf: string,
  asked: RolesAskedFor,
): FactReading {
  const rows: unknown[] = []
  for (const group of groups) {
    const members = membersOf(answers, group, principals, asked)
    if (members.state === 'unread') return members
    for (const member of members.rows) rows.push(isRecord(member) ? { ...member, parentId: group } : member)
  }
  return { state: 'read', asOf, rows }
}

/** Everybody in a group. Without the transitive list, the direct lists of the group and of each group inside it, however deep. */
function membersOf(answers: Answers, group: string, principals: Principals, asked: RolesAskedFor): RowsOrUnread {
  const rows: unknown[] = []
  // Grows while it is walked; a set holds each group once, so that groups may lead back to themselves.
  const open = new Set([group])
  for (const each of open) {
    const list = listedIn(answers, each, asked)
    if (list.state === 'unread') return list
    for (const listed of list.rows) {
      const row = withType(listed, principals)
      rows.push(row)
      if (!list.isTransitive) for (const nested of groupId(row)) open.add(nested)
    }
  }
  return { state: 'read', rows }
}

type Listed =
  | Exclude<RowsOrUnread, { readonly state: 'read' }>
  | { readonly state: 'read'; readonly rows: readonly unknown[]; readonly isTransitive: boolean }

function listedIn(answers: Answers, group: string, asked: RolesAskedFor): Listed {
  const path = `/groups/${group}/transitivemembers`
  // Administrators are people; other checks look at groups and applications too.
  const paths = asked === 'all' ? [path] : [path, `${path}/microsoft.graph.user`]
  const transitive = paths.flatMap((each) => listsAt(answers, each))
  const whole = transitive.find(({ state }) => state === 'read')
  if (whole?.state === 'read') return { ...whole, isTransitive: true }
  const direct = firstRead(`/groups/${group}/transitiveMembers`, [...listsAt(answers, `/groups/${group}/members`), ...transitive])
  return direct.state === 'read' ? { ...direct, isTransitive: false } : direct
}

function groupId(row: unknown): readonly string[] {
  if (!isRecord(row) || typeof row['id'] !== 'string' || typeof row['@odata.type'] !== 'string') return []
  return principalType(row['@odata.type']) === 'group' ? [row['id'].toLowerCase()] : []
}
