import type { FactRow } from '../facts.ts'
import type { PrivilegedPrincipal } from '../derived/privileged-principals.ts'
import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import { principalType } from '../rows/role-holding.ts'
import { isApart, isInside, isWide, placeText } from './conditional-access-places.ts'
import { no, noneOf, oneOf, region, yes } from './conditional-access-region.ts'
import type { Region } from './conditional-access-region.ts'

/**
 * What is known beside the policies, and can be changed only by those who may change policies or roles: places by their addresses, who is
 * in groups that not everybody may change, and who holds the roles that are left out. What others can change is not relied on.
 */
export interface KnownTenant {
  /** Sign-ins that there cannot be. */
  readonly impossible: readonly Region[]
  /** The same for roles, by their ids; a check about these very roles does without. */
  readonly holders: ReadonlyMap<string, Region>
  /** Places, in lower case, in which strangers may be: 'alltrusted' among them where one of the trusted is. */
  readonly wide: ReadonlySet<string>
  /** Places in words, by their ids in lower case. */
  readonly places: ReadonlyMap<string, string>
}

export const nothingKnown: KnownTenant = { impossible: [], holders: new Map(), wide: new Set(), places: new Map() }

interface Sources {
  readonly namedLocations?: readonly FactRow<'namedLocations'>[] | undefined
  readonly policyGroups?: readonly FactRow<'policyGroups'>[] | undefined
  readonly policyGroupMembers?: readonly FactRow<'policyGroupMembers'>[] | undefined
  readonly privilegedPrincipals?: readonly PrivilegedPrincipal[] | undefined
}

/** Pairs grow with the square, and each is looked at for each check; with more places, that some share no address is not used. */
const mostPlacesApart = 8
const mostPairs = 60

/** Longer lists settle nothing for a check and cost it time. */
const mostMembers = 50

export function knownTenant(policies: readonly Pick<PolicyCoverage, 'people' | 'conditions'>[], sources: Sources): KnownTenant {
  const { namedLocations = [], policyGroups = [], policyGroupMembers, privilegedPrincipals } = sources
  const named = new Set(
    policies.flatMap(({ conditions: { locations } }) =>
      [...(locations?.includeLocations ?? []), ...(locations?.excludeLocations ?? [])].map((id) => id.toLowerCase()),
    ),
  )
  const used = namedLocations.filter(({ id }) => named.has(id.toLowerCase()))
  const wide = namedLocations.filter(isWide)
  return {
    impossible: [...placesApart(used), ...(policyGroupMembers ? outsiders(policyGroups, policyGroupMembers) : [])],
    holders: privilegedPrincipals ? holdersOf(policies, privilegedPrincipals) : new Map(),
    wide: new Set([...wide.map(({ id }) => id.toLowerCase()), ...(wide.some(({ isTrusted }) => isTrusted === true) ? ['alltrusted'] : [])]),
    places: new Map(used.map((place) => [place.id.toLowerCase(), placeText(place)])),
  }
}

/** In two places that share no address; in a place and not in one around it; in a trusted place and nowhere trusted. Which other addresses are trusted, Graph does not say. */
function placesApart(places: readonly FactRow<'namedLocations'>[]): readonly Region[] {
  const pairs = places.flatMap((inner, index) => {
    const apart = places.length > mostPlacesApart ? [] : places.slice(index + 1).filter((other) => isApart(inner, other))
    const both = apart.map(({ id }) => region({ [`place:${inner.id.toLowerCase()}`]: yes, [`place:${id.toLowerCase()}`]: yes }))
    const around = places.filter((outer) => outer !== inner && isInside(inner, outer)).map(({ id }) => id.toLowerCase())
    const outer = inner.isTrusted === true ? [...around, 'alltrusted'] : around
    return [...both, ...outer.map((id) => region({ [`place:${inner.id.toLowerCase()}`]: yes, [`place:${id}`]: no }))]
  })
  return pairs.slice(0, mostPairs)
}

/** In a group and none of its members, or a member and not in it: of groups that only administrators of roles change. */
function outsiders(groups: readonly FactRow<'policyGroups'>[], members: readonly FactRow<'policyGroupMembers'>[]): readonly Region[] {
  return groups.flatMap(({ id, isAssignableToRole, isManagementRestricted, groupTypes }) => {
    const isProtected = isAssignableToRole === true || isManagementRestricted === true
    // A rule lets in whoever meets it, and people set their own properties.
    if (!isProtected || groupTypes.includes('DynamicMembership')) return []
    const inside = members.filter(({ parentId }) => parentId.toLowerCase() === id.toLowerCase())
    // A group inside may be one that everybody changes.
    if (inside.length > mostMembers || inside.some((member) => principalType(member['@odata.type']) === 'group')) return []
    const ids = inside.map((member) => member.id.toLowerCase())
    const group = `group:${id.toLowerCase()}`
    return [region({ [group]: yes, person: noneOf(ids) }), region({ [group]: no, person: oneOf(ids) })]
  })
}

/** With a role that is left out, and none of those who hold or may activate it. */
function holdersOf(
  policies: readonly Pick<PolicyCoverage, 'people'>[],
  principals: readonly PrivilegedPrincipal[],
): ReadonlyMap<string, Region> {
  const roles = new Set(policies.flatMap(({ people }) => (people?.excluded.roles ?? []).map((id) => id.toLowerCase())))
  const found = [...roles].flatMap((role) => {
    const holders = principals.filter(({ holds }) => holds.some(({ roleId }) => roleId === role))
    if (holders.length > mostMembers) return []
    return [[role, region({ [`role:${role}`]: yes, person: noneOf(holders.map(({ id }) => id.toLowerCase())) })] as const]
  })
  return new Map(found)
}
