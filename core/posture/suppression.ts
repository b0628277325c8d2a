import { dayMs } from '../day.ts'
import type { AnyCheck, CheckResult } from './check.ts'
import { findingKey } from './finding.ts'
import { scoreOf, type Score } from './score.ts'

/** Longest time for which somebody may say that a finding stays as it is, in days. */
export const longestSuppressionDays = 365

/** What is suppressed: one finding, or, with `findingKey` null, whatever the check finds. */
export interface Suppressed {
  readonly checkId: string
  /** finding.ts `findingKey`; null for the whole check. */
  readonly findingKey: string | null
}

/**
 * How suppressed findings count in the score. `open`, unless an owner decides otherwise: to accept a risk is not to mend it, and a score
 * that anybody can raise by saying so would tell nothing. With `leftOut` they count as if they were not there. Both figures are always shown.
 */
export const suppressedCountings = ['open', 'leftOut'] as const
export type SuppressedCounting = (typeof suppressedCountings)[number]

export type ReadDay = { readonly ok: true; readonly until: string } | { readonly ok: false; readonly problem: string }

/** The moment from which a suppressed finding counts again: a day to come, at most 365 days away. */
export function readUntil(text: string, now: number): ReadDay {
  const day = readDay(text, now)
  const latest = now + longestSuppressionDays * dayMs
  if (!day.ok || Date.parse(day.until) <= latest) return day
  const last = new Date(latest).toISOString().slice(0, 10)
  return {
    ok: false,
    problem: `${text} is more than ${longestSuppressionDays} days away. Give a day until ${last}; it can be suppressed again then.`,
  }
}

/** A day or moment to come as ISO time in UTC; a sentence where it is none. A day counts from its beginning. */
export function readDay(text: string, now: number): ReadDay {
  const time = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : Number.NaN
  // JavaScript reads 30 February as a day of March.
  const isDay = Number.isFinite(time) && new Date(Date.parse(text.slice(0, 10))).toISOString().startsWith(text.slice(0, 10))
  if (!isDay) return { ok: false, problem: `"${text.slice(0, 40)}" is no day or moment. Write it like 2027-01-31 or 2027-01-31T12:00:00Z.` }
  if (time <= now) return { ok: false, problem: `${text} has passed. Give a day on which it shall count again.` }
  return { ok: true, until: new Date(time).toISOString() }
}

/** The suppression that covers a finding: its own before that of its check. */
export function covering<S extends Suppressed>(list: readonly S[]): (checkId: string, key: string) => S | undefined {
  const own = new Map(list.flatMap((entry) => (entry.findingKey === null ? [] : [[entry.findingKey, entry] as const])))
  const whole = new Map(list.flatMap((entry) => (entry.findingKey === null ? [[entry.checkId, entry] as const] : [])))
  return (checkId, key) => own.get(key) ?? whole.get(checkId)
}

/** How many of a failing verdict's findings are suppressed; those that it counts and does not list only with the whole check. */
export function suppressedIn({ checkId, outcome }: CheckResult, list: readonly Suppressed[]): number {
  if (outcome.verdict !== 'fail' && outcome.verdict !== 'warn') return 0
  const own = list.filter((entry) => entry.checkId === checkId)
  if (own.length === 0) return 0
  const total = outcome.objects.length + (outcome.unlisted ?? 0)
  if (own.some(({ findingKey: key }) => key === null)) return Math.max(1, total)
  const cover = covering(own)
  if (total === 0) return Number(cover(checkId, findingKey(checkId, undefined)) !== undefined)
  return outcome.objects.filter((object) => cover(checkId, findingKey(checkId, object)) !== undefined).length
}

/** The results as if what is suppressed were not there. For counting only: which objects stay is not said. */
export function withoutSuppressed(results: readonly CheckResult[], list: readonly Suppressed[]): readonly CheckResult[] {
  return results.map((result) => without(result, suppressedIn(result, list)))
}

/** A result as if that many of its findings were not there. */
export function without(result: CheckResult, count: number): CheckResult {
  const { outcome } = result
  if (count === 0 || (outcome.verdict !== 'fail' && outcome.verdict !== 'warn')) return result
  const left = outcome.objects.length + (outcome.unlisted ?? 0) - count
  if (left <= 0) return { ...result, outcome: { verdict: 'pass', reason: outcome.reason, values: outcome.values, basis: outcome.basis } }
  const objects = outcome.objects.slice(0, left)
  return { ...result, outcome: { ...outcome, objects, unlisted: left - objects.length } }
}

export interface BothScores {
  /** The one that the tenant goes by. */
  readonly score: Score
  /** With suppressed findings counted as open, and with them left out; equal where nothing is suppressed. */
  readonly open: number | null
  readonly leftOut: number | null
}

export function bothScores(
  checks: readonly AnyCheck[],
  results: readonly CheckResult[],
  list: readonly Suppressed[],
  counting: SuppressedCounting,
): BothScores {
  return chosenScore(checks, results, list.length === 0 ? results : withoutSuppressed(results, list), counting)
}

/** The same over results from which what is suppressed has been taken already. */
export function chosenScore(
  checks: readonly AnyCheck[],
  results: readonly CheckResult[],
  rest: readonly CheckResult[],
  counting: SuppressedCounting,
): BothScores {
  const open = scoreOf(checks, results)
  const leftOut = rest === results ? open : scoreOf(checks, rest)
  return { score: counting === 'open' ? open : leftOut, open: open.value, leftOut: leftOut.value }
}
