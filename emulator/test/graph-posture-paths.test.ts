import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collections } from '../graph/collections.ts'
import { callerOf, readAll, readScopes, send, tenantNamed, worldAt } from './graph-world.ts'
import type { Answer } from './graph-world.ts'

const { world, tenant, tick } = worldAt()
const ada = callerOf(world, 'ada@contoso-demo.example', readScopes)
const cleo = callerOf(world, 'cleo@contoso-demo.example', readScopes)
const dan = callerOf(world, 'dan@contoso-demo.example', readScopes)

function idOf(path: string, displayName: string): string {
  const found = [...(tenant.collections.get(path)?.values() ?? [])].find((row) => row['displayName'] === displayName)
  return found?.id ?? assert.fail(`${path} has no "${displayName}"`)
}

const application = idOf('applications', 'Build agents')
const principal = idOf('servicePrincipals', 'Microsoft Graph')
const onCall = idOf('groups', 'Exchange on call')
const exception = idOf('policies/appManagementPolicies', 'Old exporters keep their secrets')
const roleRules = "/policies/roleManagementPolicyAssignments?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'"
const groupRules = `/policies/roleManagementPolicyAssignments?$filter=scopeId eq '${onCall}' and scopeType eq 'Group'`
const groupEligibility = `/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances?$filter=groupId eq '${onCall}'`

/** Path → scopes of which each alone opens it, and whether a Security Reader and a plain member may read it. */
const paths: Readonly<Record<string, { scopes: readonly string[]; securityReader: boolean; member: boolean }>> = {
  [`/applications/${application}/owners`]: { scopes: ['Application.Read.All', 'Directory.Read.All'], securityReader: true, member: true },
  [`/applications/${application}/federatedIdentityCredentials`]: { scopes: ['Application.Read.All'], securityReader: true, member: true },
  [`/servicePrincipals/${principal}/owners`]: {
    scopes: ['Application.Read.All', 'Directory.Read.All'],
    securityReader: true,
    member: true,
  },
  [`/servicePrincipals/${principal}/delegatedPermissionClassifications`]: {
    scopes: ['Application.Read.All', 'Directory.Read.All'],
    securityReader: true,
    member: true,
  },
  '/policies/defaultAppManagementPolicy': { scopes: ['Policy.Read.All'], securityReader: true, member: true },
  '/policies/appManagementPolicies': { scopes: ['Policy.Read.All'], securityReader: true, member: true },
  [`/policies/appManagementPolicies/${exception}/appliesTo`]: {
    scopes: ['Policy.Read.All', 'Application.Read.All'],
    securityReader: true,
    member: true,
  },
  '/policies/adminConsentRequestPolicy': { scopes: ['Policy.Read.All', 'Directory.Read.All'], securityReader: false, member: false },
  '/policies/permissionGrantPolicies': { scopes: ['Policy.Read.PermissionGrant'], securityReader: false, member: false },
  '/policies/permissionGrantPolicies/contoso-marketing/includes': {
    scopes: ['Policy.Read.PermissionGrant', 'Directory.Read.All'],
    securityReader: false,
    member: false,
  },
  '/policies/activityBasedTimeoutPolicies': { scopes: ['Policy.Read.All'], securityReader: true, member: true },
  '/policies/crossTenantAccessPolicy/default': { scopes: ['Policy.Read.All'], securityReader: false, member: false },
  '/policies/crossTenantAccessPolicy/partners': { scopes: ['Policy.Read.All'], securityReader: false, member: false },
  '/policies/authenticationFlowsPolicy': { scopes: ['Policy.Read.All'], securityReader: true, member: true },
  '/policies/authenticationMethodsPolicy': {
    scopes: ['Policy.Read.All', 'Policy.Read.AuthenticationMethod'],
    securityReader: false,
    member: false,
  },
  '/policies/authenticationStrengthPolicies': {
    scopes: ['Policy.Read.All', 'Policy.Read.AuthenticationMethod'],
    securityReader: true,
    member: false,
  },
  '/policies/deviceRegistrationPolicy': {
    scopes: ['Policy.Read.All', 'Policy.Read.DeviceConfiguration'],
    securityReader: false,
    member: false,
  },
  [roleRules]: { scopes: ['RoleManagementPolicy.Read.Directory', 'RoleManagement.Read.Directory'], securityReader: true, member: false },
  [groupRules]: { scopes: ['RoleManagementPolicy.Read.AzureADGroup'], securityReader: true, member: false },
  '/identity/conditionalAccess/namedLocations': { scopes: ['Policy.Read.All'], securityReader: true, member: false },
  '/identityGovernance/appConsent/appConsentRequests': { scopes: ['ConsentRequest.Read.All'], securityReader: false, member: false },
  [groupEligibility]: { scopes: ['PrivilegedEligibilitySchedule.Read.AzureADGroup'], securityReader: true, member: false },
  '/identityGovernance/accessReviews/definitions': { scopes: ['AccessReview.Read.All'], securityReader: true, member: false },
  '/roleManagement/directory/roleAssignmentSchedules': {
    scopes: ['RoleAssignmentSchedule.Read.Directory', 'RoleManagement.Read.Directory'],
    securityReader: true,
    member: false,
  },
  '/roleManagement/directory/roleEligibilitySchedules': {
    scopes: ['RoleEligibilitySchedule.Read.Directory', 'RoleManagement.Read.Directory'],
    securityReader: true,
    member: false,
  },
  '/reports/authenticationMethods/userRegistrationDetails': { scopes: ['AuditLog.Read.All'], securityReader: true, member: false },
  '/auditLogs/signIns': { scopes: ['AuditLog.Read.All'], securityReader: true, member: false },
  [`/groups/${onCall}/owners`]: { scopes: ['GroupMember.Read.All', 'Directory.Read.All'], securityReader: true, member: true },
  '/groupSettings': { scopes: ['GroupSettings.Read.All', 'Directory.Read.All'], securityReader: false, member: false },
  '/domains/contoso-plant.example/federationConfiguration': {
    scopes: ['Domain-InternalFederation.Read.All'],
    securityReader: true,
    member: false,
  },
  '/directory/onPremisesSynchronization': { scopes: ['OnPremDirectorySynchronization.Read.All'], securityReader: false, member: false },
  '/directory/administrativeUnits': { scopes: ['AdministrativeUnit.Read.All', 'Directory.Read.All'], securityReader: true, member: true },
  '/directory/deletedItems/microsoft.graph.user': { scopes: ['User.Read.All', 'Directory.Read.All'], securityReader: false, member: false },
  '/directory/deletedItems/microsoft.graph.application': {
    scopes: ['Application.Read.All', 'Directory.Read.All'],
    securityReader: false,
    member: false,
  },
  '/identityProtection/riskyUsers': { scopes: ['IdentityRiskyUser.Read.All'], securityReader: true, member: false },
  '/identityProtection/riskyServicePrincipals': { scopes: ['IdentityRiskyServicePrincipal.Read.All'], securityReader: true, member: false },
  '/security/secureScores': { scopes: ['SecurityEvents.Read.All'], securityReader: true, member: false },
  '/tenantRelationships/delegatedAdminRelationships': {
    scopes: ['DelegatedAdminRelationship.Read.All'],
    securityReader: false,
    member: false,
  },
}

test('each path opens to each of its scopes, and to no caller without one', async () => {
  for (const [path, { scopes }] of Object.entries(paths)) {
    for (const scope of scopes)
      assert.equal((await send(world, { ...ada, scopes: [scope] }, 'GET', path)).status, 200, `${path} with ${scope}`)
    assert.equal((await send(world, { ...ada, scopes: ['Mail.Read', 'Calendars.Read'] }, 'GET', path)).status, 403, path)
  }
})

test('each path opens to the directory roles that may read it', async () => {
  for (const [path, { securityReader, member }] of Object.entries(paths)) {
    assert.equal((await send(world, cleo, 'GET', path)).status, securityReader ? 200 : 403, `${path} for a Security Reader`)
    assert.equal((await send(world, dan, 'GET', path)).status, member ? 200 : 403, `${path} for a member`)
  }
})

test('what needs a licence is refused without it, in the words of each service', async () => {
  const eve = callerOf(world, 'eve@second.example', readScopes)
  const answers = async (path: string): Promise<[number, string]> => {
    const { status, code } = await send(world, eve, 'GET', path)
    return [status, code]
  }
  for (const path of ['/identityProtection/riskyUsers', '/identityProtection/riskyServicePrincipals'])
    assert.deepEqual(await answers(path), [403, 'Forbidden'], path)
  for (const path of [roleRules, groupRules, groupEligibility, '/identityGovernance/accessReviews/definitions'])
    assert.deepEqual(await answers(path), [400, 'AadPremiumLicenseRequired'], path)
  const premium = ['/auditLogs/signIns', '/reports/authenticationMethods/userRegistrationDetails', '/users?$select=signInActivity']
  for (const path of premium) assert.equal((await answers(path))[0], 200, path)
  tenantNamed(world, 'second').flags.licence = 'free'
  for (const path of premium) assert.deepEqual(await answers(path), [403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant'], path)
  tenantNamed(world, 'second').flags.licence = 'p1'
})

test('lists that ask for a filter refuse without it', async () => {
  const refused = async (path: string): Promise<[number, string]> => {
    const { status, code } = await send(world, ada, 'GET', path)
    return [status, code]
  }
  assert.deepEqual(await refused('/policies/roleManagementPolicyAssignments'), [400, 'UnknownError'])
  assert.deepEqual(await refused("/policies/roleManagementPolicyAssignments?$filter=scopeId eq '/'"), [400, 'UnknownError'])
  const group = '/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances'
  assert.deepEqual(await refused(group), [400, 'MissingParameters'])
  assert.deepEqual(await refused(`${group}?$filter=accessId eq 'member'`), [400, 'MissingParameters'])
  assert.equal((await send(world, ada, 'GET', groupEligibility)).value.length, 3)
})

test('page sizes: what each service gives by itself, takes at most, or does not let be chosen', async () => {
  for (const path of ['/policies/permissionGrantPolicies', '/groupSettings', '/reports/authenticationMethods/userRegistrationDetails'])
    assert.equal((await send(world, ada, 'GET', `${path}?$top=5`)).code, 'Request_UnsupportedQuery', path)
  assert.equal((await send(world, ada, 'GET', `${roleRules}&$top=5`)).code, 'Request_UnsupportedQuery')
  for (const [path, max] of [
    ['/identityProtection/riskyUsers', 500],
    ['/auditLogs/signIns', 1000],
    ['/identityGovernance/accessReviews/definitions', 100],
    ['/tenantRelationships/delegatedAdminRelationships', 300],
  ] as const) {
    assert.equal((await send(world, ada, 'GET', `${path}?$top=${max}`)).status, 200, path)
    assert.equal((await send(world, ada, 'GET', `${path}?$top=${max + 1}`)).status, 400, path)
  }
  const latest = await send(world, ada, 'GET', '/security/secureScores?$top=1')
  assert.equal(latest.value[0]?.['createdDateTime'], '2026-11-22T00:00:00Z')
})

test('each path is charged to the bucket of its service', async () => {
  world.settings.throttling = true
  const until = async (path: string, requests: number): Promise<Answer> => {
    for (let count = 0; count < requests; count += 1) assert.equal((await send(world, ada, 'GET', path)).status, 200, `${path} ${count}`)
    return send(world, ada, 'GET', path)
  }
  for (const path of ['/identityProtection/riskyUsers', '/identity/conditionalAccess/namedLocations']) {
    const refused = await until(path, 1)
    assert.deepEqual([refused.status, refused.headers['retry-after']], [429, undefined], path)
    tick(1500)
  }
  for (const path of ['/reports/authenticationMethods/userRegistrationDetails', '/auditLogs/signIns']) {
    const refused = await until(path, 5)
    assert.equal(refused.status, 429, path)
    assert.ok(Number(refused.headers['retry-after']) > 0, path)
    tick(11_000)
  }
  world.settings.throttling = false
  const elsewhere = collections.filter(
    (entry) => entry.bucket === 'identity' && /^(reports|auditLogs|identityProtection)\//.test(entry.path),
  )
  assert.deepEqual(elsewhere, [])
})

test('owners and federated credentials come with the list, at most twenty each; their own paths have all', async () => {
  const id = idOf('applications', 'Knowledge base')
  const expanded = (await readAll(world, ada, '/applications?$select=id&$expand=owners&$top=999')).rows
  const owners = expanded.find((row) => row['id'] === id)?.['owners']
  assert.ok(Array.isArray(owners))
  assert.equal(owners.length, 20)
  assert.ok((await readAll(world, ada, `/applications/${id}/owners?$top=999`)).rows.length > 25)
  assert.ok(expanded.some((row) => Array.isArray(row['owners']) && row['owners'].length === 0))
  const { rows } = await readAll(world, ada, '/applications?$select=id,appId&$expand=federatedIdentityCredentials')
  const count = rows.reduce(
    (sum, row) => sum + (Array.isArray(row['federatedIdentityCredentials']) ? row['federatedIdentityCredentials'].length : 0),
    0,
  )
  assert.equal(count, tenant.collections.get('federatedIdentityCredentials')?.size)
  assert.equal((await send(world, ada, 'GET', '/applications/00000000-0000-0000-0000-000000000000/owners')).status, 404)
})

test('what only the emulator knows is never answered', async () => {
  const own = {
    applicationId: `/applications/${application}/federatedIdentityCredentials`,
    domainId: '/domains/contoso-plant.example/federationConfiguration',
  }
  for (const [name, path] of Object.entries(own)) {
    const { value } = await send(world, ada, 'GET', path)
    assert.ok(value.length > 0 && value.every((row) => row[name] === undefined), path)
  }
  const partners = await send(world, ada, 'GET', '/policies/crossTenantAccessPolicy/partners')
  assert.ok(partners.value.length === 2 && partners.value.every((row) => row['id'] === undefined && typeof row['tenantId'] === 'string'))
  const partner = String(partners.value[0]?.['tenantId'])
  assert.equal((await send(world, ada, 'GET', `/policies/crossTenantAccessPolicy/partners/${partner}`)).json['tenantId'], partner)
  const requests = await send(world, ada, 'GET', '/identityGovernance/appConsent/appConsentRequests')
  assert.ok(requests.value.length === 2 && requests.value.every((row) => row['userConsentRequests'] === undefined))
  const pending = await send(
    world,
    ada,
    'GET',
    "/identityGovernance/appConsent/appConsentRequests?$filter=userConsentRequests/any(u:u/status eq 'InProgress')",
  )
  assert.equal(pending.value.length, 2)
})
