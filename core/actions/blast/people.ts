import { globalAdministrators } from '../../posture/derived/global-administrators.ts'
import { privilegedPrincipals, type PrivilegedPrincipal } from '../../posture/derived/privileged-principals.ts'
import { globalAdministrator } from '../../posture/rows/role-holding.ts'
import { sameId } from '../../posture/rows/graph-values.ts'
import { isEmergencyAccount } from '../../posture/rules/people.ts'
import { privilegedHolds, roleNames } from '../../posture/rules/privileged.ts'
import { after } from './after.ts'
import type { Effect } from './effects.ts'
import { isRows, rowsOf, type FactRows, type Lookup } from './facts.ts'
import { line, type Line } from './line.ts'

type PersonEffect = Extract<Effect, { kind: 'signIn' | 'role' | 'member' }>

/** What people lose in roles, and who is left to hold them: the roles are derived again from the facts as they would be. */
export function peopleLines(effects: readonly Effect[], look: Lookup): readonly Line[] {
  const own = effects.filter((effect): effect is PersonEffect => ['signIn', 'role', 'member'].includes(effect.kind))
  if (own.length === 0) return []
  // Asked in any case: who cannot be seen to be able to sign in does not count, and that is said.
  look.rows('users')
  return [...administratorLines(own, look), ...roleLines(own, look), ...own.flatMap((effect) => accountLines(effect, look))]
}

interface Administrator {
  readonly id: string
  readonly name: string
}

function administratorLines(effects: readonly PersonEffect[], look: Lookup): readonly Line[] {
  const rows = withSubjects(look.facts.rows, effects)
  const changed = after(rows, effects, look.facts.asOf)
  const before = activeAdministrators(look, rows)
  const left = activeAdministrators(look, changed)
  if (!before || !left) return []
  const lost = before.filter(({ id }) => !left.some((other) => other.id === id))
  if (lost.length === 0) return []
  if (left.length === 1) return left.map(({ name }) => line('oneGlobalAdministratorLeft', { left: name }))
  if (left.length > 1) return []
  const eligible = (look.derived(globalAdministrators, changed) ?? []).filter(({ id, active }) => !active && isEnabled(changed, id)).length
  return lost.map(({ name }) => line('lastGlobalAdministrator', { name, eligible }, name))
}

/** Until Graph says otherwise, the plan's own people can sign in: a plan would have been refused for those who cannot. */
function withSubjects(rows: FactRows, effects: readonly PersonEffect[]): FactRows {
  const users = rowsOf(rows, 'users')
  const known = isRows(users) ? users : []
  const unseen = effects.flatMap((effect) => {
    const subject = effect.kind === 'role' ? effect.holder : effect.user
    if (subject.type !== 'user' || known.some(({ id }) => sameId(id, subject.id))) return []
    return [{ ...blankUser, id: subject.id, displayName: subject.name, userPrincipalName: subject.qualifier }]
  })
  return { ...rows, users: [...known, ...unseen] }
}

const blankUser = {
  userType: null,
  accountEnabled: true,
  createdDateTime: null,
  externalUserState: null,
  externalUserStateChangeDateTime: null,
  onPremisesSyncEnabled: null,
  onPremisesImmutableId: null,
  passwordPolicies: null,
  assignedLicenses: [],
}

/** Who is Global Administrator now and can sign in; somebody whose account was not read does not count. Undefined where roles were not read. */
export function activeAdministrators(look: Lookup, rows: FactRows = look.facts.rows): readonly Administrator[] | undefined {
  const principals = look.derived(privilegedPrincipals, rows)
  const holders = principals
    ? principals.filter(
        (each) => each.type === 'user' && each.holds.some((hold) => hold.roleId === globalAdministrator && isHeld(hold, look)),
      )
    : look.derived(globalAdministrators, rows)?.filter(({ active }) => active)
  return holders
    ?.filter(({ id }) => isEnabled(rows, id))
    .map(({ id, name, userPrincipalName }) => ({ id: id.toLowerCase(), name: userPrincipalName || name }))
}

function isHeld({ isActive, until }: PrivilegedPrincipal['holds'][number], { facts }: Lookup): boolean {
  return isActive && (until === null || Date.parse(until) > facts.now)
}

function isEnabled(rows: FactRows, id: string): boolean {
  const users = rowsOf(rows, 'users')
  return isRows(users) && users.some((user) => sameId(user.id, id) && user.accountEnabled)
}

function roleLines(effects: readonly PersonEffect[], look: Lookup): readonly Line[] {
  const rows = withSubjects(look.facts.rows, effects)
  const changed = after(rows, effects, look.facts.asOf)
  const before = look.derived(privilegedPrincipals, rows)
  const later = look.derived(privilegedPrincipals, changed)
  if (!before || !later) return []
  look.rows('users')
  const { settings } = look.facts
  const heldBefore = heldRoles(before, rows, look)
  const heldLater = heldRoles(later, changed, look)
  const orphaned = [...heldBefore].filter(([id]) => id !== globalAdministrator && !heldLater.has(id)).map(([, name]) => name)
  return [
    ...(orphaned.length > 0 ? [line('onlyHolder', { roles: orphaned.sort().join(', ') })] : []),
    ...effects.flatMap((effect) => {
      if (effect.kind === 'role') return []
      const holds = privilegedHolds({ ...nobody, holds: before.find(({ id }) => sameId(id, effect.user.id))?.holds ?? [] }, settings)
      const brought = effect.kind === 'member' ? holds.filter(({ via }) => via.some((id) => sameId(id, effect.groupId))) : holds
      if (brought.length === 0) return []
      const values = { name: effect.user.qualifier, roles: roleNames(brought) }
      return [effect.kind === 'member' ? line('groupHoldsRole', { ...values, group: effect.groupName }) : line('holdsRoles', values)]
    }),
  ]
}

const nobody = { id: '', type: 'user', name: '', userPrincipalName: '' } as const

/** Privileged roles that somebody holds now who can sign in; applications do. */
function heldRoles(principals: readonly PrivilegedPrincipal[], rows: FactRows, look: Lookup): ReadonlyMap<string, string> {
  const roles = new Map<string, string>()
  for (const principal of principals) {
    if (principal.type === 'group' || (principal.type === 'user' && !isEnabled(rows, principal.id))) continue
    for (const hold of privilegedHolds(principal, look.facts.settings)) if (isHeld(hold, look)) roles.set(hold.roleId, hold.roleName)
  }
  return roles
}

function accountLines(effect: PersonEffect, look: Lookup): readonly Line[] {
  const subject = effect.kind === 'role' ? effect.holder : effect.user
  if (subject.type !== 'user') return []
  const { settings } = look.facts
  const name = subject.qualifier
  const lines: Line[] = []
  if (effect.kind !== 'member' && isEmergencyAccount(subject.id, settings))
    lines.push(line('emergencyAccount', { name, how: effect.kind }, name))
  if (effect.kind === 'member' && settings.exclusions.groups.some((id) => sameId(id, effect.groupId)))
    lines.push(line('emergencyGroup', { name, group: effect.groupName }, name))
  const users = look.rows('users')
  const row = users?.find(({ id }) => sameId(id, subject.id))
  if (users && !row) lines.push(line('notFound', { name }))
  if (row?.onPremisesSyncEnabled && effect.kind === 'signIn') lines.push(line('synced', { name }))
  if (row && row.assignedLicenses.length > 0 && effect.kind === 'signIn' && effect.how === 'blocked')
    lines.push(line('hasLicences', { name, count: row.assignedLicenses.length }))
  return lines
}
