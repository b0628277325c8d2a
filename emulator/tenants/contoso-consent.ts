import { classify, conditionSet, restriction } from './default-application-policies.ts'
import type { Planter } from './planter.ts'
import { delegatedScope } from './reference.ts'
import { collection, text } from './tenant.ts'
import type { Row } from './tenant.ts'

interface Cast {
  readonly ada: Row
  readonly staff: readonly Row[]
  readonly microsoftGraph: Row
}

/** Who may agree to what, who is asked, and what credentials may be. */
export function plantContosoConsent(planter: Planter, { ada, staff, microsoftGraph }: Cast): void {
  // Reading mail was once marked as harmless, so that people could agree to it alone.
  for (const value of ['User.Read', 'offline_access', 'openid', 'profile', 'email', 'Mail.Read'])
    classify(planter, microsoftGraph.id, delegatedScope(value), 'low')
  // People can ask, but the reviewers are not told and a request stays for six weeks.
  planter.amend('policies/adminConsentRequestPolicy', 'adminConsentRequestPolicy', {
    isEnabled: true,
    version: 3,
    requestDurationInDays: 45,
    reviewers: [{ query: `/v1.0/users/${ada.id}`, queryType: 'MicrosoftGraph', queryRoot: null }],
  })
  // Made for a campaign: anybody may agree to anything for any publisher.
  planter.put('policies/permissionGrantPolicies', {
    id: 'contoso-marketing',
    deletedDateTime: null,
    displayName: 'Marketing tools',
    description: 'For the spring campaign',
    includes: [conditionSet(planter.id('consent/marketing'), { permissionType: 'delegatedUserConsentable' })],
    excludes: [conditionSet(planter.id('consent/marketing/not'), { permissionClassification: 'high' })],
  })
  const authorization = collection(planter.tenant, 'policies/authorizationPolicy').get('authorizationPolicy')
  const permissions = authorization?.['defaultUserRolePermissions']
  // Good: last year's clean-up closed what nobody needed. Registering applications and consent were left for later.
  planter.amend('policies/authorizationPolicy', 'authorizationPolicy', {
    allowInvitesFrom: 'adminsAndGuestInviters',
    allowedToSignUpEmailBasedSubscriptions: false,
    allowedToUseSSPR: false,
    blockMsolPowerShell: true,
    defaultUserRolePermissions: {
      ...(typeof permissions === 'object' ? permissions : {}),
      allowedToCreateSecurityGroups: false,
      allowedToCreateTenants: false,
      allowedToReadBitlockerKeysForOwnedDevice: false,
      permissionGrantPoliciesAssigned: [
        'ManagePermissionGrantsForSelf.microsoft-user-default-legacy',
        'ManagePermissionGrantsForSelf.contoso-marketing',
      ],
    },
  })
  // Good: certificates end after a year. Secrets were forgotten, and one application may keep its own for ten years.
  const certificates = { passwordCredentials: [], keyCredentials: [restriction('asymmetricKeyLifetime', 'P365D', '0001-01-01T00:00:00Z')] }
  planter.amend('policies/defaultAppManagementPolicy', '00000000-0000-0000-0000-000000000000', {
    isEnabled: true,
    applicationRestrictions: { ...certificates, identifierUris: null },
    servicePrincipalRestrictions: certificates,
  })
  const priceList = [...collection(planter.tenant, 'applications').values()].find((row) => row['displayName'] === 'Price list')
  if (!priceList) throw new Error('The price list must be there before its exception.')
  const exception = planter.put('policies/appManagementPolicies', {
    id: planter.id('app-management/exporters'),
    deletedDateTime: null,
    displayName: 'Old exporters keep their secrets',
    description: 'Until the price list is replaced',
    isEnabled: true,
    restrictions: {
      passwordCredentials: [{ ...restriction('passwordLifetime', 'P3650D', '2019-01-01T00:00:00Z') }],
      keyCredentials: [],
      applicationRestrictions: null,
    },
  })
  planter.put('appManagementPolicyTargets', {
    id: `${exception.id}_price-list`,
    policyId: exception.id,
    objectId: priceList.id,
  })
  const asked = (key: string, appDisplayName: string, by: Row | undefined, daysAgo: number, scope: string): Row =>
    planter.put('identityGovernance/appConsent/appConsentRequests', {
      id: planter.id(`consent-request/${key}`),
      appId: planter.id(`appId/${key}`),
      appDisplayName,
      pendingScopes: [{ displayName: scope }],
      userConsentRequests: [
        {
          id: planter.id(`consent-request/${key}/person`),
          approvalId: planter.id(`consent-request/${key}/approval`),
          completedDateTime: null,
          createdBy: { user: { id: by?.id ?? null, displayName: text(by, 'displayName') ?? null } },
          createdDateTime: planter.inDays(-daysAgo),
          customData: null,
          reason: 'Needed for work',
          status: 'InProgress',
        },
      ],
    })
  // Nobody looks here: the first has waited for three weeks.
  asked('whiteboard-wizard', 'Whiteboard Wizard', staff[90], 21, 'Files.Read.All')
  asked('travel-rewards', 'Travel Rewards', staff[91], 2, 'Calendars.Read')
}
