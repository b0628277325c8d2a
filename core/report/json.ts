import type { z } from 'zod'
import { areaTitles } from '../posture/areas.ts'
import { areas } from '../posture/check.ts'
import { findingKey } from '../posture/finding.ts'
import { detailOf } from '../posture/near-miss.ts'
import type { OwnValue } from '../posture/parameters/parameter.ts'
import { stands } from '../posture/settings.ts'
import { reportFormat, type ownValueSchema, type reportCheckSchema, type ReportDocument } from './json-schema.ts'
import { objectsOf, whole, type OutcomeSource } from './objects.ts'
import { suppressionOf, type CheckSummary, type Outcome, type Report } from './report.ts'

type Head = Omit<ReportDocument, 'checks'>
type ReportedCheck = z.infer<typeof reportCheckSchema>

/** The document in pieces, one check at a time. The same scan gives the same bytes. */
export async function* jsonPieces(report: Report, outcomeOf: OutcomeSource): AsyncGenerator<string> {
  const head = JSON.stringify(headOf(report), null, 1)
  yield `${head.slice(0, -2)},\n "checks": [`
  let separator = '\n'
  for (const summary of report.checks) {
    yield `${separator}${JSON.stringify(checkOf(summary, await whole(outcomeOf, summary), report))}`
    separator = ',\n'
  }
  yield '\n ]\n}\n'
}

function headOf(report: Report): Head {
  const { tenant, scan, asOf, baseline, judgedAgain, score, counts, unread, suppressed, policies } = report
  const reasons = new Map(report.checks.map(({ check, reason }) => [check.id, reason]))
  return {
    format: reportFormat,
    tenant: { id: tenant.id, displayName: tenant.displayName, domain: tenant.domain },
    scan: {
      id: scan.id,
      kind: scan.kind,
      startedBy: scan.startedBy,
      startedAt: scan.startedAt,
      finishedAt: scan.finishedAt,
      factsAsOf: scan.factsAsOf,
    },
    asOf,
    baseline: {
      id: baseline.id,
      title: baseline.title,
      parameters: { ...report.parameters },
      baselineParameters: { ...baseline.parameters },
      ownValues: report.ownValues.map(({ title, compared, byName, at, ...own }) => ({ ...shownOwn(own), title, compared, byName, at })),
      asOfScan: report.isAsOfScan,
    },
    judgedAgain,
    score: {
      value: score.value,
      suppressedAre: report.scores.counting,
      suppressedOpen: report.scores.open,
      suppressedLeftOut: report.scores.leftOut,
      areas: areas.map((area) => ({ area, title: areaTitles[area], score: score.areas[area] })),
      checks: score.checks,
      gains: score.gains,
    },
    counts: { ...counts, verdicts: { ...counts.verdicts }, failing: { ...counts.failing } },
    unread: unread.map(({ checks, ...fact }) => ({ ...fact, checks: [...checks] })),
    declared: [...declaredIn(report)],
    suppressed: suppressed.map(({ checkId, findingKey: key, reason, owner, byName, until }) => ({
      checkId,
      findingKey: key,
      reason,
      owner,
      byName,
      until,
    })),
    policies: policies.map(({ baseline: { id, title }, isExact, verdicts: answers }) => ({
      baseline: id,
      title,
      exact: isExact,
      verdicts: Object.fromEntries(
        Object.entries(answers).map(([policy, { verdict, reason, decidedBy, checks }]) => [
          policy,
          { verdict, reason: reasons.get(decidedBy) ?? reason, reasonId: reason, decidedBy, checks: [...checks] },
        ]),
      ),
    })),
  }
}

/** Everything that somebody declared as wanted; what has no reason was declared before reasons were asked for, or in a file. */
export function declaredIn({ settings, asOf }: Report): readonly Head['declared'][number][] {
  const { declared, exclusions, permanentRoleAssignmentAllowed: holders } = settings
  const known = new Set(declared.map(({ kind, objectId }) => `${kind} ${objectId}`))
  const plain = (kind: Head['declared'][number]['kind'], ids: readonly string[]): Head['declared'] =>
    ids.flatMap((objectId) =>
      known.has(`${kind} ${objectId}`) ? [] : [{ kind, objectId, reason: '', byName: '', at: null, until: null, counts: true }],
    )
  return [
    ...declared.map((entry) => {
      const { kind, objectId, reason, byName, at, until = null } = entry
      return { kind, objectId, reason, byName, at, until, counts: stands(entry, Date.parse(asOf)) }
    }),
    ...plain('user', exclusions.users),
    ...plain('group', exclusions.groups),
    ...plain('application', exclusions.applications),
    ...plain('guestUserType', exclusions.guestUserTypes),
    ...plain('roleHolder', [...holders.users, ...holders.groups]),
    ...plain('serviceAccount', settings.serviceAccounts),
  ]
}

function checkOf(
  { check, severity, title, reason, nearMiss, listed, unlisted, suppressed, ownValues }: CheckSummary,
  outcome: Outcome,
  report: Report,
): ReportedCheck {
  const isSuppressed = suppressionOf(report.suppressed)
  return {
    id: check.id,
    code: check.code,
    area: check.area,
    areaTitle: areaTitles[check.area],
    verdict: outcome.verdict,
    severity,
    title,
    reason,
    reasonId: outcome.reason,
    values: outcome.verdict === 'unknown' ? {} : { ...outcome.values },
    unread:
      outcome.verdict === 'unknown'
        ? { fact: outcome.fact, title: report.unread.find(({ fact }) => fact === outcome.fact)?.title ?? '', detail: outcome.detail }
        : null,
    nearMiss: nearMissOf(outcome, nearMiss),
    why: check.why,
    remediation: [...check.remediation],
    portal: check.portal,
    frameworks: Object.fromEntries(Object.entries(check.frameworks).map(([framework, ids]) => [framework, [...ids]])),
    basis: 'basis' in outcome ? [...outcome.basis] : [],
    ownValues: ownValues.map(shownOwn),
    affected: { listed, unlisted, suppressed },
    objects: objectsOf(check, outcome).map(({ object, sentence }) => ({
      key: findingKey(check.id, object),
      type: object.type,
      id: object.id,
      name: object.name,
      part: object.part ?? '',
      severity: object.severity ?? severity,
      reason: sentence,
      values: { ...object.values },
      basis: [...object.basis],
      suppressed: isSuppressed(check.id, object) !== undefined,
    })),
  }
}

function shownOwn({ parameter, value, baselineValue, reason }: OwnValue): z.infer<typeof ownValueSchema> {
  const shown = (given: OwnValue['value']) => (typeof given === 'number' || typeof given === 'boolean' ? given : [...given])
  return { parameter, value: shown(value), baselineValue: shown(baselineValue), reason }
}

function nearMissOf(outcome: Outcome, sentence: string): ReportedCheck['nearMiss'] {
  if ((outcome.verdict !== 'fail' && outcome.verdict !== 'warn') || !outcome.nearMiss) return null
  const { policyId, policyName, undeclared, passesOnceDeclared } = outcome.nearMiss
  return {
    sentence,
    policyId,
    policyName,
    undeclared: undeclared.map((object) => ({ kind: object.kind, id: object.id, name: object.name, detail: detailOf(object) })),
    passesOnceDeclared: passesOnceDeclared ?? null,
  }
}
