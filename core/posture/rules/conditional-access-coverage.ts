import { fixWith } from '../check.ts'
import type { AffectedObject, JudgeContext, Values, Verdict } from '../check.ts'
import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import { factKey } from '../fact.ts'
import { demands, isControl } from '../rows/policy-requirements.ts'
import { declaredRegions, impossibleRegions, regionsOf } from './conditional-access-matter.ts'
import type { Matter } from './conditional-access-matter.ts'
import { assessPolicy, byNearness, changes, valuesOf } from './conditional-access-near-miss.ts'
import type { Assessed } from './conditional-access-near-miss.ts'
import { reachOf } from './conditional-access-reach.ts'
import { isCovered } from './conditional-access-region.ts'

/** Conditions that make a policy what a check looks for: nobody is told to take them away. */
export type NamedCondition =
  | 'clientAppTypes'
  | 'userRiskLevels'
  | 'signInRiskLevels'
  | 'insiderRiskLevels'
  | 'authenticationFlows'
  | 'platforms'
  | 'locations'
  | 'userActions'

type Test = (policy: PolicyCoverage) => boolean

/** What a check looks for. Without `matter`: everybody, in every application. */
export interface PolicyRule {
  /** Whether the policy is about the check's matter at all; others are not worth naming. */
  readonly fits: Test
  /** What must hold for each sign-in of the matter, each by some policy that applies to it; `fits` unless given. */
  readonly enforces?: readonly Test[]
  readonly matter?: Matter
  readonly named?: readonly NamedCondition[]
  /** What of the people it should cover is missing, for people. */
  readonly missingPeople?: (people: NonNullable<PolicyCoverage['people']>) => readonly string[]
}

type Context = Pick<JudgeContext, 'settings' | 'parameters'>

/** Reads the policies that fit against the settings' declared exceptions, nearest to counting first. */
export function assess(
  policies: readonly PolicyCoverage[],
  { settings }: Pick<Context, 'settings'>,
  rule: PolicyRule,
): readonly Assessed[] {
  const { matter = {}, named = [], missingPeople } = rule
  const asked = { matter, named, missingPeople: (policy: PolicyCoverage) => (policy.people && missingPeople?.(policy.people)) ?? [] }
  return policies
    .filter(rule.fits)
    .map((policy) => assessPolicy(policy, settings, asked))
    .sort(byNearness)
}

/**
 * The policies that cover the matter together, as few as one can leave away one by one; undefined where they do not. Who is blocked does
 * not get in without what is asked for, so that policies that block help; one that fits is needed all the same.
 */
export function together(
  policies: readonly PolicyCoverage[],
  { settings }: Pick<Context, 'settings'>,
  rule: PolicyRule,
): readonly PolicyCoverage[] | undefined {
  const { matter = {}, enforces = [rule.fits] } = rule
  const blocks: Test = ({ ways }) => demands(ways, isControl('block'))
  const on = policies.filter(({ state }) => state === 'enabled').map((policy) => ({ policy, regions: reachOf(policy, matter.action) }))
  // A policy alone was looked at before.
  if (on.length < 2 || !on.some(({ policy, regions }) => rule.fits(policy) && regions.length > 0)) return undefined
  const fine = [...declaredRegions(settings.exclusions), ...on.slice(0, 1).flatMap(({ policy }) => impossibleRegions(policy, matter))]
  const targets = regionsOf(
    matter,
    on.map(({ policy }) => policy),
  )
  const suffices = (some: typeof on): boolean =>
    enforces.every((test) => {
      const helping = some.filter(({ policy }) => test(policy) || blocks(policy))
      return isCovered(targets, [...fine, ...helping.flatMap(({ regions }) => regions)])
    })
  const able = on.filter(({ policy }) => rule.fits(policy) || blocks(policy) || enforces.some((test) => test(policy)))
  if (!suffices(able)) return undefined
  let needed = able
  // Those that only block go first.
  for (const one of [...able].sort((left, right) => Number(rule.fits(left.policy)) - Number(rule.fits(right.policy)))) {
    const fewer = needed.filter((other) => other !== one)
    if (fewer.some(({ policy }) => rule.fits(policy)) && suffices(fewer)) needed = fewer
  }
  return needed.map(({ policy }) => policy)
}

/**
 * Verdict where one policy that counts is enough, or where several do together unless the baseline asks for one; where none does, one
 * that counts for the fallback.
 */
export function judgePolicies(
  policies: readonly PolicyCoverage[],
  context: Context,
  rule: PolicyRule,
  fallback?: { readonly rule: PolicyRule; readonly verdict: 'pass' | 'warn'; readonly reason: string },
): Verdict {
  const assessed = assess(policies, context, rule)
  const whole = counting(policies, context, rule, assessed)
  if (whole) return covered(whole.policies, whole.alone ? 'covered' : 'together')
  const [nearest] = assessed
  const near = nearest?.nearMiss ? { nearMiss: nearest.nearMiss } : {}
  const second = fallback && counting(policies, context, fallback.rule, assess(policies, context, fallback.rule))
  if (fallback && second) {
    const passing = covered(second.policies, fallback.reason)
    if (fallback.verdict === 'pass') return passing
    const objects = second.policies.map((policy) => policyObject({ policy, obstacle: undefined, detail: '' }))
    return { ...passing, verdict: 'warn', objects, ...near }
  }
  return {
    verdict: 'fail',
    reason: nearest?.obstacle ?? 'none',
    values: nearest ? valuesOf(nearest) : {},
    objects: assessed.map(policyObject),
    basis: [factKey('conditionalAccessPolicies', '')],
    ...near,
  }
}

function counting(
  policies: readonly PolicyCoverage[],
  context: Context,
  rule: PolicyRule,
  assessed: readonly Assessed[],
): { readonly policies: readonly PolicyCoverage[]; readonly alone: boolean } | undefined {
  const each = assessed.flatMap(({ policy, obstacle }) => (obstacle === undefined ? [policy] : []))
  if (each.length > 0) return { policies: each, alone: true }
  const all = context.parameters.conditionalAccess.inOnePolicy ? undefined : together(policies, context, rule)
  return all && { policies: all, alone: false }
}

function covered(counting: readonly PolicyCoverage[], reason: string): Extract<Verdict, { verdict: 'pass' }> {
  return {
    verdict: 'pass',
    reason,
    values: { policies: counting.length, names: namesOf(counting) },
    basis: counting.map(({ id }) => factKey('conditionalAccessPolicies', id)),
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

/** A policy as an affected object. The obstacle may be a check's own word. */
export function policyObject(assessed: Omit<Assessed, 'obstacle'> & { readonly obstacle?: string | undefined }): AffectedObject {
  const { policy, obstacle, detail } = assessed
  return {
    type: 'policy',
    id: policy.id,
    name: policy.name,
    // What switching it on does: all, or a part of what is missing.
    values: { obstacle: obstacle ?? 'none', detail, onlyReports: obstacle === 'reportOnly' && changes(assessed) === 1 },
    basis: [factKey('conditionalAccessPolicies', policy.id)],
  }
}

/** Switches on a policy that lacks nothing else. */
export const enforceFix = fixWith('enforce-policy', ({ id, values }) => (values?.['onlyReports'] === true ? { policyId: id } : undefined))

/** Sentences for `judgePolicies`; a check adds `covered` and `none`. */
export const policyReasons = {
  together: 'No policy does it alone, but these do it together: {names}.',
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
