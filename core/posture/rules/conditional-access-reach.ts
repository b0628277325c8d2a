import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import { deviceStates, meetsRule } from './conditional-access-device-filter.ts'
import { meet, no, noneOf, oneOf, region, yes } from './conditional-access-region.ts'
import type { Extent, Region } from './conditional-access-region.ts'

/** What is left out of one kind. */
export type ExcludedKind = 'user' | 'group' | 'guests' | 'application' | 'role'

/** A policy read as though some of it were otherwise: to say what keeps it from counting. */
export interface Loosened {
  /** Conditions by their names in `narrowedBy` that are taken away. */
  readonly conditions?: ReadonlySet<string>
  /** Nobody and nothing is left out. */
  readonly withoutExclusions?: true
  readonly everybody?: true
  readonly everything?: true
}

/** Applications of Office 365 by client id: Exchange Online, SharePoint Online, Teams. */
export const officeApplications = {
  exchange: '00000002-0000-0ff1-ce00-000000000000',
  sharePoint: '00000003-0000-0ff1-ce00-000000000000',
  teams: 'cc15fd57-2c6c-4117-a88c-83b1d56b4bbe',
} as const
const knownMembers: Readonly<Record<string, readonly string[]>> = { office365: Object.values(officeApplications) }

/** Conditions that say nothing certain about a person's sign-in: under them a policy is relied on for none. */
const opaque = ['servicePrincipalRiskLevels', 'clientApplications', 'applicationFilter']

const reaches = new WeakMap<PolicyCoverage, Map<string, readonly Region[]>>()

/** The sign-ins to which a policy certainly applies, for an action of people or, without one, for applications; worked out once. */
export function reachOf(policy: PolicyCoverage, action: string | undefined): readonly Region[] {
  const known = reaches.get(policy) ?? new Map<string, readonly Region[]>()
  reaches.set(policy, known)
  const regions = known.get(action ?? '') ?? loosenedReachOf(policy, action, {})
  known.set(action ?? '', regions)
  return regions
}

export function loosenedReachOf(policy: PolicyCoverage, action: string | undefined, loosened: Loosened): readonly Region[] {
  const { narrowedBy } = policy
  const isSet = (name: string): boolean => narrowedBy.includes(name) && loosened.conditions?.has(name) !== true
  if (!policy.people || narrowedBy.some((name) => isSet(name) && (opaque.includes(name) || !understood.has(name)))) return []
  return product([
    peopleOf(policy.people, loosened),
    targetsOf(policy, action, loosened, isSet),
    conditionsOf(policy, isSet),
    isSet('locations') ? placesOf(policy) : [new Map()],
    isSet('devices') ? devicesOf(policy) : [new Map()],
  ])
}

const understood: ReadonlySet<string> = new Set([
  ...['userRiskLevels', 'signInRiskLevels', 'insiderRiskLevels', 'platforms', 'locations', 'devices', 'authenticationFlows'],
  ...['clientAppTypes', 'userActions', 'authenticationContexts', ...opaque],
])

function product(choices: readonly (readonly Region[])[]): readonly Region[] {
  return choices.reduce<readonly Region[]>(
    (regions, options) =>
      regions.flatMap((left) =>
        options.flatMap((right) => {
          const both = meet(left, right)
          return both ? [both] : []
        }),
      ),
    [new Map()],
  )
}

function peopleOf(
  { all, included, excluded }: NonNullable<PolicyCoverage['people']>,
  { everybody, withoutExclusions }: Loosened,
): readonly Region[] {
  const left = (ids: readonly string[]): readonly string[] => (withoutExclusions === true ? [] : lower(ids))
  const outside: Record<string, Extent> = {
    ...person(noneOf, left(excluded.users)),
    ...(left(excluded.guests).length > 0 ? { guest: noneOf(left(excluded.guests)) } : {}),
    ...Object.fromEntries(left(excluded.groups).map((id) => [`group:${id}`, no])),
    ...Object.fromEntries(left(excluded.roles).map((id) => [`role:${id}`, no])),
  }
  if (all || everybody === true) return [region(outside)]
  const inside: readonly Region[] = [
    ...(included.users.length > 0 ? [region(person(oneOf, lower(included.users)))] : []),
    ...(included.guests.length > 0 ? [region({ guest: oneOf(lower(included.guests)) })] : []),
    ...lower(included.groups).map((id) => region({ [`group:${id}`]: yes })),
    ...lower(included.roles).map((id) => region({ [`role:${id}`]: yes })),
  ]
  return product([inside, [region(outside)]])
}

function person(extent: (ids: readonly string[]) => Extent, ids: readonly string[]): Record<string, Extent> {
  return ids.length > 0 ? { person: extent(ids) } : {}
}

function targetsOf(
  { allApplications, applications, excludedApplications, userActions, authenticationContexts }: PolicyCoverage,
  action: string | undefined,
  { withoutExclusions, everything }: Loosened,
  isSet: (name: string) => boolean,
): readonly Region[] {
  // Asked for by an application, a context is one more step: the plain sign-in does not take it.
  if (authenticationContexts.length > 0 && isSet('authenticationContexts')) return []
  if (action !== undefined) return everything === true || userActions.includes(action) ? [new Map()] : []
  if (userActions.length > 0 && isSet('userActions')) return []
  const left = withoutExclusions === true ? [] : lower(excludedApplications)
  const outside: Region = new Map([
    ...(left.length > 0 ? [['application', noneOf(withMembers(left))] as const] : []),
    ...left.filter(isApplicationGroup).map((name) => [`applications:${name}`, no] as const),
  ])
  if (allApplications || everything === true) return [outside]
  const ids = withMembers(lower(applications))
  const inside: readonly Region[] = [
    ...(ids.length > 0 ? [region({ application: oneOf(ids) })] : []),
    ...lower(applications)
      .filter(isApplicationGroup)
      .map((name) => region({ [`applications:${name}`]: yes })),
  ]
  return product([inside, [outside]])
}

/** Client ids are GUIDs; a name stands for applications that Microsoft chooses. */
export function isApplicationGroup(id: string): boolean {
  return !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)
}

/** Client ids, with those that a name certainly stands for. */
export function withMembers(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => (isApplicationGroup(name) ? (knownMembers[name] ?? []) : [name]))
}

function conditionsOf({ conditions }: PolicyCoverage, isSet: (name: string) => boolean): readonly Region[] {
  const { clientAppTypes, platforms, signInRiskLevels, userRiskLevels, insiderRiskLevels, flows } = conditions
  const parts: Record<string, Extent> = {}
  if (isSet('clientAppTypes') && !clientAppTypes.includes('all')) parts['client'] = oneOf(clientAppTypes)
  if (isSet('signInRiskLevels')) parts['signInRisk'] = oneOf(signInRiskLevels)
  if (isSet('userRiskLevels')) parts['userRisk'] = oneOf(userRiskLevels)
  if (isSet('insiderRiskLevels')) parts['insiderRisk'] = oneOf(partedByCommas(insiderRiskLevels ?? ''))
  if (isSet('authenticationFlows')) parts['flow'] = oneOf(flows)
  if (isSet('platforms') && platforms) parts['platform'] = platformsOf(platforms.includePlatforms, platforms.excludePlatforms)
  return [region(parts)]
}

function platformsOf(included: readonly string[], excluded: readonly string[]): Extent {
  if (excluded.includes('all')) return oneOf([])
  if (included.includes('all'))
    return excluded.every((platform) => knownPlatforms.has(platform)) ? noneOf(excluded) : oneOf(knownOnly(excluded))
  return oneOf(knownOnly(excluded, included))
}

/** Where Microsoft adds a platform that we do not know, leaving it out may leave out any device that we call unknown. */
function knownOnly(excluded: readonly string[], included: Iterable<string> = knownPlatforms): readonly string[] {
  return [...included].filter((platform) => knownPlatforms.has(platform) && !excluded.includes(platform))
}

export const knownPlatforms: ReadonlySet<string> = new Set(['android', 'iOS', 'windows', 'windowsPhone', 'macOS', 'linux'])

function placesOf({ conditions: { locations } }: PolicyCoverage): readonly Region[] {
  if (!locations) return [new Map()]
  const { includeLocations: included, excludeLocations: excluded } = locations
  if (excluded.includes('All')) return []
  const outside = region(Object.fromEntries(lower(excluded).map((id) => [`place:${id}`, no])))
  if (included.includes('All')) return [outside]
  return product([lower(included).map((id) => region({ [`place:${id}`]: yes })), [outside]])
}

function devicesOf({ conditions: { devices } }: PolicyCoverage): readonly Region[] {
  const filter = devices?.deviceFilter
  const mode = filter?.mode.toLowerCase()
  if (!filter || (mode !== 'include' && mode !== 'exclude')) return []
  const wanted = mode === 'include' ? 'yes' : 'no'
  const answers = Object.entries(deviceStates).map(([name, state]) => ({ name, answer: meetsRule(filter.rule, state) }))
  const among = (asked: string): readonly string[] => answers.flatMap(({ name, answer }) => (answer === asked ? [name] : []))
  return [
    region({ device: oneOf(among(wanted)) }),
    region({ device: oneOf(among('maybe')), [`devices:${filter.rule}`]: mode === 'include' ? yes : no }),
  ].filter((choice) => choice.get('device')?.values.size !== 0)
}

export function partedByCommas(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

export function lower(ids: readonly string[]): readonly string[] {
  return ids.map((id) => id.toLowerCase())
}
