import { z } from 'zod'
import { graphId, graphName, graphTime } from './graph-values.ts'

/**
 * When a certificate begins and ends and what it is for; never `key`, its bytes. Graph fills both times from the certificate.
 * https://learn.microsoft.com/graph/api/resources/keycredential
 */
export const keyCredential = z.object({
  keyId: graphId,
  displayName: graphName,
  startDateTime: graphTime,
  endDateTime: graphTime,
  type: z.string().max(200).nullable(),
  usage: z.string().max(200).nullable(),
})
export type KeyCredential = z.infer<typeof keyCredential>

/** Documented as "Not nullable": an object without certificates answers []. */
export const keyCredentials = z.array(keyCredential)
