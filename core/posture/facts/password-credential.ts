import { z } from 'zod'
import { graphId, graphName, graphTime } from './graph-values.ts'

/**
 * When a secret ends and which one it is; never `secretText` or `hint`.
 * Graph fills keyId and endDateTime on creation (two years when none is asked for), so a credential without them is not one we can judge:
 * https://learn.microsoft.com/graph/api/resources/passwordcredential
 */
export const passwordCredential = z.object({ keyId: graphId, displayName: graphName, endDateTime: graphTime })
export type PasswordCredential = z.infer<typeof passwordCredential>
