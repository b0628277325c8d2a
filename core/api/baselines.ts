import { z } from 'zod'
import { severities } from '../posture/check.ts'
import { overrideSchema } from '../posture/parameters/override.ts'
import { defineRoute } from './route.ts'

const reasonSchema = z.string().trim().min(3, 'must say why, in 3 letters or more').max(500, 'must be at most 500 letters')
const valueSchema = z.union([z.number(), z.boolean(), z.array(z.string().max(100)).max(20)], 'must be a number, true or false, or a list')

/** One parameter: what it asks for, by how much, and whose value that is. */
export const parameterSchema = z.object({
  id: z.string(),
  title: z.string(),
  meaning: z.string(),
  kind: z.enum(['number', 'yesNo', 'choices']),
  unit: z.string().nullable(),
  /** Limits of a number; null for other kinds. */
  least: z.number().nullable(),
  most: z.number().nullable(),
  choices: z.array(z.object({ id: z.string(), title: z.string() })),
  limits: z.string(),
  /** In force, and the chosen baseline's own; both in words too. */
  value: valueSchema,
  valueText: z.string(),
  baselineValue: valueSchema,
  baselineText: z.string(),
  compared: z.enum(['same', 'stricter', 'looser', 'different']),
  override: overrideSchema.nullable(),
  checks: z.array(z.object({ id: z.string(), code: z.string(), title: z.string() })),
})
export type ShownParameter = z.infer<typeof parameterSchema>

export const baselinePolicySchema = z.object({
  policy: z.string(),
  standing: z.enum(['met', 'notMet', 'partly', 'cannotTell', 'notApplicable']),
  verdict: z.enum(['pass', 'fail', 'warn', 'notApplicable', 'manual', 'unknown']),
  severity: z.enum(severities),
  /** A sentence for a person. */
  reason: z.string(),
  checks: z.array(z.object({ id: z.string(), code: z.string(), title: z.string() })),
  /** Ids of parameters on whose own values this rests. */
  ownValues: z.array(z.string()),
})

export const baselineChangeSchema = z.object({
  at: z.string(),
  by: z.string(),
  byName: z.string(),
  what: z.enum(['chosen', 'set', 'withdrawn']),
  /** What was done, in words. */
  sentence: z.string(),
  baselineId: z.string(),
  parameter: z.string().nullable(),
  reason: z.string().nullable(),
})

export const baselinesSchema = z.object({
  chosen: z.object({
    id: z.string(),
    title: z.string(),
    /** Null where nobody has chosen. */
    choice: baselineChangeSchema.nullable(),
  }),
  baselines: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      policies: z.number().int(),
      /** Values in words, by parameter. */
      values: z.record(z.string(), z.string()),
    }),
  ),
  parameters: z.array(parameterSchema),
  /** Own values as a file of countersign evaluate takes them. */
  overrides: z.array(overrideSchema),
  /** What the shown judgement went by; null before the first one. `isCurrent`: by what is in force now. */
  judged: z.object({ scanId: z.string(), at: z.string(), isCurrent: z.boolean() }).nullable(),
  /** Verdicts of the chosen baseline's policies; empty where it has none, or nothing has been judged by it. */
  policies: z.array(baselinePolicySchema),
  /** The newest 100 changes. */
  history: z.array(baselineChangeSchema),
  mayDeclare: z.boolean(),
})
export type BaselinesView = z.infer<typeof baselinesSchema>

export const getBaselines = defineRoute({
  id: 'get-baselines',
  method: 'GET',
  path: '/api/baselines',
  summary: 'The tenant’s baseline, its parameters with own values beside the baseline’s, and the verdict of each policy',
  capability: 'viewFindings',
  effect: 'none',
  answer: baselinesSchema,
})

export const chooseBaseline = defineRoute({
  id: 'choose-baseline',
  method: 'PUT',
  path: '/api/baselines/chosen',
  summary: 'Choose the baseline that the tenant is judged by; the stored facts are judged again at once',
  capability: 'declare',
  effect: 'changes',
  body: z.object({ baseline: z.string().max(40), reason: reasonSchema }).strict(),
  answer: baselinesSchema,
})

const parameterParams = z.object({
  parameter: z.string().regex(/^[a-zA-Z]{1,60}$/, 'must be the id of a parameter, such as inactiveDays'),
})

export const setParameter = defineRoute({
  id: 'set-parameter',
  method: 'PUT',
  path: '/api/baselines/parameters/:parameter',
  summary: 'Set a parameter differently from the baseline, with the reason; the stored facts are judged again at once',
  capability: 'declare',
  effect: 'changes',
  params: parameterParams,
  body: z.object({ value: valueSchema, reason: reasonSchema }).strict(),
  answer: baselinesSchema,
})

export const withdrawParameter = defineRoute({
  id: 'withdraw-parameter',
  method: 'POST',
  path: '/api/baselines/parameters/:parameter/withdraw',
  summary: 'Go back to the baseline’s value of a parameter; the stored facts are judged again at once',
  capability: 'declare',
  effect: 'changes',
  params: parameterParams,
  /** Whoever goes back to what the baseline asks for need not say why; what is said is kept. */
  body: z.object({ reason: reasonSchema.optional() }).strict(),
  answer: baselinesSchema,
})
