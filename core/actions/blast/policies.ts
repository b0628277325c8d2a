import { checks } from '../../posture/checks.ts'
import type { AnyCheck } from '../../posture/check.ts'
import { coverageOf, type PolicyCoverage } from '../../posture/derived/conditional-access-coverage.ts'
import { privilegedPrincipals } from '../../posture/derived/privileged-principals.ts'
import { conditionalAccessPolicies } from '../../posture/facts/conditional-access-policies.ts'
import { factOf, type FactRow } from '../../posture/facts.ts'
import { startJudging } from '../../posture/judge.ts'
import { neededFacts } from '../../posture/judge-facts.ts'
import { licencesOf } from '../../posture/licences.ts'
import { parseRow } from '../../posture/parse.ts'
import type { FactReading } from '../../posture/reading.ts'
import { builtInRoles } from '../../data/directory-roles.ts'
import { nameOr, sameId } from '../../posture/rows/graph-values.ts'
import { after } from './after.ts'
import type { Effect } from './effects.ts'
import { isRows, rowsOf, type FactRows, type Lookup } from './facts.ts'
import { line, listed, type Line } from './line.ts'
import { personLines } from './stopped.ts'

type Policy = FactRow<'conditionalAccessPolicies'>
type PolicyEffect = Extract<Effect, { kind: 'policyState' | 'policyCreated' }>

/** The checks that rest on policies; none of them looks at people one by one. */
export const policyChecks: readonly AnyCheck[] = checks.filter(
  (check) => !check.each && neededFacts([check]).has('conditionalAccessPolicies'),
)

/** Whom a policy holds for, which checks it alone fulfils, and whom it would lock out. */
export function policyLines(effects: readonly Effect[], look: Lookup): readonly Line[] {
  return effects.flatMap((effect) => (effect.kind === 'policyState' || effect.kind === 'policyCreated' ? linesOf(effect, look) : []))
}

function linesOf(effect: PolicyEffect, look: Lookup): readonly Line[] {
  const policies = look.rows('conditionalAccessPolicies')
  if (!policies) return []
  const policy = effect.kind === 'policyCreated' ? planned(effect, look) : policies.find(({ id }) => sameId(id, effect.policy.id))
  if (!policy) return [line('notFound', { name: effect.policy.name })]
  const state = effect.kind === 'policyCreated' ? 'enabled' : effect.state
  const coverage = coverageOf({ ...policy, state })
  const changed = effect.kind === 'policyCreated' ? look.facts.rows : after(look.facts.rows, [effect], look.facts.asOf)
  return [
    ...coverLines(coverage, state, look),
    ...turned(look.facts.rows, changed, coverage.name, look),
    ...(state === 'enabled' ? personLines(coverage, { isOn: effect.kind === 'policyState' }, look) : []),
  ]
}

/** The policy that is to be made, as Graph would answer it; undefined where it cannot be understood. */
function planned({ policy, body }: Extract<Effect, { kind: 'policyCreated' }>, look: Lookup): Policy | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined
  const { grantControls, conditions, ...members } = body as { readonly [name: string]: unknown }
  const users = isObject(conditions) && isObject(conditions['users']) ? { ...nobody, ...conditions['users'] } : null
  const applications = isObject(conditions) && isObject(conditions['applications']) ? conditions['applications'] : {}
  const strength = isObject(grantControls) ? grantControls['authenticationStrength'] : undefined
  const strengthId = isObject(strength) ? String(strength['id']) : undefined
  const known = strengthId === undefined ? undefined : (look.rows('authenticationStrengths') ?? []).find(({ id }) => sameId(id, strengthId))
  const row = {
    ...members,
    id: policy.id,
    conditions: {
      signInRiskLevels: [],
      platforms: null,
      locations: null,
      ...(isObject(conditions) ? conditions : {}),
      users,
      applications: { includeApplications: [], excludeApplications: [], ...applications },
    },
    grantControls: isObject(grantControls)
      ? {
          ...grantControls,
          ...(strengthId === undefined
            ? {}
            : { authenticationStrength: { id: strengthId, allowedCombinations: known?.allowedCombinations ?? [] } }),
        }
      : null,
  }
  const parsed = parseRow(conditionalAccessPolicies, row, 0)
  return parsed.ok ? parsed.row : undefined
}

const nobody = { includeUsers: [], includeGroups: [], includeRoles: [], excludeUsers: [], excludeGroups: [], excludeRoles: [] }

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function coverLines({ name: policy, people }: PolicyCoverage, state: string, look: Lookup): readonly Line[] {
  const values = { policy, state, people: 0, groups: 'none', roles: 'none', holders: 0, guests: 'no' }
  if (!people) return [line('policyCovers', { ...values, whom: 'workloads' })]
  if (people.all) {
    const count = look.count('enabledPeople')
    return [
      count === undefined
        ? line('policyCoversUncounted', { policy, state })
        : line('policyCovers', { ...values, whom: 'everybody', people: count }),
    ]
  }
  const { users, groups, roles, guests } = people.included
  const groupRows = groups.length > 0 ? look.rows('groups') : undefined
  const principals = roles.length > 0 ? look.derived(privilegedPrincipals) : undefined
  const holders = (principals ?? []).filter(
    ({ type, holds }) => type === 'user' && holds.some(({ isActive, roleId }) => isActive && roles.some((id) => sameId(id, roleId))),
  ).length
  const names = (ids: readonly string[], nameOf: (id: string) => string): string =>
    ids.length === 0 ? 'none' : [...ids].map(nameOf).sort().join(', ')
  return [
    line('policyCovers', {
      ...values,
      whom: 'some',
      people: users.length,
      groups: names(groups, (id) => nameOr(groupRows?.find((group) => sameId(group.id, id))?.displayName ?? null, id)),
      roles: roles.length > 3 ? `${roles.length}` : names(roles, (id) => builtInRoles.get(id.toLowerCase())?.name ?? id),
      holders,
      guests: guests.length > 0 ? 'yes' : 'no',
    }),
  ]
}

/** Checks that pass with the one set of facts and do not with the other. */
function turned(before: FactRows, changed: FactRows, policy: string, look: Lookup): readonly Line[] {
  if (before === changed) return []
  const passesBefore = passing(before, look)
  const passesLater = passing(changed, look)
  const names = (list: readonly AnyCheck[]) =>
    listed(
      'checks',
      list.map(({ code, title, frameworks }) => [frameworks.scuba?.join(', ') ?? code, title].join(' ')),
    )
  const failing = policyChecks.filter(({ id }) => passesBefore.has(id) && !passesLater.has(id))
  const mended = policyChecks.filter(({ id }) => !passesBefore.has(id) && passesLater.has(id))
  return [
    ...(failing.length > 0 ? [line('checksFail', { policy, ...names(failing) })] : []),
    ...(mended.length > 0 ? [line('checksPass', names(mended))] : []),
  ]
}

function passing(rows: FactRows, look: Lookup): ReadonlySet<string> {
  const { asOf, settings, baseline } = look.facts
  const subscriptions = rowsOf(rows, 'subscribedSkus')
  const readings = Object.fromEntries(
    Object.entries(rows).map(([id, known]): [string, FactReading] => [
      id,
      isRows<unknown>(known) ? { state: 'read', asOf, rows: known } : { state: 'unread', reason: known.unread, detail: known.detail },
    ]),
  )
  const judging = startJudging({
    checks: policyChecks,
    readings,
    now: Date.parse(asOf),
    settings,
    baseline,
    licences: licencesOf(isRows(subscriptions) ? subscriptions : undefined),
  })
  const results = judging.finish()
  for (const { outcome } of results)
    if (outcome.verdict === 'unknown')
      look.note(factOf(outcome.fact)?.title ?? outcome.fact, { unread: outcome.reason, detail: outcome.detail })
  return new Set(results.filter(({ outcome }) => outcome.verdict === 'pass').map(({ checkId }) => checkId))
}
