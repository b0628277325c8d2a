import { effectivePermissions } from '../../posture/derived/effective-permissions.ts'
import { nameOr, sameId } from '../../posture/rows/graph-values.ts'
import { principalType } from '../../posture/rows/role-holding.ts'
import type { Owner } from '../../posture/rows/owner.ts'
import { after } from './after.ts'
import type { Effect } from './effects.ts'
import { isRows, rowsOf, type FactRows, type Lookup } from './facts.ts'
import { line, listed, type Line } from './line.ts'

interface Owned {
  readonly id: string
  readonly appId: string
  readonly name: string
  readonly owners: readonly Owner[]
}

/** Applications that somebody owns who would no longer sign in: who looks after them then, and what they may do. */
export function ownerLines(effects: readonly Effect[], look: Lookup): readonly Line[] {
  const stopped = effects.flatMap((effect) => (effect.kind === 'signIn' && effect.how !== 'hindered' ? [effect] : []))
  if (stopped.length === 0) return []
  const owned = ownedApplications(look)
  if (!owned) return []
  const changed = after(look.facts.rows, stopped, look.facts.asOf)
  return stopped.flatMap(({ user }): readonly Line[] => {
    const own = owned.filter(({ owners }) => owners.some(({ id }) => sameId(id, user.id)))
    if (own.length === 0) return []
    const name = user.qualifier
    const control = controlPlaneOf(own, look)
    const orphaned = own.filter(({ owners }) => !owners.some((owner) => canAct(owner, changed)))
    const names = (applications: readonly Owned[]) =>
      listed(
        'applications',
        applications.map((application) => application.name),
      )
    return [
      ...(control.length > 0 ? [line('controlPlaneApplications', { name, ...names(control) })] : []),
      ...(orphaned.length > 0 ? [line('applicationsWithoutOwner', { count: orphaned.length, ...names(orphaned) })] : []),
      line('ownsApplications', { name, count: own.length, ...names(own) }),
    ]
  })
}

/** Registrations, and enterprise applications that have no registration here; with one, its owners and theirs together. */
function ownedApplications(look: Lookup): readonly Owned[] | undefined {
  const registrationOwners = look.rows('applicationOwners')
  const principalOwners = look.rows('servicePrincipalOwners')
  const registrations = look.rows('applications')
  const principals = look.rows('servicePrincipals')
  if (!registrationOwners || !principalOwners || !registrations || !principals) return undefined
  const found = new Map<string, Owned>()
  for (const [list, objects] of [
    [registrationOwners, registrations],
    [principalOwners, principals],
  ] as const) {
    for (const { id, owners } of list) {
      const object = objects.find((each) => sameId(each.id, id))
      const key = (object?.appId ?? id).toLowerCase()
      const before = found.get(key)
      const name = nameOr(object?.displayName ?? null, object?.appId ?? id)
      found.set(key, { id, appId: key, name: before?.name ?? name, owners: [...(before?.owners ?? []), ...owners] })
    }
  }
  return [...found.values()]
}

/** An application as owner goes on acting; a person must be there and able to sign in. */
function canAct(owner: Owner, rows: FactRows): boolean {
  if (principalType(owner['@odata.type']) === 'servicePrincipal') return true
  const users = rowsOf(rows, 'users')
  return isRows(users) && users.some(({ id, accountEnabled }) => sameId(id, owner.id) && accountEnabled)
}

function controlPlaneOf(own: readonly Owned[], look: Lookup): readonly Owned[] {
  const permissions = look.derived(effectivePermissions) ?? []
  const powerful = permissions.filter(({ tier, kind }) => tier === 'control' && kind === 'application')
  return own.filter(({ appId }) => powerful.some((permission) => sameId(permission.appId, appId)))
}
