import { z } from 'zod'
import { defineAction } from '../action.ts'
import { holderSchema, nameOf } from '../plans/credentials.ts'
import { grantSchema, removeGrant } from '../plans/grants.ts'
import { parseAnswer, planOne, refuse, unreadable } from '../plans/planning.ts'

const servicePrincipal = (id: string) => ({ path: `/servicePrincipals/${id}?$select=id,appId,displayName` })

export const removeDelegatedGrant = defineAction({
  id: 'remove-delegated-grant',
  title: 'Take away what an application may do in people’s names',
  proposalTitle: 'Take away what {name} may do in people’s names',
  why: 'A consent outlives the password of whoever gave it. Taken away, the application must ask again.',
  // Graph makes these ids of object ids, in base64url.
  input: z.object({ grantId: z.string().regex(/^[\w-]{1,128}$/) }).strict(),
  impact: 'normal',
  starts: 'off',
  licence: 'free',
  inputs: [{ name: 'grantId', title: 'Id of the grant', is: 'id' }],
  touches: ['consent', 'servicePrincipal'],
  writeScopes: ['DelegatedPermissionGrant.ReadWrite.All'],
  proofScopes: ['Application.Read.All', 'AuditLog.Read.All'],
  directoryRole: {
    name: 'Cloud Application Administrator',
    templateId: '158c047a-c907-4556-b7ef-446551a6b5f7',
    actions: ['microsoft.directory/oAuth2PermissionGrants/allProperties/allTasks'],
    because: 'Custom roles cannot delete these grants; of the built-in roles that can, this one touches no people and no roles.',
    scope: 'tenant',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'No grant, or no application to which it belongs, with the id {id} exists in this tenant any more.',
    unreadable,
    empty: 'This grant of {name} holds no permission.',
    everybody: 'The permissions go for everybody at once. People are asked to consent again, where your settings let them.',
  },
  preStateFields: ['clientId', 'consentType', 'principalId', 'resourceId', 'scope'],
  auditActivities: ['Remove delegated permission grant', 'Add delegated permission grant'],
  ifStolen: 'Let any application act in the name of everybody with any delegated permission, and take such permissions away.',
  unconfirmed: 'Whether Graph keeps the blanks at the ends of the list of permissions when a removed grant is made again.',
  undo: { possible: true, days: 30 },
  reads: ({ grantId }) => [{ path: `/oauth2PermissionGrants/${grantId}` }],
  readsAfter(_input, [answer]) {
    const grant = grantSchema.safeParse(answer)
    return grant.success ? [servicePrincipal(grant.data.clientId), servicePrincipal(grant.data.resourceId)] : []
  },
  plan({ grantId }, [answer, clientAnswer, resourceAnswer]) {
    const grant = parseAnswer(grantSchema, answer, grantId)
    if (grant.kind === 'refused') return grant
    const client = parseAnswer(holderSchema, clientAnswer, grant.row.clientId)
    if (client.kind === 'refused') return client
    const resource = parseAnswer(holderSchema, resourceAnswer, grant.row.resourceId)
    if (resource.kind === 'refused') return resource
    const { clientId, consentType, principalId, resourceId, scope } = grant.row
    const name = nameOf(client.row)
    if (scope.trim() === '') return refuse('empty', { name })
    const whom = principalId === null ? 'for everybody' : `for the person ${principalId}`
    return planOne(
      { type: 'servicePrincipal', id: clientId, name, qualifier: client.row.appId },
      { field: 'delegatedPermissions', before: `${scope.trim()} of ${nameOf(resource.row)}, ${whom}`, after: 'removed' },
      removeGrant(grantId, grant.row),
      { clientId, consentType, principalId, resourceId, scope },
      principalId === null ? [{ reason: 'everybody', values: {} }] : [],
    )
  },
})
