import { severityWeights } from './areas.ts'
import { areas } from './check.ts'
import type { AnyCheck, Area, CheckResult, VerdictName } from './check.ts'

export interface Score {
  /** 0 to 100 with one decimal; null when nothing could be judged. */
  readonly value: number | null
  readonly areas: Readonly<Record<Area, number | null>>
  /** Points that mending a check adds to the whole score, by check id; only checks that can add something. */
  readonly gains: Readonly<Record<string, number>>
  /** Checks that count, and all checks. */
  readonly checks: { readonly read: number; readonly of: number }
}

/** Share of a check's weight that its verdict earns. What was not judged neither earns nor costs. */
const credits = { pass: 1, warn: 0.5, fail: 0, notApplicable: undefined, manual: undefined, unknown: undefined } as const satisfies Record<
  VerdictName,
  number | undefined
>

interface Counted {
  readonly check: AnyCheck
  readonly weight: number
  readonly credit: number
}

/** Earned weight over counted weight. The weight is the check's own severity, so that one bad object does not move the scale. */
export function scoreOf(checks: readonly AnyCheck[], results: readonly CheckResult[]): Score {
  const verdicts = new Map(results.map(({ checkId, outcome }) => [checkId, outcome.verdict]))
  const counted = checks.flatMap((check): Counted[] => {
    const verdict = verdicts.get(check.id)
    const credit = verdict === undefined ? undefined : credits[verdict]
    return credit === undefined ? [] : [{ check, weight: severityWeights[check.severity], credit }]
  })
  const total = weightOf(counted)
  const gains = counted.flatMap(({ check, weight, credit }) =>
    weight > 0 && credit < 1 ? [[check.id, rounded(((1 - credit) * weight * 100) / total)] as const] : [],
  )
  return {
    value: share(counted),
    areas: byArea((area) => share(counted.filter(({ check }) => check.area === area))),
    gains: Object.fromEntries(gains),
    checks: { read: counted.length, of: checks.length },
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

function byArea(value: (area: Area) => number | null): Record<Area, number | null> {
  const [applications, conditionalAccess, authentication, privilegedRoles, guestsAndUsers, devicesAndSync] = areas
  return {
    applications: value(applications),
    conditionalAccess: value(conditionalAccess),
    authentication: value(authentication),
    privilegedRoles: value(privilegedRoles),
    guestsAndUsers: value(guestsAndUsers),
    devicesAndSync: value(devicesAndSync),
  }
}
