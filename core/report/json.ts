import { z } from 'zod'
import { areaTitles } from '../posture/areas.ts'
import { areas, objectTypes, severities } from '../posture/check.ts'
import { unreadReasons } from '../posture/fact.ts'
import { findingKey } from '../posture/finding.ts'
import { declaredKinds } from '../posture/settings.ts'
import { objectsOf, whole, type OutcomeSource } from './objects.ts'
import { suppressionOf, type CheckSummary, type Outcome, type Report } from './report.ts'

export const reportFormat = 'countersign-report/1'

const verdicts = ['pass', 'fail', 'warn', 'notApplicable', 'manual', 'unknown'] as const
const countSchema = z.number().int().nonnegative()
const scoreSchema = z.number().min(0).max(100).nullable()
const valuesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

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
  why: z.string(),
  remediation: z.array(z.string()),
  portal: z.string(),
  frameworks: z.record(z.string(), z.array(z.string())),
  basis: z.array(z.string()),
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
  baseline: z.strictObject({ id: z.string(), title: z.string(), parameters: z.record(z.string(), z.unknown()) }),
  judgedAgain: z.boolean().describe('Whether the facts were judged anew for this report, with another baseline than the tenant’s.'),
  score: z.strictObject({
    value: scoreSchema,
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
    }),
  ),
  suppressed: z.array(
    z.strictObject({
      checkId: z.string(),
      findingKey: z.string().nullable(),
      reason: z.string(),
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
    baseline: { id: baseline.id, title: baseline.title, parameters: { ...baseline.parameters } },
    judgedAgain,
    score: {
      value: score.value,
      areas: areas.map((area) => ({ area, title: areaTitles[area], score: score.areas[area] })),
      checks: score.checks,
      gains: score.gains,
    },
    counts: { ...counts, verdicts: { ...counts.verdicts }, failing: { ...counts.failing } },
    unread: unread.map(({ checks, ...fact }) => ({ ...fact, checks: [...checks] })),
    declared: [...declaredIn(report)],
    suppressed: suppressed.map(({ checkId, findingKey: key, reason, byName, until }) => ({
      checkId,
      findingKey: key,
      reason,
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
export function declaredIn({ settings }: Report): readonly Head['declared'][number][] {
  const { declared, exclusions, permanentRoleAssignmentAllowed: holders } = settings
  const known = new Set(declared.map(({ kind, objectId }) => `${kind} ${objectId}`))
  const plain = (kind: Head['declared'][number]['kind'], ids: readonly string[]): Head['declared'] =>
    ids.flatMap((objectId) => (known.has(`${kind} ${objectId}`) ? [] : [{ kind, objectId, reason: '', byName: '', at: null }]))
  return [
    ...declared.map(({ kind, objectId, reason, byName, at }) => ({ kind, objectId, reason, byName, at })),
    ...plain('user', exclusions.users),
    ...plain('group', exclusions.groups),
    ...plain('application', exclusions.applications),
    ...plain('guestUserType', exclusions.guestUserTypes),
    ...plain('roleHolder', [...holders.users, ...holders.groups]),
  ]
}

function checkOf(
  { check, severity, title, reason, listed, unlisted, suppressed }: CheckSummary,
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
    why: check.why,
    remediation: [...check.remediation],
    portal: check.portal,
    frameworks: Object.fromEntries(Object.entries(check.frameworks).map(([framework, ids]) => [framework, [...ids]])),
    basis: 'basis' in outcome ? [...outcome.basis] : [],
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

/** Text of docs/report.schema.json. */
export function reportSchemaText(): string {
  const schema = z.toJSONSchema(reportSchema, { io: 'output', target: 'draft-2020-12' })
  return `${JSON.stringify({ $id: 'https://countersign.invalid/report.schema.json', title: reportFormat, ...schema }, null, 2)}\n`
}
