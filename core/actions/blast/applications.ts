import { effectivePermissions } from '../../posture/derived/effective-permissions.ts'
import { sameId } from '../../posture/rows/graph-values.ts'
import { ownRegistration } from '../../posture/rules/own-identity.ts'
import type { FactRow } from '../../posture/facts.ts'
import type { ApplicationChange, Effect } from './effects.ts'
import type { Lookup } from './facts.ts'
import { line, listed, type Line } from './line.ts'

type ApplicationEffect = Extract<Effect, { kind: 'application' }>

/** Names of Countersign’s registrations: what they are known by while nobody has noted their ids. Whoever else uses them is asked once more. */
const ownNames = ['Countersign Read', 'Countersign Act', 'Countersign Chat']
/** After these it does less than before, or nothing. */
const losing: readonly ApplicationChange[] = ['blocked', 'deleted', 'permission', 'credential']

/** Who uses an application, what it may do, and whether Countersign itself is it. */
export function applicationLines(effects: readonly Effect[], look: Lookup): readonly Line[] {
  return effects.flatMap((effect) => (effect.kind === 'application' ? linesOf(effect, look) : []))
}

function linesOf({ application, how }: ApplicationEffect, look: Lookup): readonly Line[] {
  const { name } = application
  const own = losing.includes(how) && isOwn(application, look) ? [line('ownApplication', { name }, name)] : []
  const permissions = [...unseen(application, look), ...permissionLines(application, how, look)]
  if (how === 'owner' || how === 'allowed') return [...own, ...permissions]
  const count = look.count('signedInPeople')
  const use = count === undefined ? [] : [line('signedInThrough', { name, count })]
  return [...own, ...permissions, ...use, ...(how === 'blocked' || how === 'deleted' ? assignedLines(application, look) : [])]
}

function isOwn({ name, qualifier: appId }: ApplicationEffect['application'], { facts }: Lookup): boolean {
  const { own } = facts.settings
  return own ? ownRegistration(own, appId) !== undefined : ownNames.includes(name)
}

/** An application that came after the scan may do things of which the scan knows nothing. */
function unseen({ type, id, name }: ApplicationEffect['application'], look: Lookup): readonly Line[] {
  const known = look.rows(type === 'application' ? 'applications' : 'servicePrincipals')
  return known && !known.some((row) => sameId(row.id, id)) ? [line('notFound', { name })] : []
}

function permissionLines({ name, qualifier }: ApplicationEffect['application'], how: ApplicationChange, look: Lookup): readonly Line[] {
  const all = look.derived(effectivePermissions)?.filter(({ appId }) => sameId(appId, qualifier))
  if (!all || all.length === 0) return []
  const [control, others] = [all.filter(({ tier }) => tier === 'control'), all.filter(({ tier }) => tier !== 'control')]
  const say = (reason: 'controlPlanePermissions' | 'permissions', permissions: typeof all): readonly Line[] =>
    permissions.length === 0
      ? []
      : [
          line(reason, {
            name,
            how,
            ...listed(
              'permissions',
              permissions.map(({ value }) => value),
            ),
          }),
        ]
  return [...say('controlPlanePermissions', control), ...say('permissions', others)]
}

function assignedLines({ name, qualifier }: ApplicationEffect['application'], look: Lookup): readonly Line[] {
  const principals = look.rows('servicePrincipals')
  if (!principals) return []
  const principal = principals.find(({ appId }) => sameId(appId, qualifier))
  if (!principal) return [line('notFound', { name })]
  if (!offersApplicationRoles(principal)) return [line('assignedNotRead', { name })]
  const users = look.count('assignedPeople')
  const groups = look.count('assignedGroups')
  return users === undefined || groups === undefined ? [] : [line('assigned', { name, users, groups })]
}

/** Of which applications the fact appRoleAssignments is read. */
function offersApplicationRoles({ appRoles }: FactRow<'servicePrincipals'>): boolean {
  return appRoles === undefined || appRoles.some(({ allowedMemberTypes }) => allowedMemberTypes.includes('Application'))
}
