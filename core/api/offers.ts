import { z } from 'zod'
import { severities } from '../posture/check.ts'

/** An action of the catalogue that fits what a page shows: POST /api/proposals takes its id and input as they are. */
export const offerSchema = z.object({
  actionId: z.string(),
  title: z.string(),
  /** What of the page it is about: a credential's key id, a permission's basis, a hold's place; '' for the object itself. */
  about: z.string(),
  input: z.record(z.string(), z.string()),
  impact: z.enum(['normal', 'high']),
  /** Whether the tenant has the action switched on. */
  isOn: z.boolean(),
})
export type Offer = z.infer<typeof offerSchema>

/** An open finding about one object, as the object's own page shows it. */
export const objectFindingSchema = z.object({
  findingKey: z.string(),
  checkId: z.string(),
  code: z.string(),
  title: z.string(),
  severity: z.enum(severities),
  because: z.string(),
  firstSeen: z.string(),
  isSuppressed: z.boolean(),
  fix: z.object({ actionId: z.string(), title: z.string() }).nullable(),
  /** A proposal under way for it. */
  proposalId: z.string().nullable(),
})
export type ObjectFinding = z.infer<typeof objectFindingSchema>

/** One hop of a way, in words, with what it rests on. */
export const pathEdgeSchema = z.object({ from: z.string(), to: z.string(), sentence: z.string(), basis: z.array(z.string()) })
