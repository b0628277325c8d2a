import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPrivilegedRole, roleIdByName } from '../tenants/reference.ts'
import { collection, createWorld, findTenant, text } from '../tenants/world.ts'
import type { Row, Tenant } from '../tenants/world.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const DAY = 86_400_000
const world = createWorld({ seed: 1, now: () => NOW })
const named = (name: string): Tenant => findTenant(world, name) ?? assert.fail(`no tenant ${name}`)
const demo = named('contoso-demo')
const hardened = named('hardened')

const rows = (tenant: Tenant, path: string): Row[] => [...collection(tenant, path).values()]
const json = (value: unknown): string => JSON.stringify(value) ?? ''
const list = (row: Row, property: string): readonly Record<string, unknown>[] => {
  const value = row[property]
  return Array.isArray(value) ? value : []
}
const days = (value: unknown): number => (Date.parse(String(value)) - NOW) / DAY
const lastSignIn = (row: Row): unknown => {
  const activity = row['signInActivity']
  return typeof activity === 'object' && activity !== null ? Reflect.get(activity, 'lastSuccessfulSignInDateTime') : undefined
}
const enabled = (row: Row): boolean => row['accountEnabled'] === true
const owns = (tenant: Tenant, relation: string, key: string, id: string): Row[] => rows(tenant, relation).filter((row) => row[key] === id)
const userOf = (tenant: Tenant, id: unknown): Row | undefined => collection(tenant, 'users').get(String(id))
const privilegedHolders = (tenant: Tenant): Row[] =>
  rows(tenant, 'roleManagement/directory/roleAssignments')
    .filter((row) => isPrivilegedRole(text(row, 'roleDefinitionId') ?? ''))
    .flatMap((row) => userOf(tenant, row['principalId']) ?? [])
const setting = (tenant: Tenant, template: string, name: string): unknown =>
  rows(tenant, 'groupSettings')
    .filter((row) => row['displayName'] === template)
    .flatMap((row) => list(row, 'values'))
    .find((value) => value['name'] === name)?.['value']
const methodState = (tenant: Tenant, id: string): Record<string, unknown> =>
  rows(tenant, 'policies/authenticationMethodsPolicy')
    .flatMap((row) => list(row, 'authenticationMethodConfigurations'))
    .find((method) => method['id'] === id) ?? assert.fail(`no method ${id}`)
const rulesOf = (tenant: Tenant, role: string, rule: string): string =>
  rows(tenant, 'policies/roleManagementPolicyAssignments')
    .filter((row) => row['roleDefinitionId'] === roleIdByName(role))
    .flatMap((row) => list(collection(tenant, 'policies/roleManagementPolicies').get(String(row['policyId'])) ?? row, 'rules'))
    .filter((candidate) => candidate['id'] === rule)
    .map(json)
    .join()

/** What a code of the catalogue looks for in a list: where, and which rows are wrong. */
const inLists: readonly (readonly [code: string, path: string, wrong: (row: Row, tenant: Tenant) => boolean])[] = [
  ['APP-03', 'applications', (row) => list(row, 'keyCredentials').some((key) => days(key['endDateTime']) < 30)],
  [
    'APP-05',
    'applications',
    (row) => list(row, 'keyCredentials').some((key) => days(key['endDateTime']) - days(key['startDateTime']) > 365),
  ],
  ['APP-06', 'applications', (row) => list(row, 'passwordCredentials').length > 0],
  ['APP-07', 'applications', (row) => list(row, 'passwordCredentials').filter((key) => days(key['endDateTime']) > 0).length > 2],
  ['APP-08', 'servicePrincipals', (row) => list(row, 'passwordCredentials').length > 0],
  [
    'APP-09',
    'servicePrincipals',
    (row) => list(row, 'keyCredentials').length > 0 && /^f8cdef31|^72f988bf/.test(String(row['appOwnerOrganizationId'])),
  ],
  ['APP-12', 'appRoleAssignments', (row) => row['appRoleId'] === 'dc890d15-9560-4a4c-9b7f-a736ec74ec40'],
  [
    'APP-13',
    'oauth2PermissionGrants',
    (row) => row['consentType'] === 'AllPrincipals' && /Directory\.ReadWrite\.All/.test(String(row['scope'])),
  ],
  ['APP-14', 'oauth2PermissionGrants', (row) => row['consentType'] === 'Principal' && /(Mail|Files)\./.test(String(row['scope']))],
  ['APP-16', 'applications', (row, tenant) => owns(tenant, 'applicationOwners', 'applicationId', row.id).length === 0],
  ['APP-19', 'applicationOwners', (row, tenant) => userOf(tenant, row['ownerId'])?.['userType'] === 'Guest'],
  ['APP-20', 'applicationOwners', (row, tenant) => userOf(tenant, row['ownerId'])?.['accountEnabled'] === false],
  [
    'APP-23',
    'servicePrincipals',
    (row, tenant) => row['appOwnerOrganizationId'] === tenant.id && row['appRoleAssignmentRequired'] !== true,
  ],
  ['APP-24', 'applications', (row) => row['signInAudience'] === 'AzureADMultipleOrgs' && row['servicePrincipalLockConfiguration'] === null],
  ['APP-25', 'applications', (row) => /"http:\/\/(?!localhost)|"https:\/\/\*|azurewebsites\.net|https:\/\/\d/.test(json(row['web']))],
  ['APP-27', 'applications', (row) => /"enable\w+TokenIssuance":true/.test(json(row['web']))],
  ['APP-28', 'applications', (row) => row['isFallbackPublicClient'] === true],
  [
    'APP-29',
    'federatedIdentityCredentials',
    (row) => /pull_request|\*/.test(String(row['subject'])) || /^http:/.test(String(row['issuer'])),
  ],
  [
    'APP-30',
    'roleManagement/directory/roleAssignments',
    (row, tenant) => collection(tenant, 'servicePrincipals').has(String(row['principalId'])),
  ],
  ['APP-33', 'policies/defaultAppManagementPolicy', (row) => !/passwordAddition/.test(json(row['applicationRestrictions']))],
  [
    'APP-38',
    'delegatedPermissionClassifications',
    (row) => row['classification'] === 'low' && /^Mail\./.test(String(row['permissionName'])),
  ],
  ['APP-40', 'policies/adminConsentRequestPolicy', (row) => row['notifyReviewers'] !== true || Number(row['requestDurationInDays']) > 30],
  [
    'APP-43',
    'identityGovernance/appConsent/appConsentRequests',
    (row) => list(row, 'userConsentRequests').some((one) => days(one['createdDateTime']) < -7),
  ],
  [
    'APP-44',
    'policies/permissionGrantPolicies',
    (row) => row.id.startsWith('contoso-') && /"permissions":\["all"\]/.test(json(row['includes'])),
  ],
  ['CA-21', 'identity/conditionalAccess/namedLocations', (row) => /\/[0-8]"/.test(json(row['ipRanges']))],
  ['CA-37', 'identity/conditionalAccess/policies', (row) => /"disableResilienceDefaults":true/.test(json(row['sessionControls']))],
  ['AM-01', 'policies/authenticationMethodsPolicy', (row) => row['policyMigrationState'] !== 'migrationComplete'],
  ['AM-11', 'reports/authenticationMethods/userRegistrationDetails', (row) => row['isMfaCapable'] === false],
  [
    'AM-12',
    'reports/authenticationMethods/userRegistrationDetails',
    (row) => row['isAdmin'] === true && !/fido2/.test(json(row['methodsRegistered'])),
  ],
  ['PW-01', 'domains', (row) => row['passwordValidityPeriodInDays'] === 90],
  ['PW-06', 'users', (row) => /DisableStrongPassword/.test(String(row['passwordPolicies']))],
  ['PR-18', 'groupOwners', (row, tenant) => collection(tenant, 'groups').get(String(row['groupId']))?.['isAssignableToRole'] === true],
  [
    'PR-19',
    'roleManagement/directory/roleDefinitions',
    (row) => row['isBuiltIn'] === false && /credentials\/update/.test(json(row['rolePermissions'])),
  ],
  ['PR-20', 'identityGovernance/accessReviews/definitions', (row) => /"autoApplyDecisionsEnabled":false/.test(json(row['settings']))],
  [
    'PR-22',
    'tenantRelationships/delegatedAdminRelationships',
    (row) => row['status'] === 'active' && /62e90394/.test(json(row['accessDetails'])),
  ],
  ['GU-04', 'users', (row) => row['userType'] === 'Guest' && days(lastSignIn(row)) < -90],
  ['GU-05', 'users', (row) => row['externalUserState'] === 'PendingAcceptance' && days(row['externalUserStateChangeDateTime']) < -90],
  ['GU-06', 'users', (row, tenant) => row['userType'] === 'Guest' && owns(tenant, 'userSponsors', 'userId', row.id).length === 0],
  ['GU-09', 'policies/crossTenantAccessPolicy/partners', (row) => /"inboundAllowed":true/.test(json(row['automaticUserConsentSettings']))],
  ['GU-10', 'policies/authenticationFlowsPolicy', (row) => /true/.test(json(row['selfServiceSignUp']))],
  ['US-01', 'users', (row) => row['userType'] === 'Member' && enabled(row) && days(lastSignIn(row)) < -90],
  [
    'US-02',
    'users',
    (row) => row['userType'] === 'Member' && enabled(row) && lastSignIn(row) === undefined && days(row['createdDateTime']) < -30,
  ],
  ['US-03', 'users', (row) => !enabled(row) && list(row, 'assignedLicenses').length > 0],
  ['US-12', 'groups', (row) => row['visibility'] === 'Public'],
  ['US-13', 'identityProtection/riskyUsers', (row) => row['riskLevel'] === 'high' && row['riskState'] === 'atRisk'],
  ['US-14', 'identityProtection/riskyServicePrincipals', (row) => row['riskState'] === 'atRisk'],
  ['DV-03', 'policies/deviceRegistrationPolicy', (row) => /"enableGlobalAdmins":true/.test(json(row['azureADJoin']))],
  ['HY-02', 'directory/onPremisesSynchronization', (row) => /"blockSoftMatchEnabled":false/.test(json(row['features']))],
  ['HY-04', 'federationConfigurations', (row) => row['federatedIdpMfaBehavior'] !== 'rejectMfaByFederatedIdp'],
]

test('contoso-demo has something wrong for each code and hardened has not', () => {
  for (const [code, path, wrong] of inLists) {
    const [bad, all] = [rows(demo, path).filter((row) => wrong(row, demo)), rows(demo, path)]
    assert.ok(bad.length > 0, `${code}: nothing is wrong in contoso-demo`)
    // A list in which everything is wrong would not tell a check from one that always fails.
    const onlyRow = all.length === 1
    const allWrongOnPurpose = ['PR-18', 'PR-20', 'US-14', 'HY-04'].includes(code)
    assert.ok(bad.length < all.length || onlyRow || allWrongOnPurpose, `${code}: everything is wrong in contoso-demo`)
    assert.deepEqual(
      rows(hardened, path)
        .filter((row) => wrong(row, hardened))
        .map((row) => row.id),
      [],
      `${code} in hardened`,
    )
  }
})

/** What a code asks of the tenant as a whole: true where it is wrong. */
const inTenants: readonly (readonly [code: string, wrong: (tenant: Tenant) => boolean])[] = [
  ['APP-41', (tenant) => setting(tenant, 'Consent Policy Settings', 'EnableGroupSpecificConsent') !== 'False'],
  ['APP-42', (tenant) => setting(tenant, 'Consent Policy Settings', 'BlockUserConsentForRiskyApps') !== 'True'],
  ['PW-02', (tenant) => setting(tenant, 'Password Rule Settings', 'EnableBannedPasswordCheck') !== 'True'],
  ['PW-04', (tenant) => Number(setting(tenant, 'Password Rule Settings', 'LockoutThreshold')) > 10],
  ['PW-05', (tenant) => Number(setting(tenant, 'Password Rule Settings', 'LockoutDurationInSeconds')) < 60],
  ['US-06', (tenant) => setting(tenant, 'Group.Unified', 'EnableGroupCreation') !== 'False'],
  ['US-11', (tenant) => setting(tenant, 'Group.Unified', 'AllowGuestsToBeGroupOwner') !== 'False'],
  ['AM-02', (tenant) => ['Sms', 'Voice', 'Email'].some((id) => methodState(tenant, id)['state'] === 'enabled')],
  ['AM-05', (tenant) => methodState(tenant, 'Fido2')['isAttestationEnforced'] !== true],
  ['AM-06', (tenant) => methodState(tenant, 'TemporaryAccessPass')['isUsableOnce'] !== true],
  ['PR-06', (tenant) => !/"isApprovalRequired":true/.test(rulesOf(tenant, 'Global Administrator', 'Approval_EndUser_Assignment'))],
  ['PR-07', (tenant) => /"primaryApprovers":\[\]/.test(rulesOf(tenant, 'Privileged Role Administrator', 'Approval_EndUser_Assignment'))],
  ['PR-11', (tenant) => !/MultiFactorAuthentication/.test(rulesOf(tenant, 'User Administrator', 'Enablement_EndUser_Assignment'))],
  ['PR-12', (tenant) => /PT24H/.test(rulesOf(tenant, 'User Administrator', 'Expiration_EndUser_Assignment'))],
  ['PR-13', (tenant) => privilegedHolders(tenant).some((row) => row['userType'] === 'Guest')],
  ['PR-14', (tenant) => privilegedHolders(tenant).some((row) => days(lastSignIn(row)) < -90)],
  ['PR-15', (tenant) => privilegedHolders(tenant).some((row) => !enabled(row))],
  ['PR-16', (tenant) => privilegedHolders(tenant).some((row) => list(row, 'assignedPlans').length > 0)],
]

test('contoso-demo as a whole is wrong for each code and hardened is not', () => {
  for (const [code, wrong] of inTenants) {
    assert.equal(wrong(demo), true, `${code}: contoso-demo is right`)
    assert.equal(wrong(hardened), false, `${code}: hardened is wrong`)
  }
})

test('relations name what is there', () => {
  for (const tenant of world.tenants.values()) {
    const known = new Set(['users', 'groups', 'applications', 'servicePrincipals'].flatMap((path) => [...collection(tenant, path).keys()]))
    const units = collection(tenant, 'administrativeUnits')
    for (const [path, ...properties] of [
      ['applicationOwners', 'applicationId', 'ownerId'],
      ['servicePrincipalOwners', 'servicePrincipalId', 'ownerId'],
      ['groupOwners', 'groupId', 'ownerId'],
      ['groupMembers', 'groupId', 'memberId'],
      ['userSponsors', 'userId', 'sponsorId'],
      ['appManagementPolicyTargets', 'objectId'],
      ['federatedIdentityCredentials', 'applicationId'],
      ['delegatedPermissionClassifications', 'servicePrincipalId'],
      ['roleManagement/directory/roleAssignments', 'principalId'],
      ['roleManagement/directory/roleEligibilityScheduleInstances', 'principalId'],
      ['identityGovernance/privilegedAccess/group/eligibilityScheduleInstances', 'groupId', 'principalId'],
    ] as const) {
      for (const row of rows(tenant, path))
        for (const property of properties) assert.ok(known.has(String(row[property])), `${tenant.name} ${path} ${row.id} ${property}`)
    }
    for (const row of rows(tenant, 'administrativeUnitMembers')) assert.ok(units.has(String(row['administrativeUnitId'])))
    for (const row of rows(tenant, 'federationConfigurations')) assert.ok(collection(tenant, 'domains').has(String(row['domainId'])))
  }
})
