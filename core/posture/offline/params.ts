import { z } from 'zod'
import type { Baseline } from '../baseline.ts'
import { baselineOf } from '../baselines.ts'
import { defaultBaseline } from '../baselines/default.ts'
import { contradictionIn, parametersInForce, readValue } from '../parameters/in-force.ts'
import { overrideSchema } from '../parameters/override.ts'
import { parameterOf, parameters } from '../parameters/parameters.ts'
import { declaredSchema, defaultSettings, settingsSchema, type Settings } from '../settings.ts'
import type { Suppressed } from '../suppression.ts'

const whenSchema = z.union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be a day like 2027-01-31 or a time with its offset')

/** As GET /api/exceptions lists them; only kind and objectId must be there. */
const declaredInFile = z.object({
  kind: declaredSchema.shape.kind,
  objectId: z.string(),
  reason: z.string().default(''),
  by: z.string().default(''),
  byName: z.string().default(''),
  at: z.string().optional(),
  until: whenSchema.nullable().optional(),
})

/** As GET /api/baselines lists them; only parameter and value must be there. */
const overrideInFile = overrideSchema
  .partial({ reason: true, by: true, byName: true, at: true })
  .superRefine(({ parameter: id, value }, context) => {
    const parameter = parameterOf(id)
    const read = parameter && readValue(parameter, value)
    if (!parameter) {
      const message = `there is no parameter ${id.slice(0, 60)}; known are ${parameters.map((known) => known.id).join(', ')}`
      context.addIssue({ code: 'custom', path: ['parameter'], message })
    } else if (read?.ok === false) context.addIssue({ code: 'custom', path: ['value'], message: `${id} ${read.problem}` })
  })

/** As GET /api/suppressions lists them; only checkId and until must be there. Those that ended are passed over. */
const suppressionInFile = z.object({
  checkId: z.string(),
  findingKey: z.string().nullable().default(null),
  reason: z.string().default(''),
  owner: z.string().default(''),
  byName: z.string().default(''),
  until: whenSchema,
  state: z.enum(['active', 'lifted', 'expired']).default('active'),
})

/** What a file says of its tenant beside Graph's answers. The product's own identity is a running service's. */
export const paramsSchema = settingsSchema.omit({ declared: true, overrides: true, own: true }).extend({
  baseline: z
    .string()
    .refine((id) => baselineOf(id) !== undefined, 'is no baseline; known are default, scuba and cis')
    .optional()
    .describe('Id of the tenant’s baseline; default unless given.'),
  declared: z.array(declaredInFile).default([]).describe('Exceptions declared one by one, each until its end.'),
  overrides: z
    .array(overrideInFile)
    .default([])
    .refine((list) => new Set(list.map(({ parameter }) => parameter)).size === list.length, 'names a parameter twice')
    .describe('Parameters that the tenant sets differently from its baseline.'),
  suppressions: z.array(suppressionInFile).default([]).describe('Findings, or whole checks, that stay as they are until a day.'),
})

/** A suppression of a file that is in force at the file's time. */
export interface FileSuppression extends Suppressed {
  readonly reason: string
  readonly owner: string
  readonly byName: string
  readonly until: string
}

/** What a tenant in a file goes by. */
export interface OfflineParams {
  readonly baseline: Baseline
  readonly settings: Settings
  readonly suppressed: readonly FileSuppression[]
}

export type ReadParams = { readonly ok: true; readonly params: OfflineParams } | { readonly ok: false; readonly problem: string }

/** Reads the params of a file of that time. */
export function readParams(given: unknown, asOf: string): ReadParams {
  const read = paramsSchema.safeParse(given ?? {})
  if (!read.success) return { ok: false, problem: paramsProblem(read.error) }
  const { baseline: id, declared, overrides, suppressions, ...rest } = read.data
  const baseline = baselineOf(id ?? defaultBaseline.id) ?? defaultBaseline
  const settings: Settings = {
    ...defaultSettings,
    ...rest,
    declared: declared.map(({ until, at = asOf, ...entry }) => ({
      ...entry,
      id: nobody,
      at,
      ...(until == null ? {} : { until: iso(until) }),
    })),
    overrides: overrides.map(({ parameter, value, reason = '', by = '', byName = '', at = asOf }) => ({
      parameter,
      value,
      reason,
      by,
      byName,
      at,
    })),
  }
  const contradiction = contradictionIn(parametersInForce(baseline, settings.overrides))
  if (contradiction !== undefined) return { ok: false, problem: `params.overrides is not usable: ${contradiction}` }
  const inForce = suppressions.filter(({ state, until }) => state === 'active' && Date.parse(until) > Date.parse(asOf))
  const suppressed = inForce.map(({ checkId, findingKey, reason, owner, byName, until }) => ({
    checkId,
    findingKey,
    reason,
    owner,
    byName,
    until: iso(until),
  }))
  return { ok: true, params: { baseline, settings, suppressed } }
}

/**
 * What the checks go by: the file's own baseline and values, or a baseline that is asked for, which counts with its own values alone,
 * just as in a report of the service.
 */
export function goingBy({ baseline, settings }: Pick<OfflineParams, 'baseline' | 'settings'>, asked: Baseline | undefined) {
  const isOther = asked !== undefined && (asked.id !== baseline.id || settings.overrides.length > 0)
  return isOther ? { baseline: asked, settings: { ...settings, overrides: [] }, isOther } : { baseline, settings, isOther }
}

/** Files do not number their declarations. */
const nobody = '00000000-0000-0000-0000-000000000000'

function iso(when: string): string {
  return new Date(when).toISOString()
}

function paramsProblem(error: z.ZodError): string {
  const [first] = error.issues
  return `params.${first?.path.map(String).join('.') ?? ''} is not usable: ${first?.message ?? 'unknown'}. docs/offline-input.md lists the parameters.`
}
