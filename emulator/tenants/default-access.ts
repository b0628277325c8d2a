import type { Planter } from './planter.ts'
import type { Row } from './tenant.ts'

const everybody = { id: 'all_users', targetType: 'group', isRegistrationRequired: false }

type MethodKind =
  'fido2' | 'microsoftAuthenticator' | 'sms' | 'temporaryAccessPass' | 'softwareOath' | 'voice' | 'email' | 'x509Certificate'

const method = (kind: MethodKind, id: string, properties: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  '@odata.type': `#microsoft.graph.${kind}AuthenticationMethodConfiguration`,
  id,
  state: 'disabled',
  excludeTargets: [],
  includeTargets: [everybody],
  ...properties,
})

const shown = {
  state: 'default',
  includeTarget: { targetType: 'group', id: 'all_users' },
  excludeTarget: { targetType: 'group', id: '00000000-0000-0000-0000-000000000000' },
}

/** How people may prove who they are, as Microsoft ships it; `changes` names what a tenant has changed, by method. */
export function authenticationMethods(changes: Partial<Record<MethodKind, Readonly<Record<string, unknown>>>>): Record<string, unknown>[] {
  return [
    method('fido2', 'Fido2', {
      isAttestationEnforced: false,
      isSelfServiceRegistrationAllowed: true,
      keyRestrictions: { isEnforced: false, enforcementType: 'block', aaGuids: [] },
      includeTargets: [{ ...everybody, allowedPasskeyProfiles: [] }],
      ...changes.fido2,
    }),
    method('microsoftAuthenticator', 'MicrosoftAuthenticator', {
      isSoftwareOathEnabled: false,
      featureSettings: { displayAppInformationRequiredState: shown, displayLocationInformationRequiredState: shown },
      includeTargets: [{ ...everybody, authenticationMode: 'any' }],
      ...changes.microsoftAuthenticator,
    }),
    method('sms', 'Sms', { includeTargets: [{ ...everybody, isUsableForSignIn: false }], ...changes.sms }),
    method('temporaryAccessPass', 'TemporaryAccessPass', {
      defaultLength: 8,
      defaultLifetimeInMinutes: 60,
      isUsableOnce: false,
      minimumLifetimeInMinutes: 60,
      maximumLifetimeInMinutes: 480,
      ...changes.temporaryAccessPass,
    }),
    method('softwareOath', 'SoftwareOath', { ...changes.softwareOath }),
    method('voice', 'Voice', { isOfficePhoneAllowed: false, ...changes.voice }),
    method('email', 'Email', { allowExternalIdToUseEmailOtp: 'default', ...changes.email }),
    method('x509Certificate', 'X509Certificate', {
      authenticationModeConfiguration: {
        x509CertificateAuthenticationDefaultMode: 'x509CertificateSingleFactor',
        x509CertificateDefaultRequiredAffinityLevel: 'low',
        rules: [],
      },
      certificateUserBindings: [],
      certificateAuthorityScopes: [],
      issuerHintsConfiguration: { state: 'disabled' },
      crlValidationConfiguration: { state: 'disabled', exemptedCertificateAuthoritiesSubjectKeyIdentifiers: [] },
      ...changes.x509Certificate,
    }),
  ]
}

/** The settings of the Authenticator under which a push says where it comes from. */
export const tellingPush = {
  displayAppInformationRequiredState: { ...shown, state: 'enabled' },
  displayLocationInformationRequiredState: { ...shown, state: 'enabled' },
}

/** The built-in strengths (https://learn.microsoft.com/entra/identity/authentication/concept-authentication-strengths). */
const strengths = [
  {
    id: '00000000-0000-0000-0000-000000000002',
    displayName: 'Multifactor authentication',
    allowedCombinations: [
      'windowsHelloForBusiness',
      'fido2',
      'x509CertificateMultiFactor',
      'deviceBasedPush',
      'temporaryAccessPassOneTime',
      'temporaryAccessPassMultiUse',
      'password,microsoftAuthenticatorPush',
      'password,softwareOath',
      'password,hardwareOath',
      'password,sms',
      'password,voice',
      'federatedMultiFactor',
    ],
  },
  {
    id: '00000000-0000-0000-0000-000000000003',
    displayName: 'Passwordless MFA',
    allowedCombinations: ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor', 'deviceBasedPush'],
  },
  {
    id: '00000000-0000-0000-0000-000000000004',
    displayName: 'Phishing-resistant MFA',
    allowedCombinations: ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'],
  },
] as const

const strengthRow = (strength: (typeof strengths)[number]): Row => ({
  ...strength,
  description: `${strength.displayName}, as Microsoft defines it.`,
  policyType: 'builtIn',
  requirementsSatisfied: 'mfa',
  createdDateTime: '2021-12-01T00:00:00Z',
  modifiedDateTime: '2021-12-01T00:00:00Z',
})

/** The grant control that asks for a phishing-resistant second factor. */
export const phishingResistant = {
  builtInControls: [],
  authenticationStrength: { ...strengthRow(strengths[2]), combinationConfigurations: [] },
}

export const everyone = { '@odata.type': '#microsoft.graph.allDeviceRegistrationMembership' }
export const nobody = { '@odata.type': '#microsoft.graph.noDeviceRegistrationMembership' }

const all = (accessType: 'allowed' | 'blocked', target: string, targetType: 'user' | 'application'): Record<string, unknown> => ({
  accessType,
  targets: [{ target, targetType }],
})

/** What partners may do in one direction. */
export function partnerAccess(accessType: 'allowed' | 'blocked'): Record<string, unknown> {
  return { usersAndGroups: all(accessType, 'AllUsers', 'user'), applications: all(accessType, 'AllApplications', 'application') }
}

/** What every tenant has from its first day to decide who gets in. */
export function plantAccessPolicies(planter: Planter): void {
  const { put, tenant } = planter
  put('policies/authenticationMethodsPolicy', {
    id: 'authenticationMethodsPolicy',
    displayName: 'Authentication Methods Policy',
    description: 'The tenant-wide policy that controls which authentication methods are allowed.',
    lastModifiedDateTime: planter.inDays(-200),
    policyVersion: '1.5',
    policyMigrationState: 'migrationComplete',
    reconfirmationInDays: null,
    registrationEnforcement: {
      authenticationMethodsRegistrationCampaign: {
        snoozeDurationInDays: 1,
        state: 'default',
        excludeTargets: [],
        includeTargets: [{ id: 'all_users', targetType: 'group', targetedAuthenticationMethod: 'microsoftAuthenticator' }],
      },
    },
    authenticationMethodConfigurations: authenticationMethods({
      microsoftAuthenticator: { state: 'enabled' },
      softwareOath: { state: 'enabled' },
      email: { state: 'enabled' },
    }),
  })
  for (const strength of strengths) put('policies/authenticationStrengthPolicies', strengthRow(strength))
  put('policies/authenticationFlowsPolicy', {
    id: 'authenticationFlowsPolicy',
    displayName: 'Authentication flows policy',
    description: 'Whether people of other organisations can sign themselves up.',
    selfServiceSignUp: { isEnabled: false },
  })
  put('policies/deviceRegistrationPolicy', {
    id: 'deviceRegistrationPolicy',
    displayName: 'Device Registration Policy',
    description: 'Who may join and register devices.',
    userDeviceQuota: 50,
    multiFactorAuthConfiguration: 'notRequired',
    azureADRegistration: { isAdminConfigurable: false, allowedToRegister: everyone },
    azureADJoin: {
      isAdminConfigurable: true,
      allowedToJoin: everyone,
      localAdmins: { enableGlobalAdmins: true, registeringUsers: everyone },
    },
    localAdminPassword: { isEnabled: false },
  })
  put('policies/crossTenantAccessPolicy/default', {
    id: tenant.id,
    isServiceDefault: true,
    inboundTrust: { isMfaAccepted: false, isCompliantDeviceAccepted: false, isHybridAzureADJoinedDeviceAccepted: false },
    b2bCollaborationInbound: partnerAccess('allowed'),
    b2bCollaborationOutbound: partnerAccess('allowed'),
    b2bDirectConnectInbound: partnerAccess('blocked'),
    b2bDirectConnectOutbound: partnerAccess('blocked'),
    automaticUserConsentSettings: { inboundAllowed: false, outboundAllowed: false },
    tenantRestrictions: { devices: null, ...partnerAccess('blocked') },
    invitationRedemptionIdentityProviderConfiguration: {
      primaryIdentityProviderPrecedenceOrder: ['externalFederation', 'azureActiveDirectory', 'socialIdentityProviders'],
      fallbackIdentityProvider: 'defaultConfiguredIdp',
    },
  })
  put('directory/onPremisesSynchronization', {
    id: tenant.id,
    configuration: { accidentalDeletionPrevention: { synchronizationPreventionType: 'disabled', alertThreshold: 500 } },
    features: synchronization({}),
  })
}

/** The features of directory synchronisation, off unless stated. */
export function synchronization(features: Readonly<Record<string, boolean>>): Record<string, boolean> {
  return {
    allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled: false,
    blockCloudObjectTakeoverThroughHardMatchEnabled: false,
    blockSoftMatchEnabled: false,
    bypassDirSyncOverridesEnabled: false,
    cloudPasswordPolicyForPasswordSyncedUsersEnabled: false,
    concurrentCredentialUpdateEnabled: false,
    concurrentOrgIdProvisioningEnabled: false,
    deviceWritebackEnabled: false,
    directoryExtensionsEnabled: false,
    fopeConflictResolutionEnabled: false,
    groupWriteBackEnabled: false,
    passwordSyncEnabled: false,
    passwordWritebackEnabled: false,
    quarantineUponProxyAddressesConflictEnabled: true,
    quarantineUponUpnConflictEnabled: true,
    softMatchOnUpnEnabled: true,
    synchronizeUpnForManagedUsersEnabled: true,
    unifiedGroupWritebackEnabled: false,
    userForcePasswordChangeOnLogonEnabled: false,
    userWritebackEnabled: false,
    ...features,
  }
}
