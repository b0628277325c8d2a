import { z } from 'zod'

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
