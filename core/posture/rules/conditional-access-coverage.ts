import type { AffectedObject, Values, Verdict } from '../check.ts'
import { factKey } from '../fact.ts'
import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import type { Settings } from '../settings.ts'

/** Conditions that a check names itself and that therefore do not narrow for it. */
export type NamedCondition =
  | 'clientAppTypes'
  | 'userRiskLevels'
  | 'signInRiskLevels'
  | 'insiderRiskLevels'
  | 'authenticationFlows'
  | 'platforms'
  | 'locations'
  | 'devices'
  | 'userActions'

/** What a check looks for in one policy. Without `people` and `target`: everybody, in every application. */
export interface PolicyRule {
  /** Whether the policy is about the check's matter at all; others are not worth naming. */
  readonly fits: (policy: PolicyCoverage) => boolean
  readonly named?: readonly NamedCondition[]
  /** What of the people it should cover is missing, for people; nothing where it covers them. */
  readonly people?: (people: NonNullable<PolicyCoverage['people']>) => readonly string[]
  readonly target?: (policy: PolicyCoverage) => boolean
}

/** What keeps a policy from counting, nearest to counting first. */
export const obstacles = ['nearMiss', 'reportOnly', 'excludedRoles', 'narrowed', 'someApplications', 'someUsers', 'switchedOff'] as const
export type Obstacle = (typeof obstacles)[number]

export interface Assessed {
  readonly policy: PolicyCoverage
  /** Undefined where the policy counts. */
  readonly obstacle: Obstacle | undefined
  /** What stands in the way, for people: ids or names of conditions; '' where the obstacle says it all. */
  readonly detail: string
}

/** Reads the policies that fit against the settings' declared exceptions, nearest to counting first. */
export function assess(policies: readonly PolicyCoverage[], settings: Settings, rule: PolicyRule): readonly Assessed[] {
  return policies
    .filter(rule.fits)
    .map((policy) => obstacleOf(policy, settings, rule))
    .sort((left, right) => rank(left) - rank(right))
}

function rank({ obstacle }: Assessed): number {
  return obstacle === undefined ? -1 : obstacles.indexOf(obstacle)
}

function obstacleOf(policy: PolicyCoverage, settings: Settings, rule: PolicyRule): Assessed {
  const stands = (obstacle: Obstacle | undefined, detail: readonly string[] = []) => ({ policy, obstacle, detail: detail.join(', ') })
  if (policy.state === 'off') return stands('switchedOff')
  if (policy.state === 'reportOnly') return stands('reportOnly')
  const { people } = policy
  if (!people) return stands('someUsers')
  if (rule.people) {
    const missing = rule.people(people)
    if (missing.length > 0) return stands('someUsers', missing)
  } else if (!people.all) return stands('someUsers')
  if (!(rule.target ? rule.target(policy) : policy.allApplications)) return stands('someApplications')
  const narrowing = policy.narrowedBy.filter((condition) => !rule.named?.some((known) => known === condition))
  if (narrowing.length > 0) return stands('narrowed', narrowing)
  // Roles cannot be declared as exceptions.
  if (people.excluded.roles.length > 0) return stands('excludedRoles', people.excluded.roles)
  const leftOut = undeclared(policy, settings)
  return leftOut.length > 0 ? stands('nearMiss', leftOut) : stands(undefined)
}

/** Users, groups, applications and kinds of guests that are left out and not declared in the settings. */
export function undeclared({ people, excludedApplications }: PolicyCoverage, { exclusions }: Settings): readonly string[] {
  return [
    ...notIn('user', people?.excluded.users ?? [], exclusions.users),
    ...notIn('group', people?.excluded.groups ?? [], exclusions.groups),
    ...notIn('guests', people?.excluded.guests ?? [], exclusions.guestUserTypes),
    ...notIn('application', excludedApplications, exclusions.applications),
  ]
}

function notIn(kind: string, excluded: readonly string[], declared: readonly string[]): readonly string[] {
  const allowed = new Set(declared.map((id) => id.toLowerCase()))
  return excluded.filter((id) => !allowed.has(id.toLowerCase())).map((id) => `${kind} ${id}`)
}

/** Verdict where one policy that counts is enough; where none does, one that counts for the fallback. */
export function judgePolicies(
  policies: readonly PolicyCoverage[],
  settings: Settings,
  rule: PolicyRule,
  fallback?: { readonly rule: PolicyRule; readonly verdict: 'pass' | 'warn'; readonly reason: string },
): Verdict {
  const assessed = assess(policies, settings, rule)
  const counting = assessed.filter(({ obstacle }) => obstacle === undefined)
  if (counting.length > 0) return covered(counting, 'covered')
  const second = fallback ? assess(policies, settings, fallback.rule).filter(({ obstacle }) => obstacle === undefined) : []
  if (fallback && second.length > 0) {
    const passing = covered(second, fallback.reason)
    return fallback.verdict === 'pass' ? passing : { ...passing, verdict: 'warn', objects: second.map(policyObject) }
  }
  const [nearest] = assessed
  return {
    verdict: 'fail',
    reason: nearest?.obstacle ?? 'none',
    values: nearest ? valuesOf(nearest) : {},
    objects: assessed.map(policyObject),
    basis: [factKey('conditionalAccessPolicies', '')],
  }
}

function covered(counting: readonly Assessed[], reason: string): Extract<Verdict, { verdict: 'pass' }> {
  return {
    verdict: 'pass',
    reason,
    values: { policies: counting.length, names: namesOf(counting.map(({ policy }) => policy)) },
    basis: counting.map(({ policy }) => factKey('conditionalAccessPolicies', policy.id)),
  }
}

/** Verdict where each of the given policies is wrong by itself. */
export function judgeOffenders(
  offenders: readonly PolicyCoverage[],
  reasons: { readonly pass: string } & ({ readonly fail: string } | { readonly warn: string }),
  valuesOfObject: (policy: PolicyCoverage) => Values = () => ({}),
): Verdict {
  const values = { count: offenders.length, names: namesOf(offenders) }
  const basis = [factKey('conditionalAccessPolicies', '')]
  if (offenders.length === 0) return { verdict: 'pass', reason: reasons.pass, values, basis }
  const objects = offenders.map((policy) => ({
    ...policyObject({ policy, obstacle: undefined, detail: '' }),
    values: valuesOfObject(policy),
  }))
  const worst = 'fail' in reasons ? { verdict: 'fail' as const, reason: reasons.fail } : { verdict: 'warn' as const, reason: reasons.warn }
  return { ...worst, values, objects, basis }
}

export function namesOf(policies: readonly PolicyCoverage[]): string {
  return policies.map(({ name }) => name).join(', ')
}

export function valuesOf({ policy, detail }: Assessed): Values {
  return { name: policy.name, undeclared: detail, roles: detail, conditions: detail }
}

function policyObject({ policy, obstacle, detail }: Assessed): AffectedObject {
  return {
    type: 'policy',
    id: policy.id,
    name: policy.name,
    values: { obstacle: obstacle ?? 'none', detail },
    basis: [factKey('conditionalAccessPolicies', policy.id)],
  }
}

/** Sentences for `judgePolicies`; a check adds `covered` and `none`. */
export const policyReasons = {
  reportOnly: 'The policy {name} would do it, but it only reports. Nothing is enforced until it is switched on.',
  switchedOff: 'The policy {name} would do it, but it is switched off.',
  nearMiss: 'The policy {name} does it, but leaves out these, which nobody has declared as exceptions: {undeclared}.',
  excludedRoles: 'The policy {name} does it, but leaves out holders of these roles: {roles}.',
  narrowed: 'The policy {name} does it, but only for some sign-ins. It is limited by: {conditions}.',
  someUsers: 'The policy {name} does it, but not for everybody it should cover.',
  someApplications: 'The policy {name} does it, but not for all applications.',
} as const

/** Sentence for one policy that does not count. */
export const policyObjectReason =
  '{obstacle, select, reportOnly {It only reports.} switchedOff {It is switched off.} nearMiss {It leaves out what nobody has declared: {detail}.} excludedRoles {It leaves out holders of roles: {detail}.} narrowed {It is limited by: {detail}.} someUsers {It does not cover everybody it should.} someApplications {It does not cover all applications.} other {It counts.}}'

/** Where a person looks at Conditional Access policies. */
export const policiesPortal = 'https://entra.microsoft.com/#view/Microsoft_AAD_ConditionalAccess/ConditionalAccessBlade/~/Policies'
