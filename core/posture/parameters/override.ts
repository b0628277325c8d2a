import { z } from 'zod'

const valueSchema = z.union([z.number(), z.boolean(), z.array(z.string())])

/** A parameter that the tenant sets differently from its baseline: to what, why, and who said so. */
export const overrideSchema = z.object({
  /** Id of a parameter; one that this version does not know is passed over. */
  parameter: z.string(),
  value: valueSchema,
  reason: z.string(),
  /** Object id and name of the owner. */
  by: z.string(),
  byName: z.string(),
  /** ISO time, UTC. */
  at: z.string(),
})
export type Override = z.infer<typeof overrideSchema>
