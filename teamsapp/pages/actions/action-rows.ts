import type { ActionView, ScopesView } from '@countersign/core/api/actions.ts'

/** Words for what the catalogue says of an action, and the order and choice of its list. */
export const areaWords = {
  people: 'People',
  guests: 'Guests',
  roles: 'Directory roles',
  groups: 'Groups',
  applications: 'Applications',
  policies: 'Conditional Access',
  settings: 'Tenant settings',
} as const satisfies Record<ActionView['area'], string>

export const impactWords = { normal: 'Normal', high: 'High' } as const satisfies Record<ActionView['impact'], string>

export const licenceWords = {
  free: 'None needed',
  p1: 'Entra ID P1',
  p2: 'Entra ID P2',
} as const satisfies Record<ActionView['licence'], string>

export const roleScopeWords: Readonly<Record<string, string>> = {
  tenant: 'for the whole tenant',
  administrativeUnit: 'for an administrative unit',
  object: 'for single objects',
}

/** All permissions of an action, each once. */
export function scopesOf({ writeScopes, proofScopes }: Pick<ActionView, 'writeScopes' | 'proofScopes'>): readonly string[] {
  return [...new Set([...writeScopes, ...proofScopes])]
}

export function undoWords({ undo }: Pick<ActionView, 'undo'>): string {
  if (!undo.possible) return 'Cannot be undone'
  return undo.days === null ? 'Can be undone' : `${undo.days} ${undo.days === 1 ? 'day' : 'days'}`
}

/** What keeps an action that is switched on from being carried out. */
export function lacks(action: ActionView): boolean {
  return action.enabled && (action.missingScopes.length > 0 || !action.directoryRole.held)
}

export const actionColumns = [
  { id: 'title', title: 'Action', isNumber: false },
  { id: 'area', title: 'About', isNumber: false },
  { id: 'impact', title: 'Impact', isNumber: false },
  { id: 'needs', title: 'Needs', isNumber: false },
  { id: 'undo', title: 'Undo', isNumber: false },
  { id: 'licence', title: 'Licence', isNumber: false },
  { id: 'enabled', title: 'Switched', isNumber: false },
] as const
export type ActionColumn = (typeof actionColumns)[number]['id']

export interface ActionFilter {
  readonly words: string
  readonly impact: string
  readonly area: string
  /** all, on, off or lacking. */
  readonly state: string
}

export function matchingActions(actions: readonly ActionView[], { words, impact, area, state }: ActionFilter): ActionView[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return actions.filter((action) => {
    if (impact !== 'all' && action.impact !== impact) return false
    if (area !== 'all' && action.area !== area) return false
    if (state === 'on' && !action.enabled) return false
    if (state === 'off' && action.enabled) return false
    if (state === 'lacking' && !lacks(action)) return false
    const told = [
      action.title,
      action.why,
      action.id,
      areaWords[action.area],
      action.directoryRole.name,
      ...scopesOf(action),
      ...action.mends,
    ]
    const text = told.join(' ').toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

export function sortedActions(actions: readonly ActionView[], order: string, locale: string | undefined): ActionView[] {
  const { compare: byWords } = new Intl.Collator(locale)
  const sign = order.startsWith('-') ? -1 : 1
  const column = actionColumns.find(({ id }) => id === order.replace(/^-/, ''))?.id ?? 'title'
  return [...actions].sort((one, other) => sign * compare(one, other) || byWords(one.title, other.title))

  function compare(one: ActionView, other: ActionView): number {
    switch (column) {
      case 'title':
        return byWords(one.title, other.title)
      case 'area':
        return byWords(areaWords[one.area], areaWords[other.area])
      case 'impact':
        return one.approvals - other.approvals
      case 'needs':
        return byWords(one.directoryRole.name, other.directoryRole.name)
      case 'undo':
        return (one.undo.days ?? 0) - (other.undo.days ?? 0)
      case 'licence':
        return one.licence.localeCompare(other.licence)
      case 'enabled':
        return Number(other.enabled) - Number(one.enabled)
    }
  }
}

/** What switching an action changes in what the Aid needs, told before it is switched. */
export interface SwitchEffect {
  readonly scopes: readonly string[]
  /** Scopes of the action that are needed without it, too, so that nothing changes for them. */
  readonly shared: readonly string[]
  /** Name of the role, where no other action that is switched on needs it. */
  readonly role: string | null
}

/** `needs` tells what is needed whichever actions are switched on, such as for signing in; without it only actions are compared. */
export function switchEffect(action: ActionView, actions: readonly ActionView[], needs: ScopesView | undefined): SwitchEffect {
  const others = actions.filter(({ id, enabled }) => enabled && id !== action.id)
  const needed = new Set([...others.flatMap((other) => scopesOf(other)), ...neededAnyway(actions, needs)])
  const own = scopesOf(action)
  const isShared = others.some(({ directoryRole }) => directoryRole.name === action.directoryRole.name)
  return {
    scopes: own.filter((scope) => !needed.has(scope)),
    shared: own.filter((scope) => needed.has(scope)),
    role: isShared ? null : action.directoryRole.name,
  }
}

/** Permissions of the Aid with a reason that is no action's. */
function neededAnyway(actions: readonly ActionView[], needs: ScopesView | undefined): string[] {
  const ofActions = new Set(actions.flatMap(({ title }) => [title, `Before and after: ${title}`]))
  const act = needs?.planes.find(({ plane }) => plane === 'act')?.scopes ?? []
  return act.filter(({ kind, because }) => kind !== 'surplus' && because.some((reason) => !ofActions.has(reason))).map(({ scope }) => scope)
}
