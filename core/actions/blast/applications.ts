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

function linesOf(effect: ApplicationEffect, look: Lookup): readonly Line[] {
  const { application, how } = effect
  const { name } = application
  const own = losing.includes(how) && isOwn(application, look) ? [line('ownApplication', { name }, name)] : []
  const permissions = [...unseen(application, look), ...permissionLines(application, how, look)]
  if (usesOf(effect) === undefined) return [...own, ...permissions]
  return [
    ...own,
    ...permissions,
    useLine(application, look),
    ...(how === 'blocked' || how === 'deleted' ? assignedLines(application, look) : []),
  ]
}

/** Client id of the application whose users an effect may touch. */
export function usesOf(effect: Effect): string | undefined {
  if (effect.kind !== 'application' || effect.how === 'owner' || effect.how === 'allowed') return undefined
  return effect.application.qualifier
}

/** That nobody signed in is said only where the whole log was read. */
function useLine({ name, qualifier: appId }: ApplicationEffect['application'], { facts: { signIns } }: Lookup): Line {
  const known = signIns.get(appId.toLowerCase()) ?? { notKnown: 'notYet', detail: '' }
  if ('notKnown' in known) return line('signedInNotKnown', { name, why: known.notKnown, detail: known.detail })
  return line('signedInThrough', { name, count: known.people, all: known.isAll ? 'yes' : 'no' })
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
