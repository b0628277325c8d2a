import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import type { Settings } from '../settings.ts'
import { unmanagedDevices } from './conditional-access-device-filter.ts'
import { isApplicationGroup, knownPlatforms, lower, withMembers } from './conditional-access-reach.ts'
import { no, noneOf, oneOf, region, yes } from './conditional-access-region.ts'
import type { Extent, Region } from './conditional-access-region.ts'

/** The sign-ins that a check is about. What is not given is not narrowed: everybody, every application, from everywhere. */
export interface Matter {
  /** Template ids of roles: whoever holds one of them. */
  readonly roles?: readonly string[]
  /** Beside the holders of roles, these people and whoever is in one of these groups. */
  readonly also?: { readonly users: readonly string[]; readonly groups: readonly string[] }
  /** Whoever is one of these kinds of guests. */
  readonly guests?: readonly string[]
  /** A user action in place of applications. */
  readonly action?: string
  /** Client ids, and names of groups of applications. */
  readonly applications?: readonly string[]
  readonly clients?: readonly string[]
  readonly platforms?: readonly string[] | 'unknown'
  readonly signInRisks?: readonly string[]
  readonly userRisks?: readonly string[]
  readonly insiderRisks?: readonly string[]
  readonly flows?: readonly string[]
  /** Devices that are neither compliant nor hybrid joined. */
  readonly devices?: 'unmanaged'
  /** Places in no named location, or places that are not trusted. */
  readonly places?: 'unnamed' | 'untrusted'
}

/** The matter as regions, beside the policies whose locations it may have to name. */
export function regionsOf(matter: Matter, policies: readonly PolicyCoverage[]): readonly Region[] {
  const parts: Record<string, Extent> = {}
  const listed: Readonly<Record<string, readonly string[] | undefined>> = {
    client: matter.clients,
    signInRisk: matter.signInRisks,
    userRisk: matter.userRisks,
    insiderRisk: matter.insiderRisks,
    flow: matter.flows,
    guest: matter.guests && lower(matter.guests),
    device: matter.devices && unmanagedDevices,
  }
  for (const [name, values] of Object.entries(listed)) if (values) parts[name] = oneOf(values)
  if (matter.platforms) parts['platform'] = matter.platforms === 'unknown' ? noneOf(knownPlatforms) : oneOf(matter.platforms)
  // A place that holds half the world is nobody's place: whoever is there is as foreign as elsewhere.
  const isChosen = (place: string): boolean => policies[0]?.known.wide.has(place) !== true
  const places = matter.places === 'unnamed' ? placesIn(policies) : ['alltrusted']
  if (matter.places) for (const place of places.filter(isChosen)) parts[`place:${place}`] = no
  const targets: readonly Record<string, Extent>[] = matter.applications
    ? matter.applications.map((id) =>
        isApplicationGroup(id) ? { [`applications:${id.toLowerCase()}`]: yes } : { application: oneOf([id.toLowerCase()]) },
      )
    : [{}]
  const people: readonly Record<string, Extent>[] = matter.roles
    ? [
        ...lower(matter.roles).map((id) => ({ [`role:${id}`]: yes })),
        ...(matter.also && matter.also.users.length > 0 ? [{ person: oneOf(lower(matter.also.users)) }] : []),
        ...lower(matter.also?.groups ?? []).map((id) => ({ [`group:${id}`]: yes })),
      ]
    : [{}]
  return people.flatMap((who) => targets.map((what) => region({ ...parts, ...who, ...what })))
}

function placesIn(policies: readonly PolicyCoverage[]): readonly string[] {
  const named = policies.flatMap(({ conditions: { locations } }) =>
    locations ? [...locations.includeLocations, ...locations.excludeLocations] : [],
  )
  return ['alltrusted', ...lower(named).filter((id) => id !== 'all')]
}

/** Sign-ins that there cannot be, by what is known beside the policies: they need no policy either. */
export function impossibleRegions({ known: { impossible, holders } }: PolicyCoverage, { roles = [] }: Matter): readonly Region[] {
  const meant = lower(roles)
  return [...impossible, ...[...holders].flatMap(([role, nobody]) => (meant.includes(role) ? [] : [nobody]))]
}

/** What is declared: sign-ins that need no policy. */
export function declaredRegions({ users, groups, applications, guestUserTypes }: Settings['exclusions']): readonly Region[] {
  const ids = withMembers(lower(applications))
  return [
    ...(users.length > 0 ? [region({ person: oneOf(lower(users)) })] : []),
    ...(guestUserTypes.length > 0 ? [region({ guest: oneOf(lower(guestUserTypes)) })] : []),
    ...(ids.length > 0 ? [region({ application: oneOf(ids) })] : []),
    ...lower(groups).map((id) => region({ [`group:${id}`]: yes })),
    ...lower(applications)
      .filter(isApplicationGroup)
      .map((name) => region({ [`applications:${name}`]: yes })),
  ]
}
