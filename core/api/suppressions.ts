import { z } from 'zod'
import { suppressedCountings } from '../posture/suppression.ts'
import { defineRoute } from './route.ts'

const reasonSchema = z.string().trim().min(3, 'must say why, in 3 letters or more').max(500, 'must be at most 500 letters')

/** Somebody's word that a finding, or all that a check finds, stays as it is for a while. */
export const suppressionSchema = z.object({
  id: z.uuid(),
  checkId: z.string(),
  code: z.string(),
  title: z.string(),
  /** Null for the whole check. */
  findingKey: z.string().nullable(),
  /** Name of the object at the time; null for the whole check. */
  objectName: z.string().nullable(),
  reason: z.string(),
  /** Who answers for it. */
  owner: z.string(),
  by: z.string(),
  byName: z.string(),
  at: z.string(),
  /** ISO time from which it counts again. */
  until: z.string(),
  state: z.enum(['active', 'lifted', 'expired']),
  endedAt: z.string().nullable(),
  /** Who lifted it and why; null unless it was lifted. */
  endedByName: z.string().nullable(),
  endedBecause: z.string().nullable(),
  /** Findings that it covers now; none where what it was about has gone meanwhile. In lists only. */
  covers: z.number().int().optional(),
  /** What the check says now; null where nothing has been judged. In lists only. */
  verdict: z.enum(['pass', 'fail', 'warn', 'notApplicable', 'manual', 'unknown']).nullable().optional(),
})
export type ShownSuppression = z.infer<typeof suppressionSchema>

export const listSuppressions = defineRoute({
  id: 'list-suppressions',
  method: 'GET',
  path: '/api/suppressions',
  summary: 'What is suppressed, by whom, why and until when; on request what was',
  capability: 'viewFindings',
  effect: 'none',
  query: z.object({
    check: z
      .string()
      .regex(/^[a-z0-9-]{1,60}$/, 'must be the id of a check, such as app-secret-expired')
      .optional(),
    state: z.enum(['active', 'ended'], 'must be active or ended').default('active'),
  }),
  answer: z.object({
    /** The newest 1,000. */
    suppressions: z.array(suppressionSchema),
    /** Suppressions in this state, shown or not. */
    total: z.number().int(),
    /** Findings that are suppressed now. */
    findings: z.number().int(),
    inScore: z.enum(suppressedCountings),
    /** The shown score with suppressed findings counted as open, and with them left out; null where nothing was judged. */
    scores: z.object({ open: z.number().nullable(), leftOut: z.number().nullable() }).nullable(),
    maySuppress: z.boolean(),
    mayChooseCounting: z.boolean(),
  }),
})

export const suppressFinding = defineRoute({
  id: 'suppress-finding',
  method: 'POST',
  path: '/api/suppressions',
  summary: 'Let a finding, or all that a check finds, stay as it is until a day at most 365 days away',
  capability: 'suppress',
  effect: 'changes',
  body: z
    .object({
      checkId: z.string().regex(/^[a-z0-9-]{1,60}$/, 'must be the id of a check, such as app-secret-expired'),
      /** Key of one finding; without it the whole check. */
      findingKey: z.string().min(1).max(500).optional(),
      reason: reasonSchema,
      /** Who answers for it; the person who asks unless given. */
      owner: z.string().trim().min(1, 'must name a person').max(200, 'must be at most 200 letters').optional(),
      /** A day, or a moment with its offset. */
      until: z.string().max(40),
    })
    .strict(),
  answer: suppressionSchema,
})

export const liftSuppression = defineRoute({
  id: 'lift-suppression',
  method: 'POST',
  path: '/api/suppressions/:suppressionId/lift',
  summary: 'End a suppression before its day: what it covered returns at once',
  capability: 'suppress',
  effect: 'changes',
  params: z.object({ suppressionId: z.uuid('must be the id of a suppression') }),
  body: z.object({ reason: reasonSchema }).strict(),
  answer: suppressionSchema,
})

export const chooseSuppressedCounting = defineRoute({
  id: 'choose-suppressed-counting',
  method: 'PUT',
  path: '/api/suppressions/counting',
  summary: 'Count suppressed findings in the score as open, or leave them out',
  capability: 'declare',
  effect: 'changes',
  body: z.object({ inScore: z.enum(suppressedCountings, 'must be open or leftOut') }).strict(),
  answer: z.object({ inScore: z.enum(suppressedCountings) }),
})
