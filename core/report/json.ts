import { z } from 'zod'
import { areaTitles } from '../posture/areas.ts'
import { areas, nearMissKinds, objectTypes, severities } from '../posture/check.ts'
import { unreadReasons } from '../posture/fact.ts'
import { findingKey } from '../posture/finding.ts'
import { detailOf } from '../posture/near-miss.ts'
import { declaredKinds, stands } from '../posture/settings.ts'
import { suppressedCountings } from '../posture/suppression.ts'
import type { OwnValue } from '../posture/parameters/parameter.ts'
import { objectsOf, whole, type OutcomeSource } from './objects.ts'
import { suppressionOf, type CheckSummary, type Outcome, type Report } from './report.ts'

export const reportFormat = 'countersign-report/1'

const verdicts = ['pass', 'fail', 'warn', 'notApplicable', 'manual', 'unknown'] as const
const countSchema = z.number().int().nonnegative()
const scoreSchema = z.number().min(0).max(100).nullable()
const valuesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

const parameterValueSchema = z.union([z.number(), z.boolean(), z.array(z.string())])

const objectSchema = z.strictObject({
  key: z.string().describe('Key of the finding, the same in every report: check, object and part.'),
  type: z.enum(objectTypes),
  id: z.string().describe('Object id in Microsoft Graph.'),
  name: z.string().describe('As the tenant has it: not safe to show as markup.'),
  part: z.string().describe('A part of the object, for example the key id of a secret; empty for the whole object.'),
  severity: z.enum(severities),
  reason: z.string(),
  values: valuesSchema,
  basis: z.array(z.string()).describe('What it rests on: fact and row, as <fact>/<key of the row>.'),
  suppressed: z.boolean(),
})

const ownValueSchema = z.strictObject({
  parameter: z.string(),
  value: parameterValueSchema,
  baselineValue: parameterValueSchema,
  reason: z.string(),
})

export const reportCheckSchema = z.strictObject({
  id: z.string(),
  code: z.string(),
  area: z.enum(areas),
  areaTitle: z.string(),
  verdict: z.enum(verdicts),
  severity: z.enum(severities),
  title: z.string(),
  reason: z.string().describe('A sentence for a person.'),
  reasonId: z.string().describe('The same for a machine.'),
  values: valuesSchema,
  unread: z
    .strictObject({ fact: z.string(), title: z.string(), detail: z.string() })
    .nullable()
    .describe('What was not read, where the verdict is unknown.'),
  nearMiss: z
    .strictObject({
      sentence: z.string(),
      policyId: z.string(),
      policyName: z.string(),
      undeclared: z.array(z.strictObject({ kind: z.enum(nearMissKinds), id: z.string(), name: z.string(), detail: z.string() })),
      passesOnceDeclared: z.boolean().nullable().describe('Whether the check passes with all of them declared and nothing else changed.'),
    })
    .nullable()
    .describe('The policy that comes nearest to what the check asks for, and the least that would make the check pass.'),
  why: z.string(),
  remediation: z.array(z.string()),
  portal: z.string(),
  frameworks: z.record(z.string(), z.array(z.string())),
  basis: z.array(z.string()),
  ownValues: z.array(ownValueSchema).describe('Parameters on whose own values the verdict rests, with the baseline’s beside them.'),
  affected: z.strictObject({ listed: countSchema, unlisted: countSchema, suppressed: countSchema }),
  objects: z.array(objectSchema).describe('A failing check without objects is about the tenant.'),
})

const policySchema = z.strictObject({
  verdict: z.enum(verdicts),
  reason: z.string(),
  reasonId: z.string(),
  decidedBy: z.string().describe('Id of the check that decided.'),
  checks: z.array(z.string()),
})

export const reportSchema = z.strictObject({
  format: z.literal(reportFormat),
  tenant: z.strictObject({ id: z.string(), displayName: z.string(), domain: z.string() }),
  scan: z.strictObject({
    id: z.string(),
    kind: z.enum(['scan', 'judge', 'file']),
    startedBy: z.string(),
    startedAt: z.string(),
    finishedAt: z.string(),
    factsAsOf: z.string(),
  }),
  asOf: z.string().describe('The time that the checks took for now.'),
  baseline: z.strictObject({
    id: z.string(),
    title: z.string(),
    parameters: z
      .record(z.string(), z.unknown())
      .describe('What the checks went by: the baseline’s, and the tenant’s own values in their place.'),
    baselineParameters: z.record(z.string(), z.unknown()).describe('The baseline’s own.'),
    ownValues: z.array(
      ownValueSchema.extend({
        title: z.string(),
        compared: z.enum(['same', 'stricter', 'looser', 'different']),
        byName: z.string(),
        at: z.string(),
      }),
    ),
    asOfScan: z
      .boolean()
      .describe(
        'Whether baseline and declarations are those that the scan went by; false where none were kept then, and they are today’s.',
      ),
  }),
  judgedAgain: z
    .boolean()
    .describe('Whether the facts were judged anew for this report, with another baseline than the tenant’s or without its own values.'),
  score: z.strictObject({
    value: scoreSchema.describe('With suppressed findings counted as the tenant chose.'),
    suppressedAre: z.enum(suppressedCountings),
    suppressedOpen: scoreSchema.describe('With suppressed findings counted as open.'),
    suppressedLeftOut: scoreSchema.describe('As if suppressed findings were not there.'),
    areas: z.array(z.strictObject({ area: z.enum(areas), title: z.string(), score: scoreSchema })),
    checks: z.strictObject({ read: countSchema, of: countSchema }),
    gains: z.record(z.string(), z.number()).describe('Points that mending a check adds, by its id.'),
  }),
  counts: z.strictObject({
    verdicts: z.record(z.enum(verdicts), countSchema),
    failing: z.record(z.enum(severities), countSchema),
    objects: countSchema,
    unlisted: countSchema,
    suppressed: countSchema,
  }),
  unread: z.array(
    z.strictObject({
      fact: z.string(),
      title: z.string(),
      reason: z.enum(unreadReasons),
      detail: z.string(),
      checks: z.array(z.string()),
    }),
  ),
  declared: z.array(
    z.strictObject({
      kind: z.enum([...declaredKinds, 'guestUserType', 'roleHolder']),
      objectId: z.string(),
      reason: z.string(),
      byName: z.string(),
      at: z.string().nullable(),
      until: z.string().nullable().describe('From then on it counts no more; null where it stands until it is withdrawn.'),
      counts: z.boolean().describe('Whether it counted at the time of the judgement.'),
    }),
  ),
  suppressed: z.array(
    z.strictObject({
      checkId: z.string(),
      findingKey: z.string().nullable(),
      reason: z.string(),
      owner: z.string().describe('Who answers for it.'),
      byName: z.string(),
      until: z.string().nullable(),
    }),
  ),
  policies: z.array(
    z.strictObject({
      baseline: z.string(),
      title: z.string(),
      exact: z.boolean().describe('Whether the checks were judged with this baseline’s parameters.'),
      verdicts: z.record(z.string(), policySchema),
    }),
  ),
  checks: z.array(reportCheckSchema),
})
export type ReportDocument = z.infer<typeof reportSchema>
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

/** Text of docs/report.schema.json. */
export function reportSchemaText(): string {
  const schema = z.toJSONSchema(reportSchema, { io: 'output', target: 'draft-2020-12' })
  return `${JSON.stringify({ $id: 'https://countersign.invalid/report.schema.json', title: reportFormat, ...schema }, null, 2)}\n`
}
