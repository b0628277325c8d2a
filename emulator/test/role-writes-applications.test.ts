import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assignDirectoryRole } from '../tenants/roles.ts'
import { collection, put, text } from '../tenants/tenant.ts'
import type { Row, Tenant } from '../tenants/tenant.ts'
import { callerOf, readScopes, send, userId, worldAt } from './graph-world.ts'
import type { Answer } from './graph-world.ts'

const roles = 'https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference'
const owned = 'https://learn.microsoft.com/entra/fundamentals/users-default-permissions'
const consent = 'https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent'
const disabling = 'https://learn.microsoft.com/entra/identity/enterprise-apps/disable-user-sign-in-portal'
const restoring = 'https://learn.microsoft.com/graph/api/directory-deleteditems-restore'
const conditionalAccess = 'https://learn.microsoft.com/graph/api/conditionalaccessroot-post-policies'
const authorization = 'https://learn.microsoft.com/graph/api/authorizationpolicy-update'
const consentRequests = 'https://learn.microsoft.com/graph/api/adminconsentrequestpolicy-update'
const appProxy = 'https://learn.microsoft.com/entra/identity/role-based-access-control/delegate-app-roles'
const custom = 'https://learn.microsoft.com/entra/identity/role-based-access-control/custom-available-permissions'
const enterprise = 'https://learn.microsoft.com/entra/identity/role-based-access-control/custom-enterprise-app-permissions'
const assigning = 'https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignedto'

/** A request that every caller below may send by scope, on objects made for it. */
interface Scene {
  readonly tenant: Tenant
  readonly application: Row
  readonly servicePrincipal: Row
  readonly graph: Row
  readonly grant: Row
  readonly policy: Row
  readonly dan: string
}

type Write = (scene: Scene) => readonly [method: string, url: string, body?: unknown]

const addSecret: Write = ({ application }) => ['POST', `/applications/${application.id}/addPassword`, {}]
const deleteApplication: Write = ({ application }) => ['DELETE', `/applications/${application.id}`]
const addOwner: Write = ({ application, dan }) => [
  'POST',
  `/applications/${application.id}/owners/$ref`,
  { '@odata.id': `https://graph.microsoft.com/v1.0/users/${dan}` },
]
const addPrincipalSecret: Write = ({ servicePrincipal }) => ['POST', `/servicePrincipals/${servicePrincipal.id}/addPassword`, {}]
const block: Write = ({ servicePrincipal }) => ['PATCH', `/servicePrincipals/${servicePrincipal.id}`, { accountEnabled: false }]
const removeGrant: Write = ({ grant }) => ['DELETE', `/oauth2PermissionGrants/${grant.id}`]
const grantMail: Write = ({ servicePrincipal, graph }) => [
  'POST',
  '/oauth2PermissionGrants',
  { clientId: servicePrincipal.id, consentType: 'AllPrincipals', resourceId: graph.id, scope: 'Mail.Read' },
]
const DEFAULT_ACCESS = '00000000-0000-0000-0000-000000000000'
const assignPerson: Write = ({ servicePrincipal, dan }) => [
  'POST',
  `/servicePrincipals/${servicePrincipal.id}/appRoleAssignedTo`,
  { principalId: dan, resourceId: servicePrincipal.id, appRoleId: DEFAULT_ACCESS },
]
const grantGraph: Write = ({ servicePrincipal, graph }) => {
  const [role] = Array.isArray(graph['appRoles']) ? graph['appRoles'] : []
  return [
    'POST',
    `/servicePrincipals/${graph.id}/appRoleAssignedTo`,
    { principalId: servicePrincipal.id, resourceId: graph.id, appRoleId: role.id },
  ]
}
const proxy: Write = ({ application }) => [
  'PATCH',
  `/applications/${application.id}/onPremisesPublishing`,
  { externalUrl: 'https://x.example' },
]
const createPolicy: Write = () => [
  'POST',
  '/identity/conditionalAccess/policies',
  {
    displayName: 'New',
    state: 'enabledForReportingButNotEnforced',
    conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } },
    grantControls: { operator: 'OR', builtInControls: ['mfa'] },
  },
]
const deletePolicy: Write = ({ policy }) => ['DELETE', `/identity/conditionalAccess/policies/${policy.id}`]
const closeInvitations: Write = () => ['PATCH', '/policies/authorizationPolicy', { allowInvitesFrom: 'none' }]
const openConsentRequests: Write = ({ dan }) => [
  'PUT',
  '/policies/adminConsentRequestPolicy',
  {
    isEnabled: true,
    notifyReviewers: true,
    remindersEnabled: true,
    requestDurationInDays: 30,
    reviewers: [{ query: `/users/${dan}`, queryType: 'MicrosoftGraph' }],
  },
]
const restore: Write = ({ tenant, application }) => {
  collection(tenant, 'applications').delete(application.id)
  put(tenant, 'directory/deletedItems', { '@odata.type': '#microsoft.graph.application', ...application })
  return ['POST', `/directory/deletedItems/${application.id}/restore`, {}]
}

type Holding = string | { readonly custom: string } | { readonly owner: 'application' | 'servicePrincipal' }

/** What is held, what is tried, the status, and the page that says so. */
const rows: readonly (readonly [Holding, string, Write, number, string])[] = [
  ['Application Administrator', 'adds a secret', addSecret, 200, roles],
  ['Cloud Application Administrator', 'adds a secret', addSecret, 200, roles],
  ['Hybrid Identity Administrator', 'adds a secret', addSecret, 403, roles],
  ['Application Developer', 'adds a secret to an application of others', addSecret, 403, roles],
  ['User Administrator', 'adds a secret', addSecret, 403, roles],
  [{ owner: 'application' }, 'adds a secret', addSecret, 200, owned],
  [{ owner: 'servicePrincipal' }, 'adds a secret to the application', addSecret, 403, owned],
  [{ custom: 'microsoft.directory/applications/credentials/update' }, 'adds a secret', addSecret, 200, custom],
  [{ custom: 'microsoft.directory/applications/credentials/update' }, 'deletes the application', deleteApplication, 403, custom],
  [{ custom: 'microsoft.directory/applications/delete' }, 'deletes the application', deleteApplication, 204, custom],
  ['Hybrid Identity Administrator', 'deletes the application', deleteApplication, 204, roles],
  ['Security Administrator', 'deletes the application', deleteApplication, 403, roles],
  [{ owner: 'application' }, 'deletes the application', deleteApplication, 204, owned],
  [{ owner: 'application' }, 'adds an owner', addOwner, 204, owned],
  [{ custom: 'microsoft.directory/applications/owners/update' }, 'adds an owner', addOwner, 204, custom],
  ['Directory Writers', 'adds an owner', addOwner, 403, roles],
  ['Hybrid Identity Administrator', 'restores an application', restore, 200, restoring],
  ['User Administrator', 'restores an application', restore, 403, restoring],
  [{ owner: 'application' }, 'restores an application', restore, 200, owned],
  ['Application Administrator', 'publishes through Application Proxy (allowed, not played)', proxy, 501, appProxy],
  ['Cloud Application Administrator', 'publishes through Application Proxy', proxy, 403, appProxy],
  ['Hybrid Identity Administrator', 'blocks a service principal', block, 204, roles],
  ['Conditional Access Administrator', 'blocks a service principal', block, 403, roles],
  [{ owner: 'servicePrincipal' }, 'blocks a service principal', block, 204, disabling],
  [{ custom: 'microsoft.directory/servicePrincipals/disable' }, 'blocks a service principal', block, 204, enterprise],
  [{ custom: 'microsoft.directory/servicePrincipals/enable' }, 'blocks a service principal', block, 403, enterprise],
  ['Cloud Application Administrator', 'adds a secret to a service principal', addPrincipalSecret, 200, roles],
  ['Hybrid Identity Administrator', 'adds a secret to a service principal', addPrincipalSecret, 403, roles],
  [{ owner: 'servicePrincipal' }, 'adds a secret to a service principal', addPrincipalSecret, 200, owned],
  ['User Administrator', 'removes a grant', removeGrant, 204, roles],
  ['Cloud Application Administrator', 'removes a grant', removeGrant, 204, roles],
  ['Directory Writers', 'makes a grant', grantMail, 201, roles],
  ['Directory Writers', 'removes a grant', removeGrant, 403, roles],
  ['Security Administrator', 'removes a grant', removeGrant, 403, roles],
  [{ custom: 'microsoft.directory/oAuth2PermissionGrants/allProperties/update' }, 'removes a grant', removeGrant, 204, enterprise],
  ['Application Administrator', 'grants an application permission of Microsoft Graph', grantGraph, 403, consent],
  ['Cloud Application Administrator', 'grants an application permission of Microsoft Graph', grantGraph, 403, consent],
  ['Privileged Role Administrator', 'grants an application permission of Microsoft Graph', grantGraph, 201, consent],
  ['Global Administrator', 'grants an application permission of Microsoft Graph', grantGraph, 201, consent],
  ['Identity Governance Administrator', 'assigns a person to an application', assignPerson, 201, assigning],
  ['Application Developer', 'assigns a person to an application', assignPerson, 403, assigning],
  [{ owner: 'servicePrincipal' }, 'assigns a person to an application', assignPerson, 201, owned],
  [
    { custom: 'microsoft.directory/servicePrincipals/appRoleAssignedTo/update' },
    'assigns a person to an application',
    assignPerson,
    201,
    enterprise,
  ],
  ['Conditional Access Administrator', 'makes a policy', createPolicy, 201, conditionalAccess],
  ['Security Administrator', 'deletes a policy', deletePolicy, 204, conditionalAccess],
  ['Application Administrator', 'makes a policy', createPolicy, 403, conditionalAccess],
  ['Global Reader', 'deletes a policy', deletePolicy, 403, roles],
  ['Privileged Role Administrator', 'closes invitations', closeInvitations, 204, authorization],
  ['Security Administrator', 'closes invitations', closeInvitations, 403, authorization],
  ['User Administrator', 'closes invitations', closeInvitations, 403, authorization],
  ['Cloud Application Administrator', 'opens consent requests', openConsentRequests, 204, consentRequests],
  ['Privileged Role Administrator', 'opens consent requests', openConsentRequests, 403, consentRequests],
]

const scopes = [
  ...readScopes,
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All',
  'Policy.ReadWrite.ConditionalAccess',
  'Policy.ReadWrite.Authorization',
  'Policy.ReadWrite.ConsentRequest',
]

function sceneIn(tenant: Tenant, dan: string): Scene {
  const application = [...collection(tenant, 'applications').values()].find((row) => row['displayName'] === 'Fleet map')
  const [servicePrincipal] = collection(tenant, 'servicePrincipals').with('appId', text(application, 'appId') ?? '')
  const [graph] = collection(tenant, 'servicePrincipals').with('appId', '00000003-0000-0000-c000-000000000000')
  const grant = collection(tenant, 'oauth2PermissionGrants').values().next().value
  const policy = collection(tenant, 'identity/conditionalAccess/policies').values().next().value
  assert.ok(application && servicePrincipal && graph && grant && policy)
  return { tenant, application, servicePrincipal, graph, grant, policy, dan }
}

function give(scene: Scene, holding: Holding, personId: string): void {
  const { tenant } = scene
  if (typeof holding === 'string') {
    assert.ok(assignDirectoryRole(tenant, personId, holding, 'given'), holding)
    return
  }
  if ('custom' in holding) {
    put(tenant, 'roleManagement/directory/roleDefinitions', {
      id: 'custom',
      displayName: 'Made here',
      isBuiltIn: false,
      isEnabled: true,
      rolePermissions: [{ allowedResourceActions: [holding.custom], condition: null }],
    })
    assignDirectoryRole(tenant, personId, 'Made here', 'given')
    return
  }
  put(tenant, `${holding.owner}Owners`, { id: 'owning', [`${holding.owner}Id`]: scene[holding.owner].id, ownerId: personId })
}

async function attempt(holding: Holding, write: Write): Promise<Answer> {
  const { world, tenant } = worldAt()
  const person = callerOf(world, 'aid@contoso-demo.example', scopes)
  const scene = sceneIn(tenant, userId(world, 'dan@contoso-demo.example'))
  give(scene, holding, person.oid)
  const [method, url, body] = write(scene)
  return send(world, person, method, url, { body })
}

function nameOf(holding: Holding): string {
  if (typeof holding === 'string') return holding
  return 'custom' in holding ? `a custom role with ${holding.custom}` : `an owner of the ${holding.owner}`
}

describe('who may write what, as Microsoft says it of applications and policies', () => {
  for (const [holding, what, write, status, page] of rows) {
    it(`${nameOf(holding)} ${what}: ${status}`, async () => {
      const answer = await attempt(holding, write)
      assert.equal(answer.status, status, `${page}: ${answer.text}`)
    })
  }

  it('nobody does any of it without a role', async () => {
    for (const write of new Set(rows.map((row) => row[2]))) {
      const answer = await attempt('Directory Readers', write)
      assert.equal(answer.status, 403, answer.text)
    }
  })
})
