import { z } from 'zod'
import { graphId, graphName } from './graph-values.ts'

export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'

/** A relationship that only `$expand` brings: without it the type is not known, and whoever needs it says so. */
export const expandedPrincipal = z
  .object({ '@odata.type': z.string().max(200), displayName: graphName, userPrincipalName: graphName })
  .nullish()
  .transform((principal) => principal ?? null)

/**
 * Somebody's hold on a directory role, active or eligible. `roleDefinitionId` of a built-in role equals its template id.
 * `directoryScopeId` is '/' for the whole tenant, else an administrative unit or an object; null where an answer does not say.
 * https://learn.microsoft.com/graph/api/resources/unifiedroleassignment
 */
export const roleHolding = z.object({
  id: graphId,
  principalId: graphId,
  roleDefinitionId: graphId,
  directoryScopeId: z
    .string()
    .max(400)
    .nullish()
    .transform((scope) => scope ?? null),
  principal: expandedPrincipal,
})
export type RoleHolding = z.infer<typeof roleHolding>

/** Type of the principal, or undefined where Graph did not say or says one that we do not know. */
export function principalType(odataType: string): 'user' | 'group' | 'servicePrincipal' | undefined {
  switch (odataType.replace(/^#/, '').toLowerCase()) {
    case 'microsoft.graph.user':
      return 'user'
    case 'microsoft.graph.group':
      return 'group'
    case 'microsoft.graph.serviceprincipal':
      return 'servicePrincipal'
    default:
      return undefined
  }
}

/** Id of the group that a row with an expanded principal is about; undefined for a row about anybody else. */
export function principalGroup(row: unknown): string | undefined {
  const { principalId, principal } = withPrincipal.parse(row)
  return principal !== null && principalType(principal['@odata.type']) === 'group' ? principalId.toLowerCase() : undefined
}

const withPrincipal = z.object({ principalId: graphId, principal: expandedPrincipal })
