import { z } from 'zod'
import { defineAction } from '../action.ts'
import { assignmentsSchema, isGraph, readClient, removeAssignment, resourceSchema } from '../plans/app-roles.ts'
import { holderSchema, nameOf } from '../plans/credentials.ts'
import { parseAnswer, planOne, refuse, unreadable } from '../plans/planning.ts'

export const removeAppRole = defineAction({
  id: 'remove-app-role',
  title: 'Take an application permission away from an application',
  proposalTitle: 'Take an application permission away from {name}',
  why: 'What an application may do by itself, without anybody signed in, is what its stolen secret may do.',
  input: z.object({ resourceId: z.guid(), assignmentId: z.string().regex(/^[\w-]{1,128}$/) }).strict(),
  impact: 'normal',
  starts: 'off',
  licence: 'free',
  inputs: [
    { name: 'resourceId', title: 'Application whose permission it is, such as Microsoft Graph', is: 'servicePrincipal' },
    { name: 'assignmentId', title: 'Id of the assignment', is: 'id' },
  ],
  touches: ['consent', 'servicePrincipal'],
  writeScopes: ['AppRoleAssignment.ReadWrite.All'],
  proofScopes: ['Application.Read.All', 'AuditLog.Read.All'],
  directoryRole: {
    name: 'Countersign application permissions',
    templateId: 'custom',
    actions: ['microsoft.directory/servicePrincipals/appRoleAssignedTo/update'],
    because:
      'A custom role with this one action. It cannot give permissions of Microsoft Graph back, and must not: who can, can do anything.',
    scope: 'tenant',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'No enterprise application with the object id {id} exists in this tenant.',
    unreadable,
    noAssignment: 'No assignment with the id {id} to {name} exists any more.',
    tooMany: 'The assignment {id} is not among the first 999 to {name}, and Graph cannot be asked for a single one.',
    notAnApplication: 'This assignment to {name} belongs to a {type}, not to an application. Remove it under Users and groups.',
    noWayBack: 'This cannot be undone here: only a Privileged Role Administrator may give a permission of {name} to an application.',
  },
  preStateFields: ['id', 'appRoleId', 'principalId'],
  auditActivities: ['Remove app role assignment from service principal', 'Add app role assignment to service principal'],
  ifStolen: 'Take permissions and access from every application, and give applications those of any resource but Microsoft Graph.',
  unconfirmed:
    'Whether a custom role with this action alone may take away permissions of Microsoft Graph; Microsoft’s page names built-in roles.',
  undo: { possible: true, days: 30 },
  reads: ({ resourceId }) => [
    { path: `/servicePrincipals/${resourceId}?$select=id,appId,displayName,appRoles` },
    { path: `/servicePrincipals/${resourceId}/appRoleAssignedTo?$top=999` },
  ],
  readsAfter: ({ assignmentId }, [, page]) => readClient(page, assignmentId),
  plan({ resourceId, assignmentId }, [resourceAnswer, page, clientAnswer]) {
    const resource = parseAnswer(resourceSchema, resourceAnswer, resourceId)
    if (resource.kind === 'refused') return resource
    const listed = parseAnswer(assignmentsSchema, page, resourceId)
    if (listed.kind === 'refused') return listed
    const name = nameOf(resource.row)
    const assignment = listed.row.assignments.find(({ id }) => id === assignmentId)
    if (!assignment) return refuse(listed.row.more ? 'tooMany' : 'noAssignment', { id: assignmentId, name })
    const { appRoleId, principalId, principalType } = assignment
    if (principalType !== 'ServicePrincipal') return refuse('notAnApplication', { name, type: principalType })
    const client = parseAnswer(holderSchema, clientAnswer, principalId)
    if (client.kind === 'refused') return client
    const permission = resource.row.appRoles.find(({ id }) => id === appRoleId)?.value ?? appRoleId
    const comesBack = !isGraph(resource.row.appId)
    return planOne(
      { type: 'servicePrincipal', id: principalId, name: nameOf(client.row), qualifier: client.row.appId },
      { field: 'applicationPermission', before: `${permission} of ${name}`, after: 'removed' },
      removeAssignment(resourceId, assignment, comesBack),
      { id: assignmentId, appRoleId, principalId },
      comesBack ? [] : [{ reason: 'noWayBack', values: { name } }],
    )
  },
})
