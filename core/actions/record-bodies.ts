import { z } from 'zod'
import { echoReasons, echoStates } from './echo.ts'

/** Bodies of journal records, as far as a reader of receipts needs them. */
const personSchema = z.object({ objectId: z.string(), name: z.string() })
export const proposedBody = z.object({ terms: z.record(z.string(), z.unknown()), hash: z.string(), by: personSchema, aid: z.string() })
export const offeredBody = z.object({ offerId: z.string(), person: z.string(), proposalHash: z.string(), bytesDigest: z.string() })
export const confirmedBody = z.object({
  offerId: z.string(),
  by: personSchema,
  words: z.string(),
  how: z.string(),
  proposalHash: z.string(),
  bytesDigest: z.string(),
})
export const sendingBody = z.object({
  stepIndex: z.number(),
  proposalHash: z.string(),
  request: z.object({ method: z.string(), path: z.string(), body: z.unknown() }),
  requestHash: z.string(),
  clientRequestId: z.string(),
  userAgent: z.string(),
})
export const answeredBody = z.object({
  stepIndex: z.number(),
  outcome: z.object({
    kind: z.string(),
    status: z.number().optional(),
    requestId: z.string().optional(),
    why: z.string().optional(),
    code: z.string().optional(),
    message: z.string().optional(),
  }),
})
export const readBackBody = z.object({
  stepIndex: z.number(),
  path: z.string(),
  met: z.enum(['met', 'notMet', 'unclear']),
  answer: z.unknown().optional(),
})
export const settledBody = z.object({ by: personSchema, as: z.enum(['done', 'notDone']), because: z.string() })
export const endedBody = z.object({ state: z.string(), reason: z.string().nullable(), by: z.string().nullable() })
const keptRow = z.object({
  id: z.string(),
  activityDateTime: z.string(),
  activityDisplayName: z.string(),
  correlationId: z.string().nullable(),
  result: z.string(),
  initiatedByUserId: z.string().nullable(),
  initiatedByUpn: z.string().nullable(),
  targets: z.array(
    z.object({
      id: z.string(),
      displayName: z.string().nullable(),
      modified: z.array(z.object({ name: z.string(), oldValue: z.string().nullable(), newValue: z.string().nullable() })),
    }),
  ),
  userAgent: z.string().nullable(),
})
export const echoBody = z.object({
  stepIndex: z.number(),
  state: z.enum(echoStates),
  reason: z.enum(echoReasons).nullable().optional(),
  /** When the request was sent, by the clock around which the row was looked for. */
  sentAt: z.string().optional(),
  row: keptRow.nullable(),
  also: z.array(z.string()),
})
