import { areaTitles } from '../posture/areas.ts'
import { areas, severities, type AnyCheck, type CheckResult, type Severity, type VerdictName } from '../posture/check.ts'
import type { Baseline, BaselineParameters } from '../posture/baseline.ts'
import type { UnreadReason } from '../posture/fact.ts'
import { findingKey } from '../posture/finding.ts'
import type { PolicyVerdict } from '../posture/policy-verdicts.ts'
import type { Compared } from '../posture/parameters/in-force.ts'
import type { OwnValue } from '../posture/parameters/parameter.ts'
import type { Score } from '../posture/score.ts'
import type { Settings } from '../posture/settings.ts'
import type { BothScores, SuppressedCounting } from '../posture/suppression.ts'

export type Outcome = CheckResult['outcome']

/** A finding of which somebody said that it stays as it is for a while. */
export interface Suppression {
  readonly checkId: string
  /** core/posture/finding.ts `findingKey`; null for the whole check. */
  readonly findingKey: string | null
  readonly reason: string
  /** Who answers for it, and who said it. */
  readonly owner: string
  readonly byName: string
  /** ISO time from which it counts again; null where none was said. */
  readonly until: string | null
}

/** What a report is about. Everything comes from the snapshot and its judgement: nothing from the clock. */
export interface ReportSubject {
  readonly tenant: { readonly id: string; readonly displayName: string; readonly domain: string }
  readonly scan: {
    readonly id: string
    /** `judge`: earlier facts judged again as of a day; `file`: answers from a file. */
    readonly kind: 'scan' | 'judge' | 'file'
    readonly startedBy: string
    readonly startedAt: string
    readonly finishedAt: string
    /** When the facts had been read. */
    readonly factsAsOf: string
  }
  /** The time that the checks took for now. */
  readonly asOf: string
  /** With its own parameters; those in force have the settings' overrides in their place. */
  readonly baseline: Baseline
  /** Whether the facts were judged anew for this report, with another baseline than the tenant's or without its own values. */
  readonly judgedAgain: boolean
  /** Whether baseline and settings are those that the scan went by; otherwise nothing was kept then, and they are today's. */
  readonly isAsOfScan: boolean
  readonly settings: Settings
  readonly suppressed: readonly Suppression[]
}

/** A subject with every check's verdict, apart from the list of objects, which is asked for check by check. */
export interface Report extends ReportSubject {
  readonly checks: readonly CheckSummary[]
  /** With suppressed findings counted as the tenant chose; both ways are beside it. */
  readonly score: Score
  readonly scores: Pick<BothScores, 'open' | 'leftOut'> & { readonly counting: SuppressedCounting }
  /** What the checks went by. */
  readonly parameters: BaselineParameters
  readonly ownValues: readonly ReportedOwnValue[]
  readonly policies: readonly PolicyReport[]
  readonly unread: readonly UnreadFact[]
  readonly counts: ReportCounts
}

export interface CheckSummary {
  readonly check: AnyCheck
  /** With one object at most; the others are counted in `unlisted`. */
  readonly outcome: Outcome
  readonly severity: Severity
  /** Sentence for the verdict; in English. */
  readonly title: string
  readonly reason: string
  /** What would make the check pass; '' where no policy is near. */
  readonly nearMiss: string
  /** Affected objects that the verdict lists, those that it only counts, and those of the listed that are suppressed. */
  readonly listed: number
  readonly unlisted: number
  readonly suppressed: number
  /** Suppressed findings, listed or not. */
  readonly leftOut: number
  /** Values of the tenant's own that it rests on. */
  readonly ownValues: readonly OwnValue[]
}

/** A parameter that the tenant set differently, with the baseline's value beside it. */
export interface ReportedOwnValue extends OwnValue {
  readonly title: string
  readonly compared: Compared
  readonly byName: string
  readonly at: string
}

export interface PolicyReport {
  readonly baseline: Baseline
  /** Whether these checks were judged with this baseline's parameters. Where not, ask for the report with this baseline. */
  readonly isExact: boolean
  readonly verdicts: Readonly<Record<string, PolicyVerdict>>
}

export interface UnreadFact {
  readonly fact: string
  readonly title: string
  readonly reason: UnreadReason
  readonly detail: string
  /** Ids of the checks that cannot be judged without it. */
  readonly checks: readonly string[]
}

export interface ReportCounts {
  readonly verdicts: Readonly<Record<VerdictName, number>>
  /** Checks that fail or warn, by severity. */
  readonly failing: Readonly<Record<Severity, number>>
  /** Affected objects of failing and warning checks, listed or not; an object counts once a check. */
  readonly objects: number
  readonly unlisted: number
  readonly suppressed: number
}

/** The suppression of an object, or of the tenant where there is none. */
export function suppressionOf(
  list: readonly Suppression[],
): (checkId: string, object: { readonly id: string; readonly part?: string } | undefined) => Suppression | undefined {
  const byKey = new Map(list.map((entry) => [entry.findingKey ?? `${entry.checkId}:*`, entry]))
  return (checkId, object) => byKey.get(findingKey(checkId, object)) ?? byKey.get(`${checkId}:*`)
}

export function isFailing({ outcome }: CheckSummary): boolean {
  return outcome.verdict === 'fail' || outcome.verdict === 'warn'
}

/** Failing checks, worst first: by severity, then by what mending adds to the score, then by code. */
export function failingFirst({ checks, score }: Report): readonly CheckSummary[] {
  return checks
    .filter(isFailing)
    .sort(
      (one, other) =>
        severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
        (score.gains[other.check.id] ?? 0) - (score.gains[one.check.id] ?? 0) ||
        (one.check.code < other.check.code ? -1 : 1),
    )
}

/** Areas with their scores and what fails in them. */
export function areaLines({ checks, score }: Report): readonly {
  readonly title: string
  readonly score: number | null
  readonly failing: number
  readonly of: number
}[] {
  return areas.map((area) => {
    const own = checks.filter(({ check }) => check.area === area)
    return { title: areaTitles[area], score: score.areas[area], failing: own.filter(isFailing).length, of: own.length }
  })
}
