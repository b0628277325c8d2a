import type { AnyCheck, CheckResult, Severity, VerdictName } from '../posture/check.ts'
import type { BaselineParameters } from '../posture/baseline.ts'
import { checks as allChecks } from '../posture/checks.ts'
import { explain, factTitle } from '../posture/explain.ts'
import { policyVerdicts } from '../posture/policy-verdicts.ts'
import { baselines } from '../posture/baselines.ts'
import { canonicalJson, type Json } from '../digest.ts'
import { comparedWith, ownValuesOf, parametersInForce } from '../posture/parameters/in-force.ts'
import { parameterOf } from '../posture/parameters/parameters.ts'
import { chosenScore, suppressedIn, without } from '../posture/suppression.ts'
import {
  isFailing,
  suppressionOf,
  type CheckSummary,
  type Outcome,
  type PolicyReport,
  type Report,
  type ReportCounts,
  type ReportedOwnValue,
  type ReportSubject,
  type UnreadFact,
} from './report.ts'

/** Adds up one verdict after the other, so that the objects of one check alone are in memory at a time. */
export interface ReportBuilder {
  readonly add: (result: CheckResult) => void
  /** Checks of the catalogue without a result did not exist at the time of the scan and are left out. */
  readonly finish: () => Report
}

export function buildReport(subject: ReportSubject, checks: readonly AnyCheck[] = allChecks): ReportBuilder {
  const found = new Map<string, CheckSummary>()
  const isSuppressed = suppressionOf(subject.suppressed)
  function add({ checkId, outcome }: CheckResult): void {
    const check = checks.find(({ id }) => id === checkId)
    if (check)
      found.set(checkId, { ...summarise(check, outcome, isSuppressed), leftOut: suppressedIn({ checkId, outcome }, subject.suppressed) })
  }
  function finish(): Report {
    const summaries = checks.flatMap(({ id }) => found.get(id) ?? [])
    const results = summaries.map(resultIn)
    const rest = summaries.map((summary) => without(resultIn(summary), summary.leftOut))
    const counting = subject.settings.suppressedInScore
    const { score, open, leftOut } = chosenScore(checks, results, rest, counting)
    const parameters = parametersInForce(subject.baseline, subject.settings.overrides)
    return {
      ...subject,
      checks: summaries,
      score,
      scores: { counting, open, leftOut },
      parameters,
      ownValues: reportedOwnValues(subject),
      policies: policiesOf(parameters, results),
      unread: unreadFacts(summaries),
      counts: countsOf(summaries),
    }
  }
  return { add, finish }
}

function resultIn({ check, outcome }: CheckSummary): CheckResult {
  return { checkId: check.id, outcome }
}

function summarise(check: AnyCheck, outcome: Outcome, isSuppressed: ReturnType<typeof suppressionOf>): Omit<CheckSummary, 'leftOut'> {
  const ownValues = 'ownValues' in outcome ? (outcome.ownValues ?? []) : []
  if (outcome.verdict !== 'fail' && outcome.verdict !== 'warn')
    return { check, outcome, severity: check.severity, ...sentences(check, outcome), listed: 0, unlisted: 0, suppressed: 0, ownValues }
  const listed = outcome.objects.length
  const unlisted = outcome.unlisted ?? 0
  const total = listed + unlisted
  // One object stays: the score tells a verdict about objects from one about the tenant by it.
  const slim = { ...outcome, objects: outcome.objects.slice(0, 1), basis: [], ...(total > 1 ? { unlisted: total - 1 } : {}) }
  const suppressed =
    listed === 0
      ? Number(isSuppressed(check.id, undefined) !== undefined)
      : outcome.objects.filter((object) => isSuppressed(check.id, object)).length
  return {
    check,
    outcome: slim,
    severity: outcome.severity ?? check.severity,
    ...sentences(check, slim),
    listed,
    unlisted,
    suppressed,
    ownValues,
  }
}

function sentences(check: AnyCheck, outcome: Outcome): Pick<CheckSummary, 'title' | 'reason' | 'nearMiss'> {
  const { title, reason, nearMiss = '' } = explain(check, outcome)
  return { title, reason, nearMiss }
}

function policiesOf(judgedWith: BaselineParameters, results: readonly CheckResult[]): readonly PolicyReport[] {
  const known = new Set(results.map(({ checkId }) => checkId))
  return baselines
    .filter(({ policies }) => Object.keys(policies).length > 0)
    .map((baseline) => {
      // A policy whose check did not exist at the time of the scan has no verdict.
      const policies = Object.fromEntries(Object.entries(baseline.policies).filter(([, ids]) => ids.every((id) => known.has(id))))
      return {
        baseline,
        isExact: sameParameters(judgedWith, baseline.parameters),
        verdicts: policyVerdicts({ ...baseline, policies }, results),
      }
    })
}

function sameParameters(one: BaselineParameters, other: BaselineParameters): boolean {
  // Parameters are plain data.
  return canonicalJson(one as unknown as Json) === canonicalJson(other as unknown as Json)
}

function reportedOwnValues({ baseline, settings: { overrides } }: ReportSubject): readonly ReportedOwnValue[] {
  return [...ownValuesOf(baseline, overrides).values()].flatMap((own) => {
    const parameter = parameterOf(own.parameter)
    const override = overrides.find((entry) => entry.parameter === own.parameter)
    if (!parameter || !override) return []
    const compared = comparedWith(parameter, own.value, own.baselineValue)
    return [{ ...own, title: parameter.title, compared, byName: override.byName, at: override.at }]
  })
}

function unreadFacts(summaries: readonly CheckSummary[]): readonly UnreadFact[] {
  const facts = new Map<string, UnreadFact>()
  for (const { check, outcome } of summaries) {
    if (outcome.verdict !== 'unknown') continue
    const { fact, reason, detail } = outcome
    facts.set(fact, { fact, title: factTitle(fact), reason, detail, checks: [...(facts.get(fact)?.checks ?? []), check.id] })
  }
  return [...facts.values()].sort((one, other) => other.checks.length - one.checks.length || (one.fact < other.fact ? -1 : 1))
}

function countsOf(summaries: readonly CheckSummary[]): ReportCounts {
  const of = (verdict: VerdictName): number => summaries.filter(({ outcome }) => outcome.verdict === verdict).length
  const failing = summaries.filter(isFailing)
  const at = (severity: Severity): number => failing.filter((summary) => summary.severity === severity).length
  const sum = (part: (summary: CheckSummary) => number): number => failing.reduce((total, summary) => total + part(summary), 0)
  return {
    verdicts: {
      fail: of('fail'),
      warn: of('warn'),
      pass: of('pass'),
      notApplicable: of('notApplicable'),
      manual: of('manual'),
      unknown: of('unknown'),
    },
    failing: { critical: at('critical'), high: at('high'), medium: at('medium'), low: at('low'), info: at('info') },
    objects: sum(({ listed, unlisted }) => listed + unlisted),
    unlisted: sum(({ unlisted }) => unlisted),
    suppressed: sum(({ suppressed }) => suppressed),
  }
}
