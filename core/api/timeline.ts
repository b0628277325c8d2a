import { z } from 'zod'
import { areas, severities } from '../posture/check.ts'
import { momentSchema } from './moment.ts'
import { defineRoute } from './route.ts'

export const timelineKinds = ['opened', 'returned', 'closed', 'changed', 'suppressed', 'unsuppressed', 'receipt'] as const

/** One thing that happened: to the objects of a check at one moment, or a countersigned change. */
export const timelineEntrySchema = z.object({
  at: z.string(),
  kind: z.enum(timelineKinds),
  title: z.string(),
  checkId: z.string().nullable(),
  code: z.string(),
  area: z.enum(areas).nullable(),
  severity: z.enum(severities).nullable(),
  /** Objects to which it happened, and the names of the first three. */
  objects: z.number().int(),
  names: z.array(z.string()),
  receipt: z.object({ proposalId: z.string(), number: z.number().int() }).nullable(),
  /** Who or what did it, in words; null where that is not known. */
  by: z.string().nullable(),
})
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

export const getTimeline = defineRoute({
  id: 'get-timeline',
  method: 'GET',
  path: '/api/timeline',
  summary: 'What happened to findings and what was countersigned, newest first',
  capability: 'viewFindings',
  effect: 'none',
  query: z.object({
    /** ISO time: only what happened before it. */
    before: momentSchema.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(60),
  }),
  answer: z.object({
    entries: z.array(timelineEntrySchema),
    /** `before` of the next page; null at the end of what is kept. */
    next: z.string().nullable(),
  }),
})
