import { z } from 'zod'
import type { Json } from '../../digest.ts'
import type { GraphRead, PlanStep } from '../action.ts'
import { holderSchema } from './credentials.ts'
import { filtered } from './planning.ts'

export const resourceSchema = holderSchema.extend({
  appRoles: z.array(z.object({ id: z.guid(), value: z.string().nullable() })),
})

const assignmentSchema = z.object({ id: z.string(), appRoleId: z.guid(), principalId: z.guid(), principalType: z.string() })
export type AppRoleAssignment = z.infer<typeof assignmentSchema>

/** One page of a resource's assignments; with a link to the next, what is not on it may be on a later one. */
export const assignmentsSchema = z
  .object({ value: z.array(assignmentSchema), '@odata.nextLink': z.string().optional() })
  .transform((page) => ({ assignments: page.value, more: page['@odata.nextLink'] !== undefined }))

/** Who holds the assignment, where it is an application. */
export function readClient(page: Json | undefined, assignmentId: string): readonly GraphRead[] {
  const found = assignmentsSchema.safeParse(page).data?.assignments.find(({ id }) => id === assignmentId)
  return found?.principalType === 'ServicePrincipal'
    ? [{ path: `/servicePrincipals/${found.principalId}?$select=id,appId,displayName` }]
    : []
}

/** Microsoft Graph and its predecessor: only a Privileged Role Administrator may give their application permissions. */
const graphAppIds: readonly string[] = ['00000003-0000-0000-c000-000000000000', '00000002-0000-0000-c000-000000000000']

export function isGraph(appId: string): boolean {
  return graphAppIds.includes(appId.toLowerCase())
}

/** Takes an application permission from an application; given again it has another id and is found by its role. */
export function removeAssignment(resourceId: string, assignment: AppRoleAssignment, comesBack: boolean): Omit<PlanStep, 'about'> {
  const { id, appRoleId, principalId } = assignment
  const read = { path: filtered(`/servicePrincipals/${principalId}/appRoleAssignments`, `resourceId eq ${resourceId}`) }
  const property = 'ServicePrincipal.ObjectID'
  return {
    class: 'delete',
    write: { method: 'DELETE', path: `/servicePrincipals/${resourceId}/appRoleAssignedTo/${id}`, body: null },
    readBack: { read, expect: { kind: 'lacks', list: 'value', field: 'id', value: id } },
    undo: comesBack
      ? {
          write: {
            method: 'POST',
            path: `/servicePrincipals/${resourceId}/appRoleAssignedTo`,
            body: { principalId, resourceId, appRoleId },
          },
          readBack: { read, expect: { kind: 'has', list: 'value', field: 'appRoleId', value: appRoleId } },
          echo: {
            activities: ['Add app role assignment to service principal'],
            targetId: resourceId,
            modified: { name: property, newValueContains: principalId },
          },
        }
      : null,
    // The target is the resource; the client stands among the changed properties, as what was there.
    echo: {
      activities: ['Remove app role assignment from service principal'],
      targetId: resourceId,
      modified: { name: property, newValueContains: '', oldValueContains: principalId },
    },
  }
}
