import { z } from 'zod'
import { areas, nearMissKinds, objectTypes, severities } from '../posture/check.ts'
import { unreadReasons } from '../posture/fact.ts'
import { declaredKinds } from '../posture/settings.ts'
import { suppressedCountings } from '../posture/suppression.ts'

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

export const ownValueSchema = z.strictObject({
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

/** Text of docs/report.schema.json. */
export function reportSchemaText(): string {
  const schema = z.toJSONSchema(reportSchema, { io: 'output', target: 'draft-2020-12' })
  return `${JSON.stringify({ $id: 'https://countersign.invalid/report.schema.json', title: reportFormat, ...schema }, null, 2)}\n`
}
