/**
 * Actions of directory roles that change who controls the tenant (tier 0). Made from the EntraOps classification
 * (Cloud-Architekt/AzurePrivilegedIAM, MIT); see NOTICE beside this file. One line a resource: its name, then its actions; reading ones are left out.
 */
const lines = `
microsoft.agentRegistry/allEntities allProperties/allTasks
microsoft.azure.advancedThreatProtection/allEntities allTasks
microsoft.azure.customSecurityAttributeDiagnosticSettings/allEntities allProperties/allTasks
microsoft.commerce.tenantRelationships/customerDelegatedAdminPrivileges allProperties/allTasks
microsoft.directory/accessReviews allProperties/allTasks definitions.applications/allProperties/allTasks definitions.directoryRoles/allProperties/allTasks definitions.entitlementManagement/allProperties/allTasks definitions.groups/allProperties/update definitions.groups/create definitions.groups/delete definitions.groupsAssignableToRoles/allProperties/update definitions.groupsAssignableToRoles/create definitions.groupsAssignableToRoles/delete definitions/allProperties/allTasks
microsoft.directory/adminConsentRequestPolicy allProperties/allTasks
microsoft.directory/administrativeUnits allProperties/allTasks
microsoft.directory/agentIdentities appRoleAssignedTo/update authentication/update basic/update create delete disable enable owners/update tag/update
microsoft.directory/agentIdentityBlueprintPrincipals appRoleAssignedTo/update authentication/update basic/update create delete disable enable owners/update tag/update
microsoft.directory/agentIdentityBlueprints allProperties/update appRoles/update audience/update authentication/update basic/update create createAsOwner credentials/update delete owners/update permissions/update tag/update
microsoft.directory/agentUsers assignLicense basic/update create delete disable enable invalidateAllRefreshTokens lifeCycleInfo/update manager/update photo/update reprocessLicenseAssignment restore revokeSignInSessions sponsors/update usageLocation/update userPrincipalName/update
microsoft.directory/applicationPolicies basic/update create delete owners/update
microsoft.directory/applicationTemplates instantiate
microsoft.directory/applications allProperties/allTasks appRoles/update applicationProxy/update applicationProxyAuthentication/update applicationProxySslCertificate/update applicationProxyUrlSettings/update audience/update authentication/update create credentials/update delete disablement/update extensionProperties/update notes/update owners/update permissions/update policies/update tag/update verification/update
microsoft.directory/attributeSets allProperties/allTasks
microsoft.directory/authorizationPolicy allProperties/allTasks
microsoft.directory/azureManagedIdentities customSecurityAttributes/update
microsoft.directory/b2cTrustFrameworkKeySet allProperties/allTasks
microsoft.directory/b2cTrustFrameworkPolicy allProperties/allTasks
microsoft.directory/b2cUserAttribute allProperties/allTasks
microsoft.directory/b2cUserFlow allProperties/allTasks
microsoft.directory/backup preview/cancel preview/create recovery/cancel recovery/create
microsoft.directory/bulkJobs.groups basic/update create
microsoft.directory/bulkJobs basic/update create
microsoft.directory/certificateBasedDeviceAuthConfigurations create credentials/update delete
microsoft.directory/cloudAppSecurity allProperties/allTasks
microsoft.directory/cloudProvisioning allProperties/allTasks
microsoft.directory/conditionalAccessPolicies allProperties/allTasks basic/update create delete owners/update tenantDefault/update
microsoft.directory/connectorGroups allProperties/update create delete
microsoft.directory/connectors create
microsoft.directory/contacts allProperties/allTasks
microsoft.directory/contracts allProperties/allTasks
microsoft.directory/crossTenantAccessPolicy basic/update default/b2bCollaboration/update default/b2bDirectConnect/update default/tenantRestrictions/update partners/b2bCollaboration/update partners/b2bDirectConnect/update partners/delete partners/identitySynchronization/basic/update partners/identitySynchronization/create partners/templates/multiTenantOrganizationIdentitySynchronization/basic/update partners/templates/multiTenantOrganizationIdentitySynchronization/resetToDefaultSettings partners/templates/multiTenantOrganizationPartnerConfiguration/basic/update partners/templates/multiTenantOrganizationPartnerConfiguration/resetToDefaultSettings partners/tenantRestrictions/update
microsoft.directory/customAuthenticationExtensions allProperties/allTasks
microsoft.directory/customSecurityAttributeDefinitions allProperties/allTasks
microsoft.directory/deletedItems.agentIdentities delete restore
microsoft.directory/deletedItems.agentIdentityBlueprintPrincipals delete restore
microsoft.directory/deletedItems.agentIdentityBlueprints delete restore
microsoft.directory/deletedItems.applications delete restore
microsoft.directory/deletedItems.devices delete restore
microsoft.directory/deletedItems.groups delete restore
microsoft.directory/deletedItems.users restore
microsoft.directory/deletedItems delete restore
microsoft.directory/deviceManagementPolicies basic/update
microsoft.directory/deviceRegistrationPolicy basic/update
microsoft.directory/deviceTemplates create createDeviceFromTemplate delete owners/update
microsoft.directory/devices allProperties/allTasks basic/update create customSecurityAttributes/update delete disable enable extensionAttributeSet1/update extensionAttributeSet2/update extensionAttributeSet3/update permissions/update registeredOwners/update registeredUsers/update
microsoft.directory/directoryRoleTemplates allProperties/allTasks
microsoft.directory/directoryRoles allProperties/allTasks
microsoft.directory/domains allProperties/allTasks federation/update federationConfiguration/basic/update federationConfiguration/create federationConfiguration/delete
microsoft.directory/entitlementManagement allProperties/allTasks
microsoft.directory/groupSettingTemplates allProperties/allTasks
microsoft.directory/groupSettings allProperties/allTasks basic/update create delete
microsoft.directory/groups.security assignedLabels/update basic/update classification/update create delete dynamicMembershipRule/update members/update owners/update visibility/update
microsoft.directory/groups allProperties/allTasks assignLicense assignedLabels/update basic/update classification/update create delete dynamicMembershipRule/update groupType/update members/update onPremWriteBack/update owners/update reprocessLicenseAssignment restore settings/update visibility/update
microsoft.directory/groupsAssignableToRoles allProperties/update assignLicense create delete reprocessLicenseAssignment restore
microsoft.directory/hybridAuthenticationPolicy allProperties/allTasks
microsoft.directory/identityProtection allProperties/allTasks allProperties/update
microsoft.directory/identityProviders allProperties/allTasks
microsoft.directory/lifecycleWorkflows workflows/allProperties/allTasks
microsoft.directory/lockbox requests/update
microsoft.directory/loginOrganizationBranding allProperties/allTasks
microsoft.directory/multiTenantOrganization basic/update create joinRequest/organizationDetails/update tenants/create tenants/delete tenants/organizationDetails/update
microsoft.directory/namedLocations basic/update create delete
microsoft.directory/oAuth2PermissionGrants allProperties/allTasks basic/update create
microsoft.directory/onPasswordSubmitCustomAuthenticationExtension allProperties/allTasks
microsoft.directory/onPasswordUpdateCustomAuthenticationExtension allProperties/allTasks
microsoft.directory/onPremisesSynchronization basic/update
microsoft.directory/organization allProperties/allTasks basic/update dirSync/update strongAuthentication/allTasks
microsoft.directory/passwordHashSync allProperties/allTasks
microsoft.directory/permissionGrantPolicies allProperties/update basic/update create delete
microsoft.directory/policies allProperties/allTasks create delete owners/update tenantDefault/update
microsoft.directory/privilegedIdentityManagement allProperties/allTasks
microsoft.directory/resourceNamespaces resourceActions/authenticationContext/update
microsoft.directory/roleAssignments allProperties/allTasks
microsoft.directory/roleDefinitions allProperties/allTasks
microsoft.directory/scopedRoleMemberships allProperties/allTasks
microsoft.directory/serviceAction activateService disableDirectoryFeature enableDirectoryFeature
microsoft.directory/servicePrincipalCreationPolicies basic/update create delete
microsoft.directory/servicePrincipals allProperties/allTasks appRoleAssignedTo/update audience/update authentication/update create credentials/update customSecurityAttributes/update delete enable getPasswordSingleSignOnCredentials managePasswordSingleSignOnCredentials managePermissionGrantsForAll.microsoft-application-admin managePermissionGrantsForAll.microsoft-company-admin notes/update owners/update permissions/update policies/update synchronization.cloudTenantToCloudTenant/credentials/manage synchronization.cloudTenantToCloudTenant/jobs/manage synchronization.cloudTenantToCloudTenant/schema/manage synchronization.cloudTenantToExternalSystem/credentials/manage synchronization.cloudTenantToExternalSystem/jobs/manage synchronization.cloudTenantToExternalSystem/schema/manage synchronization.customSecurityAttributes/schema/update synchronizationCredentials/manage synchronizationJobs/manage synchronizationSchema/manage tag/update
microsoft.directory/tenantGovernance policyTemplates/allProperties/update policyTemplates/create relationships/create requests/allProperties/update requests/create
microsoft.directory/userCredentialPolicies basic/update create delete owners/update tenantDefault/update
microsoft.directory/users allProperties/allTasks assignLicense authenticationMethods/basic/update authenticationMethods/create authenticationMethods/delete authorizationInfo/update basic/update convertExternalToInternalMemberUser create customSecurityAttributes/update delete disable enable invalidateAllRefreshTokens manager/update password/update photo/update reprocessLicenseAssignment restore sponsors/update usageLocation/update userPrincipalName/update
microsoft.directory/verifiableCredentials configuration/allProperties/update configuration/contracts/allProperties/update configuration/contracts/cards/revoke configuration/contracts/create configuration/create configuration/delete
microsoft.intune/allEntities allTasks
microsoft.networkAccess/allEntities allProperties/allTasks
microsoft.office365.protectionCenter/allEntities allProperties/allTasks basic/update
microsoft.office365.securityComplianceCenter/allEntities allTasks
microsoft.permissionsManagement/allEntities allProperties/allTasks
microsoft.windows.defenderAdvancedThreatProtection/allEntities allTasks
microsoft.windows.updatesDeployments/allEntities allProperties/allTasks
`

/** Names as Microsoft writes them in role definitions, in lower case. */
export const controlPlaneActions: ReadonlySet<string> = new Set(
  lines
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [resource, ...actions] = line.split(' ')
      return actions.map((action) => `${resource}/${action}`.toLowerCase())
    }),
)
