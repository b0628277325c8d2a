import { z } from 'zod'
import { graphId, graphName, graphTime } from './graph-values.ts'

/**
 * When a secret begins and ends and which one it is; never `secretText` or `hint`.
 * Graph fills keyId and endDateTime on creation (two years when none is asked for), so a credential without them is not one we can judge:
 * https://learn.microsoft.com/graph/api/application-addpassword
 */
export const passwordCredential = z.object({
  keyId: graphId,
  displayName: graphName,
  /** May be absent from rows that were kept before it was read; who needs it is then unknown. */
  startDateTime: graphTime.nullable().optional(),
  endDateTime: graphTime,
})
export type PasswordCredential = z.infer<typeof passwordCredential>

/** Documented as "Not nullable": an object without secrets answers []. A key id names one secret. */
export const passwordCredentials = z
  .array(passwordCredential)
  .refine((list) => new Set(list.map(({ keyId }) => keyId.toLowerCase())).size === list.length, {
    message: 'two secrets carry the same keyId',
  })
