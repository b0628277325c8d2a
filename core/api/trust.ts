import { z } from 'zod'
import { standings } from '../trust/claim.ts'
import { defineRoute } from './route.ts'

export const claimViewSchema = z.object({
  id: z.string(),
  requirements: z.array(z.string()),
  topic: z.string(),
  topicTitle: z.string(),
  text: z.string(),
  plane: z.enum(['read', 'act', 'trust']),
  kind: z.enum(['guarantee', 'cannot', 'fact', 'assertion']),
  proof: z.enum(['live', 'test', 'document', 'statement']),
  standing: z.enum(standings),
  /** What was seen, in words; '' where there is no evidence. */
  evidenceNow: z.string(),
  method: z.string(),
  observedAt: z.string().nullable(),
  environment: z.enum(['emulator', 'tenant']).nullable(),
  /** The observation itself, so that the reader can judge it again. */
  observation: z.unknown(),
  digest: z.string().nullable(),
})
export const trustSchema = z.object({
  counts: z.record(z.enum(standings), z.number().int()),
  claims: z.array(claimViewSchema),
  /** In whose name scans run, and whether also while nobody is there. */
  scans: z.object({ sentence: z.string() }).default({ sentence: '' }),
  profile: z.object({ act: z.string(), assistant: z.string(), isolation: z.string(), environment: z.string(), region: z.string() }),
})
export type Trust = z.infer<typeof trustSchema>
export const getTrust = defineRoute({
  id: 'get-trust',
  method: 'GET',
  path: '/api/trust',
  summary: 'The Trust Center with live evidence',
  capability: 'viewTrust',
  effect: 'none',
  answer: trustSchema,
})
export const refreshEvidence = defineRoute({
  id: 'refresh-evidence',
  method: 'POST',
  path: '/api/trust/refresh',
  summary: 'Observe again now',
  capability: 'viewTrust',
  effect: 'changes',
  body: z.object({}).strict(),
  answer: trustSchema,
})
