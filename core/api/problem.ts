import { z } from 'zod'

/** RFC 9457 problem details; `requestId` is what a person quotes. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  /** What the person can do about it. */
  mend: z.string().optional(),
  requestId: z.string(),
  /** Where in the input, for 400. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** Roles that may do it, for 403. */
  roles: z.array(z.string()).optional(),
  /** What the change would lock out, by name, each to be written out by whoever asks for it all the same; for 409. */
  names: z.array(z.string()).optional(),
  /** Set where consent to one of the registrations is missing or was withdrawn; for 401. */
  consent: z.enum(['read']).optional(),
})
export type Problem = z.infer<typeof problemSchema>
