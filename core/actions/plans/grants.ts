import { z } from 'zod'
import type { PlanStep } from '../action.ts'
import { filtered } from './planning.ts'

/** The row of a delegated grant; `principalId` is null where it is for everybody. */
export const grantSchema = z.object({
  clientId: z.guid(),
  consentType: z.enum(['AllPrincipals', 'Principal']),
  principalId: z
    .guid()
    .nullish()
    .transform((id) => id ?? null),
  resourceId: z.guid(),
  scope: z
    .string()
    .nullish()
    .transform((scope) => scope ?? ''),
})

/** Deletes a grant; made again it may have another id, so the undo is found by what the row says. */
export function removeGrant(grantId: string, grant: z.infer<typeof grantSchema>): Omit<PlanStep, 'about'> {
  const { clientId, consentType, principalId, resourceId, scope } = grant
  const person = principalId === null ? '' : ` and principalId eq '${principalId}'`
  const same = `clientId eq '${clientId}' and resourceId eq '${resourceId}' and consentType eq '${consentType}'${person}`
  return {
    class: 'delete',
    write: { method: 'DELETE', path: `/oauth2PermissionGrants/${grantId}`, body: null },
    readBack: { read: { path: `/oauth2PermissionGrants/${grantId}` }, expect: { kind: 'gone' } },
    undo: {
      write: { method: 'POST', path: '/oauth2PermissionGrants', body: { clientId, consentType, principalId, resourceId, scope } },
      readBack: {
        read: { path: filtered('/oauth2PermissionGrants', same) },
        expect: { kind: 'has', list: 'value', field: 'scope', value: scope },
      },
      echo: {
        activities: ['Add delegated permission grant'],
        targetId: resourceId,
        modified: { name: 'ServicePrincipal.ObjectID', newValueContains: clientId },
      },
    },
    // The target is the resource; the client stands among the changed properties, as what was there.
    echo: {
      activities: ['Remove delegated permission grant'],
      targetId: resourceId,
      modified: { name: 'ServicePrincipal.ObjectID', newValueContains: '', oldValueContains: clientId },
    },
  }
}
