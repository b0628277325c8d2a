import { authenticationMethods, nobody, phishingResistant, synchronization, tellingPush } from './default-access.ts'
import { restriction } from './default-application-policies.ts'
import { plantGroupSetting } from './group-settings.ts'
import { countryLocation, ipLocation } from './named-locations.ts'
import type { Planter } from './planter.ts'
import { directoryRoles } from './reference.ts'
import { collection } from './tenant.ts'
import type { Row } from './tenant.ts'

const noApplications = {
  includeApplications: [],
  excludeApplications: [],
  includeAuthenticationContextClassReferences: [],
  applicationFilter: null,
}
const onlyApplications = (...includeApplications: string[]): Record<string, unknown> => ({
  ...noApplications,
  includeApplications,
  includeUserActions: [],
})
const onlyAction = (action: string): Record<string, unknown> => ({ ...noApplications, includeUserActions: [action] })
const managedDevice = { operator: 'OR', builtInControls: ['compliantDevice', 'domainJoinedDevice'] }
const block = { builtInControls: ['block'] }
const mfa = { builtInControls: ['mfa'] }
const hours = (value: number): Record<string, unknown> => ({
  isEnabled: true,
  value,
  type: 'hours',
  authenticationType: 'primaryAndSecondaryAuthentication',
  frequencyInterval: 'timeBased',
})
const neverPersistent = { isEnabled: true, mode: 'never' }
const privilegedRoles = directoryRoles.filter((role) => role.privileged).map((role) => role.id)

/** Access as CISA's baseline and the CIS benchmark ask for it. No policy leaves anybody out: the emergency accounts hold security keys. */
export function plantHardenedAccess(planter: Planter): void {
  const office = ipLocation(planter, 'office', 'Head office', true, ['198.51.100.0/28'])
  const countries = countryLocation(planter, 'work', 'Where we work', ['FI', 'SE'])
  const policy = (
    key: string,
    displayName: string,
    conditions: Readonly<Record<string, unknown>>,
    grantControls: Readonly<Record<string, unknown>>,
    users: Readonly<Record<string, unknown>> = {},
    session?: Readonly<Record<string, unknown>>,
  ): Row => planter.policy(key, displayName, 'enabled', conditions, users, grantControls, 300, session)
  const administrators = { includeUsers: [], includeRoles: privilegedRoles }

  policy('user-risk', 'Block high user risk', { userRiskLevels: ['high'] }, block)
  policy('sign-in-risk', 'Block risky sign-ins', { signInRiskLevels: ['high', 'medium'] }, block)
  policy('phishing-resistant', 'Phishing-resistant sign-in for everyone', {}, phishingResistant)
  policy('strong-admins', 'Phishing-resistant sign-in for administrators', {}, phishingResistant, administrators)
  policy('managed', 'Managed devices only', {}, managedDevice)
  policy(
    'registration',
    'Managed device to register security information',
    { applications: onlyAction('urn:user:registersecurityinfo') },
    managedDevice,
  )
  policy('device-code', 'Block device code flow', { authenticationFlows: { transferMethods: 'deviceCodeFlow' } }, block)
  policy('transfer', 'Block authentication transfer', { authenticationFlows: { transferMethods: 'authenticationTransfer' } }, block)
  policy('join', 'Multifactor authentication to register a device', { applications: onlyAction('urn:user:registerdevice') }, mfa)
  policy('admin-session', 'Short sessions for administrators', {}, mfa, administrators, {
    signInFrequency: hours(4),
    persistentBrowser: neverPersistent,
  })
  policy('session', 'Sign in again every twelve hours', {}, mfa, {}, { signInFrequency: hours(12), persistentBrowser: neverPersistent })
  policy(
    'enrolment',
    'Fresh multifactor authentication to enrol a device',
    { applications: onlyApplications('d4ebce55-015a-49b5-a083-c84d1797ae8c') },
    mfa,
    {},
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
  policy(
    'platforms',
    'Block unknown platforms',
    { platforms: { includePlatforms: ['all'], excludePlatforms: ['android', 'iOS', 'windows', 'macOS', 'linux'] } },
    block,
  )
  policy(
    'countries',
    'Block sign-in from elsewhere',
    { locations: { includeLocations: ['All'], excludeLocations: [office.id, countries.id, 'AllTrusted'] } },
    block,
  )
  policy(
    'token',
    'Token protection for mail and files',
    {
      applications: onlyApplications('00000002-0000-0ff1-ce00-000000000000', '00000003-0000-0ff1-ce00-000000000000'),
      clientAppTypes: ['mobileAppsAndDesktopClients'],
      platforms: { includePlatforms: ['windows'], excludePlatforms: [] },
    },
    {},
    {},
    { secureSignInSession: { isEnabled: true } },
  )
  policy(
    'limited',
    'Application restrictions',
    { applications: onlyApplications('Office365') },
    {},
    {},
    { applicationEnforcedRestrictions: { isEnabled: true } },
  )
  policy('insider', 'Block elevated insider risk', { insiderRiskLevels: 'elevated' }, block)
  policy('portals', 'Administration portals for administrators', { applications: onlyApplications('MicrosoftAdminPortals') }, block, {
    excludeRoles: privilegedRoles,
  })
  const workloads = {
    includeServicePrincipals: ['ServicePrincipalsInMyTenant'],
    excludeServicePrincipals: [],
    servicePrincipalFilter: null,
  }
  policy('workload-risk', 'Block risky workloads', { clientApplications: workloads, servicePrincipalRiskLevels: ['high'] }, block, {
    includeUsers: ['None'],
  })
  policy(
    'workload-location',
    'Workloads from known addresses',
    { clientApplications: workloads, locations: { includeLocations: ['All'], excludeLocations: [office.id] } },
    block,
    { includeUsers: ['None'] },
  )
  plantMethods(planter)
  plantSettings(planter)
}

function plantMethods(planter: Planter): void {
  planter.amend('policies/authenticationMethodsPolicy', 'authenticationMethodsPolicy', {
    policyMigrationState: 'migrationComplete',
    authenticationMethodConfigurations: authenticationMethods({
      fido2: {
        state: 'enabled',
        isAttestationEnforced: true,
        // Security Key NFC and Microsoft Authenticator on iOS: the models that were bought.
        keyRestrictions: {
          isEnforced: true,
          enforcementType: 'allow',
          aaGuids: ['2fc0579f-8113-47ea-b116-bb5a8db9202a', '90a3ccdf-635c-4729-a248-9b709135078f'],
        },
      },
      microsoftAuthenticator: { state: 'enabled', featureSettings: tellingPush },
      temporaryAccessPass: { state: 'enabled', isUsableOnce: true },
      email: { state: 'disabled', allowExternalIdToUseEmailOtp: 'disabled' },
    }),
  })
}

function plantSettings(planter: Planter): void {
  const { amend, tenant } = planter
  amend('policies/authorizationPolicy', 'authorizationPolicy', {
    allowInvitesFrom: 'adminsAndGuestInviters',
    guestUserRoleId: '2af84b1e-32c8-42b7-82bc-daa82404023b',
    allowedToSignUpEmailBasedSubscriptions: false,
    allowedToUseSSPR: false,
    allowUserConsentForRiskyApps: false,
    blockMsolPowerShell: true,
    defaultUserRolePermissions: {
      allowedToCreateApps: false,
      allowedToCreateSecurityGroups: false,
      allowedToCreateTenants: false,
      allowedToReadBitlockerKeysForOwnedDevice: false,
      allowedToReadOtherUsers: true,
      permissionGrantPoliciesAssigned: [],
    },
  })
  const always = '0001-01-01T00:00:00Z'
  const credentials = {
    passwordCredentials: [
      restriction('passwordAddition', null, always),
      restriction('customPasswordAddition', null, always),
      restriction('symmetricKeyAddition', null, always),
      restriction('passwordLifetime', 'P180D', always),
      restriction('symmetricKeyLifetime', 'P180D', always),
    ],
    keyCredentials: [restriction('asymmetricKeyLifetime', 'P365D', always)],
  }
  amend('policies/defaultAppManagementPolicy', '00000000-0000-0000-0000-000000000000', {
    isEnabled: true,
    applicationRestrictions: { ...credentials, identifierUris: null },
    servicePrincipalRestrictions: credentials,
  })
  const devices = collection(tenant, 'policies/deviceRegistrationPolicy').get('deviceRegistrationPolicy')
  amend('policies/deviceRegistrationPolicy', 'deviceRegistrationPolicy', {
    ...devices,
    userDeviceQuota: 10,
    azureADJoin: {
      isAdminConfigurable: true,
      allowedToJoin: {
        '@odata.type': '#microsoft.graph.enumeratedDeviceRegistrationMembership',
        users: [],
        groups: [planter.id('group/device-team')],
      },
      localAdmins: { enableGlobalAdmins: false, registeringUsers: nobody },
    },
    localAdminPassword: { isEnabled: true },
  })
  plantGroupSetting(planter, 'Password Rule Settings', {
    EnableBannedPasswordCheck: 'True',
    BannedPasswordList: 'hardened\thelsinki\twinter',
    EnableBannedPasswordCheckOnPremises: 'True',
    BannedPasswordCheckOnPremisesMode: 'Enforce',
  })
  plantGroupSetting(planter, 'Consent Policy Settings', { EnableGroupSpecificConsent: 'False', EnableAdminConsentRequests: 'True' })
  plantGroupSetting(planter, 'Group.Unified', { EnableGroupCreation: 'False' })
  planter.put('policies/activityBasedTimeoutPolicies', {
    id: planter.id('timeout'),
    deletedDateTime: null,
    displayName: 'Portal time-out',
    description: null,
    isOrganizationDefault: true,
    definition: [
      '{"ActivityBasedTimeoutPolicy":{"Version":1,"ApplicationPolicies":[{"ApplicationId":"c44b4083-3bb0-49c1-b47d-974e53cbdf3c","WebSessionIdleTimeout":"03:00:00"}]}}',
    ],
  })
  amend('directory/onPremisesSynchronization', tenant.id, {
    features: synchronization({
      blockSoftMatchEnabled: true,
      blockCloudObjectTakeoverThroughHardMatchEnabled: true,
      softMatchOnUpnEnabled: false,
    }),
  })
}
