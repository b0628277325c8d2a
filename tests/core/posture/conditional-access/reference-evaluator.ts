import type { Guests, RawPolicy } from './raw-policy.ts'
import type { Application, Device, Person, Place, Tenant } from './reference-tenant.ts'

/**
 * Which policies apply to a sign-in, after Microsoft's description and without a line of the product:
 * https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-policies
 */
export interface SignIn {
  readonly person: Person
  /** An application, or a user action in its place. */
  readonly target: Application | string
  readonly client: string
  readonly platform: string
  readonly place: Place
  readonly device: Device
  readonly signInRisk: string
  readonly userRisk: string
  readonly insiderRisk: string
  readonly flow: string
}

const parts: { readonly [Part in keyof SignIn]: (policy: RawPolicy, value: SignIn[Part]) => boolean } = {
  person: appliesToPerson,
  target: appliesToTarget,
  client: ({ conditions }, client) => conditions.clientAppTypes.includes('all') || conditions.clientAppTypes.includes(client),
  platform({ conditions: { platforms } }, platform) {
    if (!platforms) return true
    if (platforms.excludePlatforms.some((name) => name === 'all' || name === platform)) return false
    return platforms.includePlatforms.some((name) => name === 'all' || name === platform)
  },
  place({ conditions: { locations } }, { named, trusted }) {
    const holds = (name: string): boolean => name === 'All' || (name === 'AllTrusted' ? trusted : named.has(name))
    return !locations || (locations.includeLocations.some(holds) && !locations.excludeLocations.some(holds))
  },
  device({ conditions: { devices } }, device) {
    if (!devices) return true
    const meets = deviceRules[devices.deviceFilter.rule]
    if (!meets) throw new Error(`The reference evaluator does not know the rule ${devices.deviceFilter.rule}.`)
    return meets(device) === (devices.deviceFilter.mode === 'include')
  },
  signInRisk: ({ conditions: { signInRiskLevels: levels } }, risk) => levels.length === 0 || levels.includes(risk),
  userRisk: ({ conditions: { userRiskLevels: levels } }, risk) => levels.length === 0 || levels.includes(risk),
  insiderRisk: ({ conditions: { insiderRiskLevels: levels } }, risk) => levels === null || levels.split(',').includes(risk),
  flow: ({ conditions: { authenticationFlows: flows } }, flow) => flows === null || flows.transferMethods.split(',').includes(flow),
}

/** The rules of the cases, written out: an unregistered device has no property, so that only negative operators are met. */
export const deviceRules: Readonly<Record<string, (device: Device) => boolean>> = {
  'device.isCompliant -eq True -or device.trustType -eq "ServerAD"': ({ compliant, trust }) => compliant || trust === 'ServerAD',
  'device.isCompliant -ne True -and device.trustType -ne "ServerAD"': ({ compliant, trust }) => !compliant && trust !== 'ServerAD',
  '-not (device.isCompliant -eq True)': ({ compliant }) => !compliant,
  'device.trustType -in ["AzureAD", "Workplace"] -and device.isCompliant -eq False': ({ registered, compliant, trust }) =>
    registered && trust !== 'ServerAD' && !compliant,
  'device.displayName -startsWith "KIOSK"': ({ registered, kiosk }) => registered && kiosk,
}

/** Every value that a part of a sign-in can have. */
export function valuesOf(tenant: Tenant, action: string | undefined): { readonly [Part in keyof SignIn]: readonly SignIn[Part][] } {
  const risks = ['none', 'low', 'medium', 'high']
  return {
    person: tenant.people,
    target: action === undefined ? tenant.applications : [action],
    client: ['browser', 'mobileAppsAndDesktopClients', 'exchangeActiveSync', 'other'],
    platform: ['android', 'iOS', 'windows', 'windowsPhone', 'macOS', 'linux', 'somethingElse'],
    place: tenant.places,
    device: tenant.devices,
    signInRisk: risks,
    userRisk: risks,
    insiderRisk: ['none', 'minor', 'moderate', 'elevated'],
    flow: ['none', 'deviceCodeFlow', 'authenticationTransfer'],
  }
}

/** Which sign-ins are looked at, part by part. */
export type About = { readonly [Part in keyof SignIn]?: (value: SignIn[Part]) => boolean }

/**
 * What applies to all these sign-ins: each set of policies (bit by bit in their order) that applies to one of them, once. The parts of a
 * sign-in are independent of each other, so that the sets of whole sign-ins are the intersections of those of their parts.
 */
export function appliedSets(policies: readonly RawPolicy[], tenant: Tenant, about: About, action?: string): readonly number[] {
  const values = valuesOf(tenant, action)
  let sets = new Set([policies.reduce((bits, { state }, index) => bits | (state === 'enabled' ? 1 << index : 0), 0)])
  for (const part of Object.keys(parts) as (keyof SignIn)[]) sets = narrowed(sets, setsOf(part, policies, values, about))
  return [...sets]
}

function narrowed(sets: ReadonlySet<number>, by: ReadonlySet<number>): Set<number> {
  return new Set([...sets].flatMap((set) => [...by].map((other) => set & other)))
}

function setsOf<Part extends keyof SignIn>(
  part: Part,
  policies: readonly RawPolicy[],
  values: { readonly [Name in keyof SignIn]: readonly SignIn[Name][] },
  about: About,
): ReadonlySet<number> {
  const found = new Set<number>()
  const applies = parts[part]
  const isMeant = about[part]
  for (const value of values[part]) {
    if (isMeant && !isMeant(value)) continue
    let bits = 0
    for (const [index, policy] of policies.entries()) if (applies(policy, value)) bits |= 1 << index
    found.add(bits)
  }
  return found
}

/** The same for one sign-in, all parts at once. */
export function applies(policy: RawPolicy, signIn: SignIn): boolean {
  const holds = <Part extends keyof SignIn>(part: Part): boolean => parts[part](policy, signIn[part])
  return policy.state === 'enabled' && (Object.keys(parts) as (keyof SignIn)[]).every(holds)
}

function appliesToPerson({ conditions }: RawPolicy, person: Person): boolean {
  // About workload identities, or under a condition of which nobody knows what it means for people.
  if (conditions.clientApplications || conditions.servicePrincipalRiskLevels.length > 0 || conditions.agentIdRiskLevels !== undefined)
    return false
  const { users } = conditions
  const isIn = (list: readonly string[], inGroups: readonly string[], withRoles: readonly string[]): boolean =>
    list.includes(person.id) ||
    (person.guest !== null && list.includes('GuestsOrExternalUsers')) ||
    inGroups.some((group) => person.groups.has(group)) ||
    withRoles.some((role) => person.roles.has(role))
  if (isIn(users.excludeUsers, users.excludeGroups, users.excludeRoles) || isGuest(users.excludeGuestsOrExternalUsers, person, true))
    return false
  if (users.includeUsers.includes('All')) return true
  return isIn(users.includeUsers, users.includeGroups, users.includeRoles) || isGuest(users.includeGuestsOrExternalUsers, person, false)
}

/** `ifAnyHome`: what is said of a guest whose home could be any tenant. */
function isGuest(guests: Guests | null, { guest, home }: Person, ifAnyHome: boolean): boolean {
  if (!guests || guest === null || !guests.guestOrExternalUserTypes.split(',').includes(guest)) return false
  if (guests.externalTenants?.membershipKind !== 'enumerated') return true
  return home === 'any' ? ifAnyHome : guests.externalTenants.members?.includes(home) === true
}

function appliesToTarget({ conditions: { applications } }: RawPolicy, target: Application | string): boolean {
  if (typeof target === 'string') return applications.includeUserActions.includes(target)
  const { includeApplications, excludeApplications, applicationFilter: filter } = applications
  if (filter && target.marked === 'any') return false
  const names = (list: readonly string[]): boolean => list.some((name) => name === target.id || target.names.has(name))
  const isFiltered = filter !== null && target.marked === true
  if (names(excludeApplications) || (isFiltered && filter.mode === 'exclude')) return false
  return includeApplications.includes('All') || names(includeApplications) || (isFiltered && filter.mode === 'include')
}
