import { renderMessage } from '../text/message.ts'
import type { NearMiss, NearMissObject, Verdict } from './check.ts'
import { guestKindTitles } from './rows/guest-kinds.ts'
import type { DeclaredKind, Settings } from './settings.ts'

/** More people than this are no emergency access: Microsoft advises two accounts. */
export const mostDeclaredAtOnce = 4

/** Under which kind what a policy leaves out is declared in one step. */
export const declaredAs = {
  user: 'emergencyAccount',
  group: 'group',
  guests: 'guestUserType',
  application: 'application',
} as const satisfies Record<NearMissObject['kind'], DeclaredKind>

/** The settings as though these were declared. */
export function withThese(settings: Settings, objects: NearMiss['undeclared']): Settings {
  const { exclusions, permanentRoleAssignmentAllowed: holders } = settings
  const of = (kind: NearMissObject['kind']): string[] => objects.filter((object) => object.kind === kind).map(({ id }) => id)
  return {
    ...settings,
    exclusions: {
      users: [...exclusions.users, ...of('user')],
      groups: [...exclusions.groups, ...of('group')],
      applications: [...exclusions.applications, ...of('application')],
      guestUserTypes: [...exclusions.guestUserTypes, ...of('guests')],
    },
    permanentRoleAssignmentAllowed: { ...holders, users: [...holders.users, ...of('user')] },
  }
}

/** The verdict with its near miss judged once more, with all that it names declared and nothing else changed. */
export function judgedDeclared(verdict: Verdict, settings: Settings, judge: (settings: Settings) => Verdict): Verdict {
  if ((verdict.verdict !== 'fail' && verdict.verdict !== 'warn') || !verdict.nearMiss) return verdict
  const { nearMiss } = verdict
  const passesOnceDeclared = nearMiss.undeclared.length > 0 && judge(withThese(settings, nearMiss.undeclared)).verdict === 'pass'
  return { ...verdict, nearMiss: { ...nearMiss, passesOnceDeclared } }
}

/** What the directory says of objects by kind and id (in lower case). */
export interface KnownObjects {
  readonly find: (kind: NearMissObject['kind'], id: string) => Pick<NearMissObject, 'name' | 'found'> | undefined
}

/** The verdict with names in place of the ids of what the nearest policy leaves out. */
export function namedNearMiss(verdict: Verdict, known: KnownObjects): Verdict {
  if ((verdict.verdict !== 'fail' && verdict.verdict !== 'warn') || !verdict.nearMiss) return verdict
  const undeclared = verdict.nearMiss.undeclared.map((object) => ({ ...object, ...known.find(object.kind, object.id.toLowerCase()) }))
  return { ...verdict, nearMiss: { ...verdict.nearMiss, undeclared } }
}

export type Declaring = { readonly isOffered: true } | { readonly isOffered: false; readonly because: string }

const refusals = {
  nothing: 'The policy leaves out nothing that could be declared.',
  policyFirst: 'The policy itself has to change first.',
  notEnough: 'To declare this alone would not make the check pass.',
  guestKinds: '{names}: whoever is invited belongs to it. Make a policy that covers them instead.',
  application: '{name} is an application, and everybody who signs in to it would go without the control. Make a policy that covers it.',
  notKnown: 'Who {name} is was not read, so that nobody can tell what would be let through.',
  gone: '{name} is no longer in the directory: take it out of the policy.',
  guest: '{name} is a guest. Emergency access accounts belong to the tenant.',
  groupUnread: 'Who is in the group {name} was not read, so that nobody can tell how many it lets through.',
  groupOthers:
    'The group {name} holds {count, plural, one {# guest, device or application} other {# guests, devices or applications}}, and emergency access is for people of the tenant.',
  groupEmpty: 'Nobody is in the group {name}: take it out of the policy.',
  people: 'It would let {count, plural, one {# person} other {# people}} go without the control; {most} at most are declared in one step.',
} as const

/**
 * Whether to declare all that is left out may be offered as one step: only where that alone makes the check pass, and where it is a few
 * people of the tenant. Whatever else is left out could as well be somebody's way in.
 */
export function declaringOf({ undeclared, reportOnly, switchedOff, narrowing, passesOnceDeclared }: NearMiss, locale = 'en'): Declaring {
  const no = (message: keyof typeof refusals, values: Parameters<typeof renderMessage>[1] = {}): Declaring => {
    return { isOffered: false, because: renderMessage(refusals[message], values, locale) }
  }
  if (undeclared.length === 0) return no('nothing')
  if (reportOnly || switchedOff || narrowing.length > 0) return no('policyFirst')
  if (passesOnceDeclared !== true) return no('notEnough')
  let people = 0
  for (const { kind, id, name, found } of undeclared) {
    if (kind === 'guests') return no('guestKinds', { names: kindTitle(id) })
    if (kind === 'application') return no('application', { name })
    if (!found) return no('notKnown', { name })
    switch (found.is) {
      case 'gone':
        return no('gone', { name })
      case 'guest':
        return no('guest', { name })
      case 'application':
        return no('application', { name })
      case 'member':
        people += 1
        break
      case 'group':
        if (found.people === null || found.others === null) return no('groupUnread', { name })
        if (found.others > 0) return no('groupOthers', { name, count: found.others })
        if (found.people === 0) return no('groupEmpty', { name })
        people += found.people
    }
  }
  return people > mostDeclaredAtOnce ? no('people', { count: people, most: mostDeclaredAtOnce }) : { isOffered: true }
}

/** What a person reads beside the name. */
export function detailOf({ kind, id, found }: NearMissObject, locale = 'en'): string {
  if (kind === 'guests') return kindTitle(id) === id ? '' : id
  if (!found) return ''
  switch (found.is) {
    case 'member':
      return found.userPrincipalName
    case 'guest':
      return found.userPrincipalName === '' ? 'Guest' : `Guest, ${found.userPrincipalName}`
    case 'gone':
      return 'No longer in the directory'
    case 'application':
      return ''
    case 'group':
      return found.people === null || found.others === null
        ? 'Its members were not read'
        : renderMessage(groupMessage, { people: found.people, others: found.others }, locale)
  }
}

const groupMessage =
  '{people, plural, =0 {Nobody} one {# person} other {# people}}{others, plural, =0 {} one {, and # guest, device or application} other {, and # guests, devices or applications}}'

export function kindTitle(id: string): string {
  return Object.entries(guestKindTitles).find(([kind]) => kind.toLowerCase() === id.toLowerCase())?.[1] ?? id
}
