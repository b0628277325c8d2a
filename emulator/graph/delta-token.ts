import { z } from 'zod'
import { readToken, writeToken } from './page-token.ts'

const tokenSchema = z.object({
  /** `delta` begins a round, `page` goes on in one. */
  kind: z.enum(['delta', 'page']),
  /** The run of the tenant's journal that the numbers belong to. */
  epoch: z.string(),
  /** The collection. */
  path: z.string(),
  select: z.array(z.string()).nullable(),
  /** The only objects that are tracked. */
  ids: z.array(z.string()).nullable(),
  /** Changes after this one are answered; null answers every object. */
  from: z.number().int().nullable(),
  /** The round ends with this change; the next one begins after it. */
  to: z.number().int(),
  /** Where the page begins. */
  offset: z.number().int().nonnegative(),
  /** The last object that was answered. */
  after: z.string(),
  issuedAt: z.number(),
})

/** Everything that a round of a delta query goes on with: its links carry no other option. */
export type DeltaToken = z.infer<typeof tokenSchema>

export function writeDeltaToken(token: DeltaToken): string {
  return writeToken(token)
}

/** Reads a token back; undefined when it was tampered with. */
export function readDeltaToken(source: string): DeltaToken | undefined {
  const parsed = tokenSchema.safeParse(readToken(source))
  return parsed.success ? parsed.data : undefined
}
