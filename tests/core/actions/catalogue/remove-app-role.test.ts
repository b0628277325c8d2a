import { describe, expect, it } from '@jest/globals'
import { removeAppRole } from '@countersign/core/actions/catalogue/remove-app-role.ts'
import { describeAction, planContext } from '../../../build/action-cases.ts'

const resourceId = '22222222-2222-4333-8444-555555555555'
const principalId = '11111111-2222-4333-8444-555555555555'
const appRoleId = '44444444-2222-4333-8444-555555555555'
const assignmentId = '2jLOj0tVyk-FzVyQ1w'
const resource = {
  id: resourceId,
  appId: 'app-2',
  displayName: 'Payroll API',
  appRoles: [{ id: appRoleId, value: 'Payroll.Read.All', displayName: 'Read' }],
}
const graph = { ...resource, appId: '00000003-0000-0000-c000-000000000000', displayName: 'Microsoft Graph' }
const assignment = { id: assignmentId, appRoleId, principalId, principalType: 'ServicePrincipal' }
const page = { value: [assignment] }
const client = { id: principalId, appId: 'app-1', displayName: 'Payroll Sync' }
const about = { type: 'servicePrincipal', id: principalId, name: 'Payroll Sync', qualifier: 'app-1' } as const
const read = { path: `/servicePrincipals/${principalId}/appRoleAssignments?$filter=${encodeURIComponent(`resourceId eq ${resourceId}`)}` }
const input = { resourceId, assignmentId }

describeAction({
  action: removeAppRole,
  input,
  reads: [
    `/servicePrincipals/${resourceId}?$select=id,appId,displayName,appRoles`,
    `/servicePrincipals/${resourceId}/appRoleAssignedTo?$top=999`,
    `/servicePrincipals/${principalId}?$select=id,appId,displayName`,
  ],
  answers: [resource, page, client],
  plan: {
    subject: about,
    changes: [{ field: 'applicationPermission', before: 'Payroll.Read.All of Payroll API', after: 'removed' }],
    steps: [
      {
        class: 'delete',
        about,
        write: { method: 'DELETE', path: `/servicePrincipals/${resourceId}/appRoleAssignedTo/${assignmentId}`, body: null },
        readBack: { read, expect: { kind: 'lacks', list: 'value', field: 'id', value: assignmentId } },
        undo: {
          write: {
            method: 'POST',
            path: `/servicePrincipals/${resourceId}/appRoleAssignedTo`,
            body: { principalId, resourceId, appRoleId },
          },
          readBack: { read, expect: { kind: 'has', list: 'value', field: 'appRoleId', value: appRoleId } },
          echo: {
            activities: ['Add app role assignment to service principal'],
            targetId: resourceId,
            modified: { name: 'ServicePrincipal.ObjectID', newValueContains: principalId },
          },
        },
        echo: {
          activities: ['Remove app role assignment from service principal'],
          targetId: resourceId,
          modified: { name: 'ServicePrincipal.ObjectID', newValueContains: '', oldValueContains: principalId },
        },
      },
    ],
    preState: { id: assignmentId, appRoleId, principalId },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined, page, client], values: { id: resourceId } },
    { reason: 'notFound', answers: [resource, page, undefined], values: { id: principalId } },
    { reason: 'unreadable', answers: [{ id: resourceId }, page, client] },
    { reason: 'unreadable', answers: [resource, {}, client] },
    { reason: 'noAssignment', answers: [resource, { value: [] }] },
    { reason: 'tooMany', answers: [resource, { value: [], '@odata.nextLink': 'https://graph.microsoft.com/v1.0/next' }] },
    { reason: 'notAnApplication', answers: [resource, { value: [{ ...assignment, principalType: 'User' }] }] },
  ],
  warnings: [{ reason: 'noWayBack', answers: [graph, page, client] }],
  badInputs: [{}, { resourceId }, { resourceId, assignmentId: '../x' }, { resourceId: 'graph', assignmentId }],
  named: (displayName) => [{ ...resource, displayName }, page, { ...client, displayName }],
})

describe('remove-app-role', () => {
  it('offers no undo of a permission of Microsoft Graph, which the Aid could not give back', () => {
    const prepared = removeAppRole.prepare(input)
    const plan = prepared.kind === 'ready' ? prepared.prepared.plan([graph, page, client], planContext) : undefined
    expect(plan).toMatchObject({ kind: 'plan', steps: [{ undo: null }] })
  })
})
