import type { NearMiss, Values } from '../check.ts'
import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import type { Settings } from '../settings.ts'
import { declaredRegions, impossibleRegions, regionsOf } from './conditional-access-matter.ts'
import type { Matter } from './conditional-access-matter.ts'
import { isApplicationGroup, loosenedReachOf } from './conditional-access-reach.ts'
import type { ExcludedKind, Loosened } from './conditional-access-reach.ts'
import { isCovered, meet, region, yes } from './conditional-access-region.ts'
import type { Region } from './conditional-access-region.ts'

/** What keeps a policy from counting, nearest to counting first. */
export const obstacles = ['nearMiss', 'reportOnly', 'excludedRoles', 'narrowed', 'someApplications', 'someUsers', 'switchedOff'] as const
export type Obstacle = (typeof obstacles)[number]

export interface Assessed {
  readonly policy: PolicyCoverage
  /** Undefined where the policy counts. */
  readonly obstacle: Obstacle | undefined
  /** What stands in the way, for people: ids or names of conditions; '' where the obstacle says it all. */
  readonly detail: string
  /** What would make the policy count by itself; undefined where it is about too few people or applications, and where it counts. */
  readonly nearMiss?: NearMiss
}

interface Asked {
  readonly matter: Matter
  /** Conditions that make the policy what it is: nobody is told to take them away. */
  readonly named: readonly string[]
  /** Names of what is missing among the people that the check is about. */
  readonly missingPeople?: ((policy: PolicyCoverage) => readonly string[]) | undefined
}

/** Looks at one policy by itself, against the declared exceptions: whether it counts, or what is the least that it lacks. */
export function assessPolicy(policy: PolicyCoverage, settings: Settings, { matter, named, missingPeople }: Asked): Assessed {
  const targets = regionsOf(matter, [policy])
  const declared = [...declaredRegions(settings.exclusions), ...impossibleRegions(policy, matter)]
  const covers = (loosened: Loosened): boolean => isCovered(targets, [...declared, ...loosenedReachOf(policy, matter.action, loosened)])
  const isOn = policy.state === 'enabled'
  // A user action has no applications.
  const excluded = exclusionsOf(policy).filter(({ kind }) => kind !== 'application' || matter.action === undefined)
  const removable = new Set(policy.narrowedBy.filter((name) => !named.includes(name)))
  const bare: Loosened = { conditions: removable, withoutExclusions: true }
  if (covers(bare)) return withLeast()
  if (covers({ ...bare, everybody: true })) return stands('someUsers', missingPeople?.(policy) ?? [])
  if (covers({ ...bare, everything: true })) return stands('someApplications', [])
  if (covers({ ...bare, everything: true, everybody: true })) return stands('someUsers', missingPeople?.(policy) ?? [])
  if (!policy.people) return stands('someUsers', [])
  return stands('narrowed', policy.narrowedBy)

  /** Far from counting: no change that anybody would be told of makes it count. */
  function stands(obstacle: Obstacle, detail: readonly string[]): Assessed {
    if (policy.state === 'off') return { policy, obstacle: 'switchedOff', detail: '' }
    return isOn
      ? { policy, obstacle, detail: detail.map((name) => conditionText(policy, name)).join(', ') }
      : { policy, obstacle: 'reportOnly', detail: '' }
  }

  /** Each condition and each exclusion by itself: what does no harm stays. */
  function withLeast(): Assessed {
    const narrowing = [...removable].filter(
      (name) => !covers({ ...bare, conditions: new Set([...removable].filter((other) => other !== name)) }),
    )
    const harmful = unlessSpared(excluded.filter((one) => !isFine(one, declared)))
    // All that the check is about is left out: to declare that would be to switch the check off.
    if (isAllOf(harmful)) return stands(harmful.some(({ kind }) => kind === 'application') ? 'someApplications' : 'someUsers', [])
    const roles = harmful.filter(({ kind }) => kind === 'role').map(({ id }) => id)
    const undeclared = harmful.flatMap(({ kind, id }) => (kind === 'role' ? [] : [{ kind, id, name: id }]))
    const lacks = narrowing.length + harmful.length > 0
    if (isOn && !lacks) return { policy, obstacle: undefined, detail: '' }
    const nearMiss: NearMiss = {
      policyId: policy.id,
      policyName: policy.name,
      undeclared,
      reportOnly: policy.state === 'reportOnly',
      switchedOff: policy.state === 'off',
      narrowing: [...narrowing, ...(roles.length > 0 ? ['excludeRoles'] : [])],
    }
    return { policy, nearMiss, ...reasonOf(narrowing, roles, undeclared) }
  }

  /** Whether the sign-ins that are left out and meant are declared. */
  function isFine(one: Exclusion, fine: readonly Region[]): boolean {
    const left = excludedRegions(one).flatMap((part) => targets.flatMap((target) => meet(target, part) ?? []))
    return isCovered(left, fine)
  }

  /** An application that is declared with a group of them need not be declared by itself. */
  function unlessSpared(harmful: readonly Exclusion[]): readonly Exclusion[] {
    if (!harmful.some(({ kind, id }) => kind === 'application' && isApplicationGroup(id))) return harmful
    return harmful.reduce<readonly Exclusion[]>((needed, one) => {
      const others = needed.filter((other) => other !== one)
      const isSpared = one.kind === 'application' && isFine(one, [...declared, ...declaredRegions(asExclusions(others))])
      return isSpared ? others : needed
    }, harmful)
  }

  function isAllOf(harmful: readonly Exclusion[]): boolean {
    if (harmful.length === 0 || !(matter.applications || matter.guests)) return false
    return isCovered(targets, [...declared, ...declaredRegions(asExclusions(harmful))])
  }

  function reasonOf(narrowing: readonly string[], roles: readonly string[], undeclared: NearMiss['undeclared']): Omit<Assessed, 'policy'> {
    if (policy.state === 'off') return { obstacle: 'switchedOff', detail: '' }
    if (!isOn) return { obstacle: 'reportOnly', detail: '' }
    if (narrowing.length > 0) return { obstacle: 'narrowed', detail: narrowing.map((name) => conditionText(policy, name)).join(', ') }
    if (roles.length > 0) return { obstacle: 'excludedRoles', detail: roles.join(', ') }
    return { obstacle: 'nearMiss', detail: undeclared.map(({ kind, id }) => `${kind} ${id}`).join(', ') }
  }
}

/** A condition by its name; of places, which they are and how wide. */
function conditionText({ conditions: { locations }, known }: PolicyCoverage, name: string): string {
  if (name !== 'locations' || !locations) return name
  const text = (ids: readonly string[]): readonly string[] =>
    ids.flatMap((id) => known.places.get(id.toLowerCase()) ?? (id === 'AllTrusted' ? 'all trusted places' : []))
  const [outside, inside] = [text(locations.excludeLocations), text(locations.includeLocations)]
  const words = [
    ...(inside.length > 0 ? [`only from ${inside.join(' and ')}`] : []),
    ...(outside.length > 0 ? [`not from ${outside.join(' and ')}`] : []),
  ]
  return words.length === 0 ? name : `${name} (${words.join(', ')})`
}

function excludedRegions({ kind, id }: Exclusion): readonly Region[] {
  return kind === 'role' ? [region({ [`role:${id.toLowerCase()}`]: yes })] : declaredRegions(asExclusions([{ kind, id }]))
}

function asExclusions(some: readonly Exclusion[]): Settings['exclusions'] {
  const of = (kind: ExcludedKind): string[] => some.filter((one) => one.kind === kind).map(({ id }) => id)
  return { users: of('user'), groups: of('group'), applications: of('application'), guestUserTypes: of('guests') }
}

interface Exclusion {
  readonly kind: ExcludedKind
  readonly id: string
}

function exclusionsOf({ people, excludedApplications }: PolicyCoverage): readonly Exclusion[] {
  const of = (kind: ExcludedKind, ids: readonly string[] = []) => ids.map((id) => ({ kind, id }))
  const excluded = people?.excluded
  return [
    ...of('user', excluded?.users),
    ...of('group', excluded?.groups),
    ...of('guests', excluded?.guests),
    ...of('application', excludedApplications),
    ...of('role', excluded?.roles),
  ]
}

/** Nearest to counting first: those that a few changes would make count, then by what stands in the way. */
export function byNearness(left: Assessed, right: Assessed): number {
  return rank(left) - rank(right) || changes(left) - changes(right) || (left.policy.id < right.policy.id ? -1 : 1)
}

function rank({ obstacle, nearMiss }: Assessed): number {
  if (obstacle === undefined) return -1
  return obstacles.indexOf(obstacle) + (nearMiss ? 0 : obstacles.length)
}

/** How many changes would make it count. */
export function changes({ nearMiss }: Pick<Assessed, 'nearMiss'>): number {
  if (!nearMiss) return 0
  return nearMiss.undeclared.length + nearMiss.narrowing.length + (nearMiss.reportOnly || nearMiss.switchedOff ? 1 : 0)
}

export function valuesOf({ policy, detail }: Pick<Assessed, 'policy' | 'detail'>): Values {
  return { name: policy.name, undeclared: detail, roles: detail, conditions: detail }
}
