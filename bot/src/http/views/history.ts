import { z } from 'zod'
import type { JudgementView, ScanLineView, Trend } from '@countersign/core/api/history.ts'
import { areaTitles, byArea } from '@countersign/core/posture/areas.ts'
import { areas, type AnyCheck, type Area, type CheckResult } from '@countersign/core/posture/check.ts'
import { checkOf, checks } from '@countersign/core/posture/checks.ts'
import { explain } from '@countersign/core/posture/explain.ts'
import { scoreOf } from '@countersign/core/posture/score.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import type { JudgedAgain } from '../../engine/judge-again.ts'
import type { ScanLine, TrendPoint } from '../../store/history.ts'
import { severityOf } from './results.ts'

const lineMessages = {
  underWay: 'Under way, started by {name}.',
  scan: 'A scan by {name}.',
  scheduled: 'A scan by the clock, in the name of {name}.',
  judge: 'Nothing was read: what had been read by {asOf, date, minute} was judged again as of this day.',
  failed: 'A scan by {name} that could not be completed. {problem}',
  stopped: 'A scan by {name} that was stopped; it counts for nothing.',
  pruned: 'Only the score of this day is kept.',
} as const

/** One scan or judgement of a list. */
export function scanLineView(scan: ScanLine, locale: string): ScanLineView {
  const { id, kind, state, scheduled, startedAt, finishedAt, factsAsOf, score } = scan
  const values = { name: scan.startedByName, asOf: factsAsOf ?? startedAt, problem: scan.problem ?? '' }
  return {
    id,
    kind,
    state,
    scheduled,
    startedBy: scan.startedByName,
    startedAt,
    finishedAt,
    factsAsOf,
    score,
    kept: state === 'finished' && scan.prunedAt === null,
    sentence: renderMessage(lineMessages[lineOf(scan)], values, locale).trim(),
  }
}

function lineOf({ kind, state, scheduled, prunedAt }: ScanLine): keyof typeof lineMessages {
  if (prunedAt !== null) return 'pruned'
  if (state === 'failed' || state === 'stopped') return state
  if (state !== 'finished') return 'underWay'
  if (kind === 'judge') return 'judge'
  return scheduled ? 'scheduled' : 'scan'
}

// The score as it was stored then, by whatever version: areas of today that it does not know were not judged.
const storedScoreSchema = z.object({ areas: z.record(z.string(), z.number().nullable()).default({}) })

export function trendView(points: readonly TrendPoint[]): Trend {
  return {
    points: points.map(({ scanId, at, kind, value, detail }) => {
      const stored = storedScoreSchema.safeParse(detail)
      const of = (area: Area): number | null => (stored.success ? (stored.data.areas[area] ?? null) : null)
      return { scanId, at, kind, score: value, areas: byArea(of) }
    }),
    areas: areas.map((area) => ({ area, title: areaTitles[area] })),
  }
}

const judgementMessage =
  'The facts of {at, date, minute}, judged with the {count, plural, one {# check} other {# checks}} and the settings of today. {fresh, plural, =0 {All of them existed then.} one {# of them did not exist then.} other {# of them did not exist then.}} Nothing of this is stored.'

/** An earlier snapshot as today's checks see it, beside what was said then. */
export function judgementView({ scan, now, then }: Extract<JudgedAgain, { kind: 'judged' }>, locale: string): JudgementView {
  const before = new Map(then.map(({ checkId, outcome }) => [checkId, outcome]))
  const judged = now.flatMap((result) => {
    const check = checkOf(result.checkId)
    return check ? [{ check, result }] : []
  })
  const [scoreThen, scoreNow] = [scoreOf(checks, then), scoreOf(checks, now)]
  const fresh = judged.filter(({ check }) => !before.has(check.id)).map(({ check }) => check.id)
  const values = { at: scan.factsAsOf ?? scan.startedAt, count: judged.length, fresh: fresh.length }
  return {
    scan: scanLineView({ ...scan, score: scoreThen.value }, locale),
    sentence: renderMessage(judgementMessage, values, locale),
    score: { then: scoreThen.value, now: scoreNow.value },
    areas: areas.map((area) => ({ area, title: areaTitles[area], then: scoreThen.areas[area], now: scoreNow.areas[area] })),
    checks: judged.map(({ check, result }) => checkLine(check, result, before.get(check.id)?.verdict ?? null, locale)),
    newChecks: fresh,
    goneChecks: then.map(({ checkId }) => checkId).filter((id) => !checkOf(id)),
  }
}

function checkLine(
  check: AnyCheck,
  result: CheckResult,
  verdictThen: JudgementView['checks'][number]['verdictThen'],
  locale: string,
): JudgementView['checks'][number] {
  const { outcome } = result
  const { title, reason } = explain(check, outcome, locale)
  const hasObjects = outcome.verdict === 'fail' || outcome.verdict === 'warn'
  return {
    checkId: check.id,
    code: check.code,
    title,
    severity: severityOf({ check, result }),
    area: check.area,
    areaTitle: areaTitles[check.area],
    verdict: outcome.verdict,
    verdictThen,
    reason,
    objects: hasObjects ? outcome.objects.length + (outcome.unlisted ?? 0) : 0,
  }
}
