import { removeDelegatedGrant } from '@countersign/core/actions/catalogue/remove-delegated-grant.ts'
import { describeAction } from '../../../build/action-cases.ts'

const grantId = 'l5eW7x0ga0-WDOntXzHateb_DBNCGT5IrJqJZGWH1Eo'
const clientId = '11111111-2222-4333-8444-555555555555'
const resourceId = '22222222-2222-4333-8444-555555555555'
const principalId = '33333333-2222-4333-8444-555555555555'
const row = { clientId, consentType: 'Principal', principalId, resourceId, scope: ' Mail.Read User.Read' }
const grant = { id: grantId, ...row }
const client = { id: clientId, appId: 'app-1', displayName: 'Mail Merge' }
const resource = { id: resourceId, appId: 'app-2', displayName: 'Microsoft Graph' }
const about = { type: 'servicePrincipal', id: clientId, name: 'Mail Merge', qualifier: 'app-1' } as const
const same = `clientId eq '${clientId}' and resourceId eq '${resourceId}' and consentType eq 'Principal' and principalId eq '${principalId}'`
const everybody = { ...grant, consentType: 'AllPrincipals', principalId: null }

describeAction({
  action: removeDelegatedGrant,
  input: { grantId },
  reads: [
    `/oauth2PermissionGrants/${grantId}`,
    `/servicePrincipals/${clientId}?$select=id,appId,displayName`,
    `/servicePrincipals/${resourceId}?$select=id,appId,displayName`,
  ],
  answers: [grant, client, resource],
  plan: {
    subject: about,
    changes: [
      {
        field: 'delegatedPermissions',
        before: `Mail.Read User.Read of Microsoft Graph, for the person ${principalId}`,
        after: 'removed',
      },
    ],
    steps: [
      {
        class: 'delete',
        about,
        write: { method: 'DELETE', path: `/oauth2PermissionGrants/${grantId}`, body: null },
        readBack: { read: { path: `/oauth2PermissionGrants/${grantId}` }, expect: { kind: 'gone' } },
        undo: {
          write: { method: 'POST', path: '/oauth2PermissionGrants', body: row },
          readBack: {
            read: { path: `/oauth2PermissionGrants?$filter=${encodeURIComponent(same)}` },
            expect: { kind: 'has', list: 'value', field: 'scope', value: row.scope },
          },
          echo: {
            activities: ['Add delegated permission grant'],
            targetId: resourceId,
            modified: { name: 'ServicePrincipal.ObjectID', newValueContains: clientId },
          },
        },
        echo: {
          activities: ['Remove delegated permission grant'],
          targetId: resourceId,
          modified: { name: 'ServicePrincipal.ObjectID', newValueContains: '', oldValueContains: clientId },
        },
      },
    ],
    preState: row,
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: grantId } },
    { reason: 'notFound', answers: [grant, undefined, resource], values: { id: clientId } },
    { reason: 'notFound', answers: [grant, client, undefined], values: { id: resourceId } },
    { reason: 'unreadable', answers: [{ ...grant, consentType: 'Somebody' }] },
    { reason: 'unreadable', answers: [grant, {}, resource] },
    { reason: 'empty', answers: [{ ...grant, scope: '  ' }, client, resource], values: { name: 'Mail Merge' } },
    { reason: 'empty', answers: [{ ...grant, scope: null }, client, resource] },
  ],
  warnings: [{ reason: 'everybody', answers: [everybody, client, resource] }],
  badInputs: [{}, { grantId: '' }, { grantId: '../users' }, { grantId: 'a?$expand=x' }, { grantId: 'x'.repeat(129) }],
  named: (displayName) => [grant, { ...client, displayName }, { ...resource, displayName }],
})
