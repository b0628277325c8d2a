/**
 * Every property that Graph answers for a type even where nobody set it, with the value it then has.
 * Collections are empty, never null (the CSDL declares them Nullable="false").
 */
export const blankUser = {
  accountEnabled: true, ageGroup: null, assignedLicenses: [], assignedPlans: [], businessPhones: [], city: null, companyName: null,
  consentProvidedForMinor: null, country: null, createdDateTime: null, creationType: null, deletedDateTime: null, department: null,
  displayName: null, employeeHireDate: null, employeeId: null, employeeLeaveDateTime: null, employeeType: null,
  externalUserState: null, externalUserStateChangeDateTime: null, faxNumber: null, givenName: null, identities: [], imAddresses: [],
  isManagementRestricted: null, isResourceAccount: null, jobTitle: null, lastPasswordChangeDateTime: null, mail: null, mailNickname: null,
  mobilePhone: null, officeLocation: null, onPremisesDistinguishedName: null, onPremisesDomainName: null, onPremisesImmutableId: null,
  onPremisesLastSyncDateTime: null, onPremisesProvisioningErrors: [], onPremisesSamAccountName: null,
  onPremisesSecurityIdentifier: null, onPremisesSyncEnabled: null, onPremisesUserPrincipalName: null, otherMails: [],
  passwordPolicies: null, postalCode: null, preferredLanguage: null, proxyAddresses: [], securityIdentifier: null,
  showInAddressList: null, signInActivity: null, signInSessionsValidFromDateTime: null, state: null, streetAddress: null, surname: null,
  usageLocation: null, userPrincipalName: null, userType: 'Member',
};

export const blankApplication = {
  deletedDateTime: null, appId: null, applicationTemplateId: null, disabledByMicrosoftStatus: null, createdDateTime: null,
  displayName: null, description: null, groupMembershipClaims: null, identifierUris: [], isDeviceOnlyAuthSupported: null,
  isFallbackPublicClient: null, nativeAuthenticationApisEnabled: null, notes: null, oauth2RequirePostResponse: false, publisherDomain: null,
  serviceManagementReference: null, signInAudience: 'AzureADMyOrg', tags: [], tokenEncryptionKeyId: null, samlMetadataUrl: null,
  defaultRedirectUri: null, certification: null, optionalClaims: null, servicePrincipalLockConfiguration: null,
  requestSignatureVerification: null, addIns: [],
  api: { acceptMappedClaims: null, knownClientApplications: [], requestedAccessTokenVersion: null, oauth2PermissionScopes: [], preAuthorizedApplications: [] },
  appRoles: [],
  info: { logoUrl: null, marketingUrl: null, privacyStatementUrl: null, supportUrl: null, termsOfServiceUrl: null },
  keyCredentials: [], parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: 'Allow' }, passwordCredentials: [],
  publicClient: { redirectUris: [] }, requiredResourceAccess: [],
  verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
  web: { homePageUrl: null, logoutUrl: null, redirectUris: [], implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false }, redirectUriSettings: [] },
  spa: { redirectUris: [] },
};

export const blankServicePrincipal = {
  deletedDateTime: null, accountEnabled: true, alternativeNames: [], appDisplayName: null, appDescription: null, appId: null,
  applicationTemplateId: null, appOwnerOrganizationId: null, appRoleAssignmentRequired: false, description: null,
  disabledByMicrosoftStatus: null, displayName: null, homepage: null, loginUrl: null, logoutUrl: null, notes: null,
  notificationEmailAddresses: [], preferredSingleSignOnMode: null, preferredTokenSigningKeyThumbprint: null, replyUrls: [],
  servicePrincipalNames: [], servicePrincipalType: 'Application', signInAudience: null, tags: [], tokenEncryptionKeyId: null,
  samlSingleSignOnSettings: null, addIns: [], appRoles: [],
  info: { logoUrl: null, marketingUrl: null, privacyStatementUrl: null, supportUrl: null, termsOfServiceUrl: null },
  keyCredentials: [], oauth2PermissionScopes: [], passwordCredentials: [], resourceSpecificApplicationPermissions: [],
  verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
};

export const blankGroup = {
  deletedDateTime: null, classification: null, createdDateTime: null, description: null, displayName: null, expirationDateTime: null,
  groupTypes: [], isAssignableToRole: null, isManagementRestricted: null, mail: null, mailEnabled: false, mailNickname: null,
  membershipRule: null, membershipRuleProcessingState: null, onPremisesDomainName: null, onPremisesLastSyncDateTime: null,
  onPremisesNetBiosName: null, onPremisesProvisioningErrors: [], onPremisesSamAccountName: null, onPremisesSecurityIdentifier: null,
  onPremisesSyncEnabled: null, preferredDataLocation: null, preferredLanguage: null, proxyAddresses: [], renewedDateTime: null,
  securityEnabled: true, securityIdentifier: null, serviceProvisioningErrors: [], theme: null, uniqueName: null, visibility: null,
};

export const blankConditionalAccessPolicy = {
  templateId: null, createdDateTime: null, modifiedDateTime: null, deletedDateTime: null, displayName: null, state: 'disabled',
  sessionControls: null, grantControls: null, conditions: null,
};

/** The conditions of a policy for all users and all applications that narrows nothing. */
export const openConditions = {
  userRiskLevels: [], signInRiskLevels: [], servicePrincipalRiskLevels: [], insiderRiskLevels: null, clientAppTypes: ['all'], platforms: null, locations: null, devices: null,
  clientApplications: null, authenticationFlows: null,
  applications: { includeApplications: ['All'], excludeApplications: [], includeUserActions: [], includeAuthenticationContextClassReferences: [], applicationFilter: null },
  users: {
    includeUsers: ['All'], excludeUsers: [], includeGroups: [], excludeGroups: [], includeRoles: [], excludeRoles: [],
    includeGuestsOrExternalUsers: null, excludeGuestsOrExternalUsers: null,
  },
};

/** Which blank row completes the rows of which collection. */
export const blankRows: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  users: blankUser, applications: blankApplication, servicePrincipals: blankServicePrincipal, groups: blankGroup,
  'identity/conditionalAccess/policies': blankConditionalAccessPolicy,
};
