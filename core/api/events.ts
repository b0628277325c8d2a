import { z } from 'zod'
import { eventKinds } from '../events.ts'
import { defineRoute } from './route.ts'

export const eventSchema = z.object({ seq: z.number().int(), kind: z.enum(eventKinds), subjectId: z.string(), at: z.string() })
/**
 * Answers Server-Sent Events when the Accept header asks for text/event-stream, else one page for polling. Without a cursor it begins at the
 * newest event, of which it tells nothing but the place.
 */
export const listEvents = defineRoute({
  id: 'list-events',
  method: 'GET',
  path: '/api/events',
  summary: 'What changed after a cursor',
  capability: 'viewPosture',
  effect: 'none',
  query: z.object({ after: z.coerce.number().int().min(0).optional() }),
  answer: z.object({ events: z.array(eventSchema), cursor: z.number().int() }),
})
