import { byArea, severityWeights } from './areas.ts'
import type { AnyCheck, Area, CheckResult, VerdictName } from './check.ts'

export interface Score {
  /** 0 to 100 with one decimal; null when nothing could be judged. */
  readonly value: number | null
  readonly areas: Readonly<Record<Area, number | null>>
  /** Points that mending a check adds to the whole score, by check id; only checks that can add something. */
  readonly gains: Readonly<Record<string, number>>
  /** Checks whose facts could be read, whatever they said, and all checks. */
  readonly checks: { readonly read: number; readonly of: number }
}

/** Share of a check's weight that its verdict earns. What was not judged neither earns nor costs. */
const creditOf = { pass: 1, warn: 0.5, fail: 0, notApplicable: undefined, manual: undefined, unknown: undefined } as const satisfies Record<
  VerdictName,
  number | undefined
>

/** With this many affected objects a check that counts objects has lost half of its weight. */
const halfLostAt = 4

/**
 * A check that judges objects one by one keeps 4 / (4 + n) of its weight with n objects failing, warnings counting half:
 * each object that is mended moves the score, the last ones most.
 */
function credit(check: AnyCheck, outcome: CheckResult['outcome']): number | undefined {
  const countsObjects = check.perObject === true || check.each !== undefined
  if (!countsObjects || (outcome.verdict !== 'fail' && outcome.verdict !== 'warn') || outcome.objects.length === 0)
    return creditOf[outcome.verdict]
  const faults = (outcome.objects.length + (outcome.unlisted ?? 0)) * (outcome.verdict === 'warn' ? 0.5 : 1)
  return halfLostAt / (halfLostAt + faults)
}

interface Counted {
  readonly check: AnyCheck
  readonly weight: number
  readonly credit: number
}

/** Earned weight over counted weight. The weight is the check's own severity, so that one bad object does not move the scale. */
export function scoreOf(checks: readonly AnyCheck[], results: readonly CheckResult[]): Score {
  const outcomes = new Map(results.map(({ checkId, outcome }) => [checkId, outcome]))
  const counted = checks.flatMap((check): Counted[] => {
    const outcome = outcomes.get(check.id)
    const earned = outcome && credit(check, outcome)
    return earned === undefined ? [] : [{ check, weight: severityWeights[check.severity], credit: earned }]
  })
  const total = weightOf(counted)
  const gains = counted.flatMap(({ check, weight, credit }) =>
    weight > 0 && credit < 1 ? [[check.id, rounded(((1 - credit) * weight * 100) / total)] as const] : [],
  )
  return {
    value: share(counted),
    areas: byArea((area) => share(counted.filter(({ check }) => check.area === area))),
    gains: Object.fromEntries(gains),
    checks: { read: checks.filter(({ id }) => (outcomes.get(id)?.verdict ?? 'unknown') !== 'unknown').length, of: checks.length },
  }
}

function share(counted: readonly Counted[]): number | null {
  const total = weightOf(counted)
  if (total === 0) return null
  return rounded((counted.reduce((sum, { weight, credit }) => sum + weight * credit, 0) * 100) / total)
}

function weightOf(counted: readonly Counted[]): number {
  return counted.reduce((sum, { weight }) => sum + weight, 0)
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
