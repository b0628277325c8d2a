import type { BaselinesView, ShownParameter } from '@countersign/core/api/baselines.ts'
import { baselineOf, baselines } from '@countersign/core/posture/baselines.ts'
import type { Baseline } from '@countersign/core/posture/baseline.ts'
import type { AnyCheck, CheckResult, VerdictName } from '@countersign/core/posture/check.ts'
import { checkOf } from '@countersign/core/posture/checks.ts'
import { explain } from '@countersign/core/posture/explain.ts'
import { comparedWith, parametersInForce } from '@countersign/core/posture/parameters/in-force.ts'
import type { Override } from '@countersign/core/posture/parameters/override.ts'
import type { Parameter, ParameterValue } from '@countersign/core/posture/parameters/parameter.ts'
import { parameterOf, parameters } from '@countersign/core/posture/parameters/parameters.ts'
import { limitsText, valueText } from '@countersign/core/posture/parameters/words.ts'
import { policyVerdicts } from '@countersign/core/posture/policy-verdicts.ts'
import type { BaselineChange } from '../../store/baselines.ts'

/** Every parameter with the value in force and the baseline's own beside it. */
export function parameterViews(baseline: Baseline, overrides: readonly Override[], locale: string): ShownParameter[] {
  const inForce = parametersInForce(baseline, overrides)
  return parameters.map((parameter) => {
    const [value, own] = [parameter.of(inForce), parameter.of(baseline.parameters)]
    const isNumber = parameter.kind === 'number'
    return {
      id: parameter.id,
      title: parameter.title,
      meaning: parameter.meaning,
      kind: parameter.kind,
      unit: isNumber ? parameter.unit : null,
      least: isNumber ? parameter.least : null,
      most: isNumber ? parameter.most : null,
      choices: parameter.kind === 'choices' ? parameter.choices.map((choice) => ({ ...choice })) : [],
      limits: limitsText(parameter),
      value: shownValue(value),
      valueText: valueText(parameter, value, locale),
      baselineValue: shownValue(own),
      baselineText: valueText(parameter, own, locale),
      compared: comparedWith(parameter, value, own),
      override: overrides.find((entry) => entry.parameter === parameter.id) ?? null,
      checks: parameter.checks.flatMap((id) => checkOf(id) ?? []).map(namedCheck),
    }
  })
}

export function baselineLines(locale: string): BaselinesView['baselines'] {
  return baselines.map((baseline) => ({
    id: baseline.id,
    title: baseline.title,
    policies: Object.keys(baseline.policies).length,
    values: Object.fromEntries(
      parameters.map((parameter) => [parameter.id, valueText(parameter, parameter.of(baseline.parameters), locale)]),
    ),
  }))
}

const standings = {
  pass: 'met',
  fail: 'notMet',
  warn: 'partly',
  unknown: 'cannotTell',
  manual: 'cannotTell',
  notApplicable: 'notApplicable',
} as const satisfies Record<VerdictName, BaselinesView['policies'][number]['standing']>

/** The verdict of each policy of a baseline, by policy id. */
export function policyLines(baseline: Baseline, results: readonly CheckResult[], locale: string): BaselinesView['policies'] {
  const outcomes = new Map(results.map(({ checkId, outcome }) => [checkId, outcome]))
  // A policy whose check did not exist when the facts were judged has no verdict.
  const judged = Object.fromEntries(Object.entries(baseline.policies).filter(([, ids]) => ids.every((id) => outcomes.has(id))))
  const verdicts = policyVerdicts({ ...baseline, policies: judged }, results)
  return Object.entries(verdicts)
    .sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }))
    .flatMap(([policy, { verdict, decidedBy, checks: ids }]) => {
      const check = checkOf(decidedBy)
      const outcome = outcomes.get(decidedBy)
      if (!check || !outcome) return []
      const own = ids.flatMap((id) => ownValuesIn(outcomes.get(id)))
      return [
        {
          policy,
          standing: standings[verdict],
          verdict,
          severity: check.severity,
          reason: explain(check, outcome, locale).reason,
          checks: ids.flatMap((id) => checkOf(id) ?? []).map(namedCheck),
          ownValues: [...new Set(own)],
        },
      ]
    })
}

/** One change in words. */
export function changeView(change: BaselineChange, locale: string): BaselinesView['history'][number] {
  const { at, by, byName, what, baselineId, parameter, reason } = change
  return { at, by, byName, what, baselineId, parameter, reason, sentence: sentenceOf(change, locale) }
}

function sentenceOf({ what, baselineId, parameter: id, value, before }: BaselineChange, locale: string): string {
  if (what === 'chosen') return `Chose the baseline ${baselineOf(baselineId)?.title ?? baselineId}.`
  const parameter = id === null ? undefined : parameterOf(id)
  const title = parameter?.title ?? id ?? ''
  const text = (given: ParameterValue): string => (parameter ? valueText(parameter, given, locale) : String(given))
  const was = before === null ? '' : `, which was ${text(before)}`
  return what === 'withdrawn' || value === null
    ? `Went back to the baseline’s value of “${title}”${was}.`
    : `Set “${title}” to ${text(value)}${was}.`
}

function ownValuesIn(outcome: CheckResult['outcome'] | undefined): readonly string[] {
  return outcome && 'ownValues' in outcome ? (outcome.ownValues ?? []).map(({ parameter }) => parameter) : []
}

function namedCheck({ id, code, title }: AnyCheck): { id: string; code: string; title: string } {
  return { id, code, title }
}

function shownValue(value: ReturnType<Parameter['of']>): number | boolean | string[] {
  return typeof value === 'number' || typeof value === 'boolean' ? value : [...value]
}
