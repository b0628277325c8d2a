import { authenticationMethods, nobody, partnerAccess, phishingResistant } from './default-access.ts'
import { plantGroupSetting } from './group-settings.ts'
import { countryLocation, ipLocation } from './named-locations.ts'
import type { Planter } from './planter.ts'
import { roleIdByName } from './reference.ts'
import type { Row } from './tenant.ts'

interface Groups {
  readonly breakGlass: Row
  readonly pilot: Row
}

const INTUNE_ENROLMENT = 'd4ebce55-015a-49b5-a083-c84d1797ae8c'
const noApplications = {
  includeApplications: [],
  excludeApplications: [],
  includeAuthenticationContextClassReferences: [],
  applicationFilter: null,
}

/** The access policies that came after the first six, in the order in which they were made, and the settings around them. */
export function plantContosoAccess(planter: Planter, groups: Groups): void {
  const { policy } = planter
  const withoutBreakGlass = { excludeGroups: [groups.breakGlass.id] }
  const office = ipLocation(planter, 'lisbon', 'Lisbon office', true, ['203.0.113.0/24', '2001:db8:10::/48'])
  // Trusted, and half the internet: somebody typed 2 for 24.
  ipLocation(planter, 'roaming', 'Roaming staff', true, ['128.0.0.0/2'])
  const countries = countryLocation(planter, 'work', 'Where we work', ['PT', 'ES', 'DE', 'FI', 'SE', 'NL'])
  // Strong factors for the administrators that somebody thought of; the other privileged roles are not named.
  policy(
    'strong-admins',
    'Phishing-resistant sign-in for administrators',
    'enabled',
    {},
    {
      ...withoutBreakGlass,
      includeUsers: [],
      includeRoles: [roleIdByName('Global Administrator'), roleIdByName('Security Administrator')],
    },
    phishingResistant,
    120,
  )
  // Twice a working day for administrators, where four hours are asked for; their browsers stay signed in.
  policy(
    'admin-frequency',
    'Administrators sign in again every twelve hours',
    'enabled',
    {},
    { ...withoutBreakGlass, includeUsers: [], includeRoles: [roleIdByName('Global Administrator')] },
    { builtInControls: ['mfa'] },
    240,
    {
      signInFrequency: {
        isEnabled: true,
        value: 12,
        type: 'hours',
        authenticationType: 'primaryAndSecondaryAuthentication',
        frequencyInterval: 'timeBased',
      },
    },
  )
  // Good: a new device is enrolled with a fresh second factor.
  policy(
    'enrolment',
    'Fresh multifactor authentication to enrol a device',
    'enabled',
    { applications: { ...noApplications, includeApplications: [INTUNE_ENROLMENT], includeUserActions: [] } },
    withoutBreakGlass,
    { builtInControls: ['mfa'] },
    230,
    {
      signInFrequency: {
        isEnabled: true,
        value: null,
        type: null,
        authenticationType: 'primaryAndSecondaryAuthentication',
        frequencyInterval: 'everyTime',
      },
    },
  )
  // New factors are registered from the office or not at all: better than nothing, worse than a managed device.
  policy(
    'registration',
    'Register security information from the office',
    'enabled',
    {
      applications: { ...noApplications, includeUserActions: ['urn:user:registersecurityinfo'] },
      locations: { includeLocations: ['All'], excludeLocations: [office.id] },
    },
    withoutBreakGlass,
    { builtInControls: ['block'] },
    220,
  )
  // The control that Microsoft has retired, without the one that replaces it.
  policy(
    'mail-on-phones',
    'Mail on phones in an approved application',
    'enabled',
    { platforms: { includePlatforms: ['android', 'iOS'], excludePlatforms: [] } },
    withoutBreakGlass,
    { builtInControls: ['approvedApplication'] },
    700,
  )
  // Good: downloads are limited in browsers that nobody manages.
  policy(
    'limited',
    'Limited access from unmanaged browsers',
    'enabled',
    { clientAppTypes: ['browser'], devices: { deviceFilter: { mode: 'exclude', rule: 'device.isCompliant -eq True' } } },
    withoutBreakGlass,
    { builtInControls: ['mfa'] },
    180,
    { applicationEnforcedRestrictions: { isEnabled: true }, persistentBrowser: { isEnabled: true, mode: 'never' } },
  )
  // Blocks what is not where people work, but the office leaves for a conference now and then.
  policy(
    'countries',
    'Block sign-in from elsewhere',
    'enabled',
    { locations: { includeLocations: ['All'], excludeLocations: [countries.id, 'AllTrusted'] } },
    withoutBreakGlass,
    { builtInControls: ['block'] },
    400,
  )
  // The group was deleted with the partner; the policy was not.
  policy(
    'former-partner',
    'Block the former partner',
    'enabled',
    {},
    { includeUsers: [], includeGroups: [planter.id('group/former-partner')] },
    { builtInControls: ['block'] },
    650,
  )
  // Applies to no application and no action: somebody took the last one out.
  policy(
    'nobody',
    'Terms of use for the old wiki',
    'enabled',
    { applications: { ...noApplications, includeApplications: ['None'], includeUserActions: [] } },
    withoutBreakGlass,
    { builtInControls: ['mfa'] },
    900,
  )
  // Both risks in one policy: it only acts when both are high at once. And it lets people in when Entra cannot answer.
  policy(
    'both-risks',
    'Password change at high risk',
    'enabled',
    { userRiskLevels: ['high'], signInRiskLevels: ['high'] },
    withoutBreakGlass,
    { operator: 'AND', builtInControls: ['mfa', 'passwordChange'] },
    290,
    { disableResilienceDefaults: true },
  )
  plantMethods(planter)
  plantSettings(planter)
}

function plantMethods(planter: Planter): void {
  planter.amend('policies/authenticationMethodsPolicy', 'authenticationMethodsPolicy', {
    // Started two years ago, never finished: the old per-user settings still count.
    policyMigrationState: 'migrationInProgress',
    authenticationMethodConfigurations: authenticationMethods({
      // Any key of any maker, attested by nobody.
      fido2: { state: 'enabled' },
      microsoftAuthenticator: { state: 'enabled', isSoftwareOathEnabled: true },
      softwareOath: { state: 'enabled' },
      email: { state: 'enabled' },
      // Text messages for everybody but a group that no longer exists.
      sms: { state: 'enabled', excludeTargets: [{ id: planter.id('group/no-phones'), targetType: 'group' }] },
      // A pass that can be used all day.
      temporaryAccessPass: { state: 'enabled' },
    }),
  })
}

function plantSettings(planter: Planter): void {
  // Forty guesses before anything happens, then five seconds of rest; the word list was never filled in.
  plantGroupSetting(planter, 'Password Rule Settings', {
    LockoutThreshold: '40',
    LockoutDurationInSeconds: '5',
    EnableBannedPasswordCheckOnPremises: 'True',
    BannedPasswordCheckOnPremisesMode: 'Audit',
  })
  plantGroupSetting(planter, 'Consent Policy Settings', { BlockUserConsentForRiskyApps: 'False', EnableAdminConsentRequests: 'True' })
  // Anybody makes groups, and guests may own them.
  plantGroupSetting(planter, 'Group.Unified', { AllowGuestsToBeGroupOwner: 'True' })
  // Good: portals sign out after two hours without a touch.
  planter.put('policies/activityBasedTimeoutPolicies', {
    id: planter.id('timeout'),
    deletedDateTime: null,
    displayName: 'Portal time-out',
    description: null,
    isOrganizationDefault: true,
    definition: [
      '{"ActivityBasedTimeoutPolicy":{"Version":1,"ApplicationPolicies":[{"ApplicationId":"c44b4083-3bb0-49c1-b47d-974e53cbdf3c","WebSessionIdleTimeout":"02:00:00"}]}}',
    ],
  })
  // Only the device team joins devices, but every administrator is an administrator of each, all with the same old password.
  planter.amend('policies/deviceRegistrationPolicy', 'deviceRegistrationPolicy', {
    azureADJoin: {
      isAdminConfigurable: true,
      allowedToJoin: {
        '@odata.type': '#microsoft.graph.enumeratedDeviceRegistrationMembership',
        users: [],
        groups: [planter.id('group/department-it')],
      },
      localAdmins: { enableGlobalAdmins: true, registeringUsers: nobody },
    },
  })
  planter.amend('policies/authenticationFlowsPolicy', 'authenticationFlowsPolicy', { selfServiceSignUp: { isEnabled: true } })
  // Every organisation may connect its channels, since one project needed it once.
  planter.amend('policies/crossTenantAccessPolicy/default', planter.tenant.id, {
    isServiceDefault: false,
    b2bDirectConnectInbound: partnerAccess('allowed'),
    inboundTrust: { isMfaAccepted: true, isCompliantDeviceAccepted: false, isHybridAzureADJoinedDeviceAccepted: false },
  })
  for (const [name, automatic] of [
    ['fabrikam', true],
    ['tailspin', false],
  ] as const) {
    const tenantId = planter.id(`partner/${name}`)
    planter.put('policies/crossTenantAccessPolicy/partners', {
      id: tenantId,
      tenantId,
      isServiceProvider: null,
      isInMultiTenantOrganization: false,
      inboundTrust: { isMfaAccepted: true, isCompliantDeviceAccepted: automatic, isHybridAzureADJoinedDeviceAccepted: false },
      b2bCollaborationInbound: null,
      b2bCollaborationOutbound: null,
      b2bDirectConnectInbound: null,
      b2bDirectConnectOutbound: null,
      // People of Fabrikam are never asked before their account is used here.
      automaticUserConsentSettings: { inboundAllowed: automatic, outboundAllowed: automatic },
      tenantRestrictions: null,
    })
  }
}
