import { z } from 'zod'
import { areas, objectTypes, severities } from '../posture/check.ts'
import { changeKinds } from '../posture/compare.ts'
import { scanLineSchema } from './history.ts'
import { daySchema, momentSchema } from './moment.ts'
import { defineRoute } from './route.ts'

/** A scan id, or a day or moment in ISO 8601: then the last result up to its end. */
const pointSchema = z.union([z.uuid(), daySchema, momentSchema], {
  error: 'must be the id of a scan, a day such as 2026-11-20, or a moment such as 2026-11-20T08:00:00Z',
})

export const actorSchema = z.object({
  state: z.enum(['found', 'none', 'notReadable', 'notLooked']),
  /** Who or what changed it, or why that is not known, in words. */
  sentence: z.string(),
  /** Rows of the tenant's own audit log, newest first: the row's id, time, activity and actor. */
  rows: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      activity: z.string(),
      actor: z.object({ type: z.enum(['user', 'application', 'unknown']), id: z.string(), name: z.string() }),
    }),
  ),
})

const stateSchema = z.object({ verdict: z.enum(['fail', 'warn']), severity: z.enum(severities), because: z.string() })
export const objectChangeSchema = z.object({
  findingKey: z.string(),
  kind: z.enum(changeKinds),
  type: z.enum(objectTypes),
  objectId: z.string(),
  part: z.string(),
  name: z.string(),
  /** Null where the check did not name the object. */
  before: stateSchema.nullable(),
  after: stateSchema.nullable(),
  /** Rows of the facts that differ, with the properties that do. */
  facts: z.array(
    z.object({
      fact: z.string(),
      title: z.string(),
      key: z.string(),
      kind: z.enum(['added', 'removed', 'changed']),
      properties: z.array(z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
      /** Changed properties beyond those listed. */
      more: z.number().int(),
    }),
  ),
  /** Changed rows beyond those listed. */
  moreFacts: z.number().int(),
  changedBy: actorSchema,
})
export type ObjectChangeView = z.infer<typeof objectChangeSchema>

const verdictSchema = z.enum(['pass', 'fail', 'warn', 'notApplicable', 'manual', 'unknown']).nullable()
const pointsSchema = z.object({ before: z.number().nullable(), after: z.number().nullable(), change: z.number().nullable() })
export const changesSchema = z.object({
  /** Null while there are not two results to compare. */
  before: scanLineSchema.nullable(),
  after: scanLineSchema.nullable(),
  /** All of it in one sentence. */
  sentence: z.string(),
  score: pointsSchema,
  areas: z.array(pointsSchema.extend({ area: z.enum(areas), title: z.string() })),
  counts: z.object({
    new: z.number().int(),
    returned: z.number().int(),
    worse: z.number().int(),
    better: z.number().int(),
    fixed: z.number().int(),
    notComparable: z.number().int(),
  }),
  checks: z.array(
    z.object({
      checkId: z.string(),
      code: z.string(),
      title: z.string(),
      severity: z.enum(severities),
      area: z.enum(areas),
      areaTitle: z.string(),
      before: verdictSchema,
      after: verdictSchema,
      /** Why the two cannot be compared, in words; null where they can. */
      notComparable: z.string().nullable(),
      objects: z.array(objectChangeSchema),
      /** Changed objects beyond those listed, and those that a long list only counts. */
      moreObjects: z.number().int(),
    }),
  ),
})
export type Changes = z.infer<typeof changesSchema>

export const getChanges = defineRoute({
  id: 'get-changes',
  method: 'GET',
  path: '/api/changes',
  summary: 'What changed between two scans: new, fixed, worse, better and returned, with what changed in the tenant and who changed it',
  capability: 'viewFindings',
  effect: 'none',
  query: z.object({ from: pointSchema.optional(), to: pointSchema.optional() }),
  answer: changesSchema,
})
