import type { Given } from '../../../build/judged.ts'
import { fc } from '../../../random.ts'
import type { ReferenceCheck } from './reference-checks.ts'
import { groups, guestKinds, members, possible, roleHolders, roles, subsets } from './reference-tenant.ts'
import type { Person, Place, Tenant } from './reference-tenant.ts'

/** Where somebody may sign in from: an address, and the country in which it is, null where nobody knows it. */
interface Spot {
  readonly address: string
  readonly country: string | null
}
const addresses = ['192.0.2.1', '192.0.2.200', '198.51.100.1', '203.0.113.1', '2001:db8::1']
const countries = ['DE', 'FR', 'JP', null]
const spots: readonly Spot[] = addresses.flatMap((address) => countries.map((country) => ({ address, country })))

/** Places as somebody may define them, with the addresses above that each holds, counted by hand. */
const ranges: Readonly<Record<string, readonly string[]>> = {
  '192.0.2.0/24': ['192.0.2.1', '192.0.2.200'],
  '192.0.2.0/28': ['192.0.2.1'],
  '198.51.100.0/24': ['198.51.100.1'],
  '2001:db8::/32': ['2001:db8::1'],
  // Too wide to be anybody's place.
  '192.0.0.0/8': ['192.0.2.1', '192.0.2.200'],
}
const tooWide = '192.0.0.0/8'

export type PlaceDefinition =
  | { readonly kind: 'addresses'; readonly ranges: readonly string[]; readonly trusted: boolean }
  | { readonly kind: 'countries'; readonly countries: readonly string[]; readonly unknown: boolean }

/** What a tenant tells beside its policies. */
export interface World {
  readonly places: Readonly<Record<string, PlaceDefinition>>
  /** Groups that only administrators of roles change. */
  readonly protectedGroups: readonly string[]
  readonly readsRoles: boolean
}

const place: fc.Arbitrary<PlaceDefinition> = fc.oneof(
  fc.record({
    kind: fc.constant('addresses' as const),
    ranges: fc.subarray(Object.keys(ranges), { minLength: 1, maxLength: 2 }),
    trusted: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('countries' as const), countries: fc.subarray(['DE', 'FR']), unknown: fc.boolean() }),
)
export const world: fc.Arbitrary<World> = fc.record({
  places: fc.record({ l1: place, l2: place }),
  protectedGroups: fc.subarray([...groups]),
  readsRoles: fc.boolean(),
})

export function hasWidePlace({ places }: World): boolean {
  return Object.values(places).some((one) => one.kind === 'addresses' && one.ranges.includes(tooWide))
}

/** Everybody and every group in a group, however deep. */
function inside(group: string): readonly string[] {
  return (members[group] ?? []).flatMap((member) => [member, ...inside(member)])
}

/** The same as Graph tells it. */
export function factsOf({ places, protectedGroups, readsRoles }: World): Given {
  const type = (id: string): string => `#microsoft.graph.${groups.includes(id) ? 'group' : 'user'}`
  const listed = (group: string) =>
    [...new Set(inside(group))].map((id) => {
      return {
        '@odata.type': type(id),
        parentId: group,
        id,
        displayName: id,
        userPrincipalName: null,
        userType: id === 'visitor' ? 'Guest' : 'Member',
      }
    })
  const holds = Object.entries(roleHolders).flatMap(([roleDefinitionId, ids]) =>
    ids.map((principalId) => ({ roleDefinitionId, principalId })),
  )
  return {
    namedLocations: Object.entries(places).map(([id, one]) => ({
      id,
      displayName: `Place ${id}`,
      ...(one.kind === 'addresses'
        ? {
            '@odata.type': '#microsoft.graph.ipNamedLocation',
            isTrusted: one.trusted,
            ipRanges: one.ranges.map((cidrAddress) => ({ cidrAddress })),
          }
        : {
            '@odata.type': '#microsoft.graph.countryNamedLocation',
            countriesAndRegions: one.countries,
            includeUnknownCountriesAndRegions: one.unknown,
          }),
    })),
    policyGroups: groups.map((id) => {
      return { id, displayName: id, groupTypes: [], isAssignableToRole: protectedGroups.includes(id), isManagementRestricted: false }
    }),
    policyGroupMembers: groups.flatMap(listed),
    ...(readsRoles
      ? {
          roleDefinitions: roles.map((id) => ({
            ...{ id, templateId: id, displayName: id, isBuiltIn: false, isEnabled: true },
            rolePermissions: [{ allowedResourceActions: [] }],
          })),
          roleAssignments: holds.map(({ roleDefinitionId, principalId }) => ({
            ...{ id: `${roleDefinitionId}-${principalId}`, roleDefinitionId, principalId, directoryScopeId: '/' },
            principal: { '@odata.type': type(principalId), displayName: principalId, userPrincipalName: null },
          })),
          roleEligibility: [],
          roleAssignmentSchedules: [],
          roleGroupMembers: listed('g3'),
          pimGroupEligibility: [],
        }
      : {}),
  }
}

const everybody: readonly Person[] = ['u1', 'u2', 'p3', 'p4', 'visitor', 'stranger'].flatMap((id) =>
  subsets(groups).flatMap((around) =>
    subsets(roles).flatMap((held) => [null, ...guestKinds].map((guest) => ({ id, guest, home: 'any', groups: around, roles: held }))),
  ),
)

/** What there could be where nothing is known beside the policies. */
export const unknown: Tenant = { ...possible, people: everybody }

/**
 * What there could be as long as only administrators of roles act as they have acted: places are where they are, nobody comes into a protected
 * group or leaves it, and nobody gets one of the roles whose holders were read, but for the roles that the check is about. Which addresses
 * the tenant trusts beside its places, Graph does not tell.
 */
export function possibleIn({ places, protectedGroups, readsRoles }: World, check: ReferenceCheck): Tenant {
  // A group with a group inside is as open as that one.
  const fixed = protectedGroups.filter((group) => !inside(group).some((id) => groups.includes(id)))
  const settledRoles = readsRoles ? roles.filter((role) => !isAbout(check, role)) : []
  const holders = (role: string): readonly string[] => (roleHolders[role] ?? []).flatMap((id) => [id, ...inside(id)])
  const fits = ({ id, groups: around, roles: held }: Person): boolean =>
    fixed.every((group) => around.has(group) === inside(group).includes(id)) &&
    settledRoles.every((role) => !held.has(role) || holders(role).includes(id))
  return { ...possible, people: everybody.filter(fits), places: spots.flatMap((spot) => placesAt(spot, places)) }
}

function placesAt(spot: Spot, places: World['places']): readonly Place[] {
  const named = new Set(Object.entries(places).flatMap(([id, one]) => (isAt(spot, one) ? [id] : [])))
  const isTrusted = Object.entries(places).some(([id, one]) => named.has(id) && one.kind === 'addresses' && one.trusted)
  return (isTrusted ? [true] : [true, false]).map((trusted) => ({ named, trusted }))
}

function isAt({ address, country }: Spot, one: PlaceDefinition): boolean {
  if (one.kind === 'addresses') return one.ranges.some((range) => ranges[range]?.includes(address) === true)
  return country === null ? one.unknown : one.countries.includes(country)
}

function isAbout({ about }: ReferenceCheck, role: string): boolean {
  const person = (held: readonly string[]): Person => ({ id: 'x', guest: null, home: 'home', groups: new Set(), roles: new Set(held) })
  return about.person !== undefined && about.person(person([role])) && !about.person(person([]))
}
