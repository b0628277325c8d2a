import { z } from 'zod'
import { graphId, graphName } from './graph-values.ts'

/** Who owns an object: a user or a service principal. Whether a user is a guest, the fact users says. */
export const owner = z.object({ '@odata.type': z.string().max(200), id: graphId, displayName: graphName, userPrincipalName: graphName })
export type Owner = z.infer<typeof owner>
