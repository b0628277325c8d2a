import type { AnyCheck } from './check.ts'
import { appSecretExpired } from './checks/applications/app-secret-expired.ts'
import { appSecretExpiresSoon } from './checks/applications/app-secret-expires-soon.ts'
import { appCertificateEnds } from './checks/applications/app-certificate-ends.ts'
import { appSecretLongLived } from './checks/applications/app-secret-long-lived.ts'
import { appCertificateLongLived } from './checks/applications/app-certificate-long-lived.ts'
import { appUsesSecrets } from './checks/applications/app-uses-secrets.ts'
import { appManyCredentials } from './checks/applications/app-many-credentials.ts'
import { enterpriseAppOwnCredentials } from './checks/applications/enterprise-app-own-credentials.ts'
import { microsoftAppCredentials } from './checks/applications/microsoft-app-credentials.ts'
import { controlPlanePermission } from './checks/applications/control-plane-permission.ts'
import { highRiskPermission } from './checks/applications/high-risk-permission.ts'
import { riskyTenantWideGrant } from './checks/applications/risky-tenant-wide-grant.ts'
import { unverifiedPublisher } from './checks/applications/unverified-publisher.ts'
import { appWithoutOwner } from './checks/applications/app-without-owner.ts'
import { privilegedAppHasOwners } from './checks/applications/privileged-app-has-owners.ts'
import { guestOwnsApp } from './checks/applications/guest-owns-app.ts'
import { appOwnersGone } from './checks/applications/app-owners-gone.ts'
import { disabledAppKeepsPermissions } from './checks/applications/disabled-app-keeps-permissions.ts'
import { appOpenToEverybody } from './checks/applications/app-open-to-everybody.ts'
import { multiTenantAppUnlocked } from './checks/applications/multi-tenant-app-unlocked.ts'
import { unsafeRedirectUri } from './checks/applications/unsafe-redirect-uri.ts'
import { implicitGrantOn } from './checks/applications/implicit-grant-on.ts'
import { publicClientWithCredentials } from './checks/applications/public-client-with-credentials.ts'
import { federatedCredentialTooWide } from './checks/applications/federated-credential-too-wide.ts'
import { appInDirectoryRole } from './checks/applications/app-in-directory-role.ts'
import { appSecretInTier0Role } from './checks/applications/app-secret-in-tier-0-role.ts'
import { permissionNotDeclared } from './checks/applications/permission-not-declared.ts'
import { appSecretsBlocked } from './checks/applications/app-secrets-blocked.ts'
import { appSecretLifetimeLimited } from './checks/applications/app-secret-lifetime-limited.ts'
import { appCertificateLifetimeLimited } from './checks/applications/app-certificate-lifetime-limited.ts'
import { usersRegisterNoApps } from './checks/applications/users-register-no-apps.ts'
import { userConsentRestricted } from './checks/applications/user-consent-restricted.ts'
import { riskyPermissionCalledLow } from './checks/applications/risky-permission-called-low.ts'
import { adminConsentWorkflow } from './checks/applications/admin-consent-workflow.ts'
import { adminConsentReminders } from './checks/applications/admin-consent-reminders.ts'
import { consentPolicyTooWide } from './checks/applications/consent-policy-too-wide.ts'
import { exchangeHybridKeys } from './checks/applications/exchange-hybrid-keys.ts'
import { legacyAuthenticationBlocked } from './checks/conditional-access/legacy-authentication-blocked.ts'
import { highUserRiskBlocked } from './checks/conditional-access/high-user-risk-blocked.ts'
import { highSignInRiskBlocked } from './checks/conditional-access/high-sign-in-risk-blocked.ts'
import { riskConditionsSeparate } from './checks/conditional-access/risk-conditions-separate.ts'
import { phishingResistantForEverybody } from './checks/conditional-access/phishing-resistant-for-everybody.ts'
import { secondFactorForEverybody } from './checks/conditional-access/second-factor-for-everybody.ts'
import { phishingResistantForPrivilegedRoles } from './checks/conditional-access/phishing-resistant-for-privileged-roles.ts'
import { secondFactorForAdministrators } from './checks/conditional-access/second-factor-for-administrators.ts'
import { secondFactorForGuests } from './checks/conditional-access/second-factor-for-guests.ts'
import { secondFactorForAzureManagement } from './checks/conditional-access/second-factor-for-azure-management.ts'
import { managedDeviceRequired } from './checks/conditional-access/managed-device-required.ts'
import { managedDeviceForSecurityInfo } from './checks/conditional-access/managed-device-for-security-info.ts'
import { deviceCodeFlowBlocked } from './checks/conditional-access/device-code-flow-blocked.ts'
import { authenticationTransferBlocked } from './checks/conditional-access/authentication-transfer-blocked.ts'
import { secondFactorToJoinDevices } from './checks/conditional-access/second-factor-to-join-devices.ts'
import { administratorsSignInOften } from './checks/conditional-access/administrators-sign-in-often.ts'
import { sessionsEnd } from './checks/conditional-access/sessions-end.ts'
import { enrolmentEveryTime } from './checks/conditional-access/enrolment-every-time.ts'
import { browsersForget } from './checks/conditional-access/browsers-forget.ts'
import { unknownPlatformsBlocked } from './checks/conditional-access/unknown-platforms-blocked.ts'
import { trustedLocationsDefined } from './checks/conditional-access/trusted-locations-defined.ts'
import { foreignPlacesBlocked } from './checks/conditional-access/foreign-places-blocked.ts'
import { tokensProtected } from './checks/conditional-access/tokens-protected.ts'
import { unmanagedDevicesLimited } from './checks/conditional-access/unmanaged-devices-limited.ts'
import { insiderRiskBlocked } from './checks/conditional-access/insider-risk-blocked.ts'
import { approvedApplicationRetired } from './checks/conditional-access/approved-application-retired.ts'
import { policiesHaveTargets } from './checks/conditional-access/policies-have-targets.ts'
import { reportOnlyPoliciesDecided } from './checks/conditional-access/report-only-policies-decided.ts'
import { securityDefaultsOrPolicies } from './checks/conditional-access/security-defaults-or-policies.ts'
import { resilienceKept } from './checks/conditional-access/resilience-kept.ts'
import { methodsMigrationComplete } from './checks/authentication/methods-migration-complete.ts'
import { weakMethodsOff } from './checks/authentication/weak-methods-off.ts'
import { authenticatorShowsContext } from './checks/authentication/authenticator-shows-context.ts'
import { securityKeysRestricted } from './checks/authentication/security-keys-restricted.ts'
import { temporaryAccessPassOnce } from './checks/authentication/temporary-access-pass-once.ts'
import { suspiciousActivityReported } from './checks/authentication/suspicious-activity-reported.ts'
import { membersReadyForSecondFactor } from './checks/authentication/members-ready-for-second-factor.ts'
import { administratorsPhishingResistant } from './checks/authentication/administrators-phishing-resistant.ts'
import { emergencyAccountsHaveKeys } from './checks/authentication/emergency-accounts-have-keys.ts'
import { perUserMfaOff } from './checks/authentication/per-user-mfa-off.ts'
import { administratorsResetByOthers } from './checks/authentication/administrators-reset-by-others.ts'
import { passwordsNeverExpire } from './checks/authentication/passwords-never-expire.ts'
import { bannedWordsListed } from './checks/authentication/banned-words-listed.ts'
import { onPremisesPasswordsChecked } from './checks/authentication/on-premises-passwords-checked.ts'
import { lockoutAfterFewAttempts } from './checks/authentication/lockout-after-few-attempts.ts'
import { lockoutLasts } from './checks/authentication/lockout-lasts.ts'
import { strongPasswordsRequired } from './checks/authentication/strong-passwords-required.ts'
import { globalAdministratorCount } from './checks/privileged-roles/global-administrator-count.ts'
import { fewerGlobalAdministratorsThanOthers } from './checks/privileged-roles/fewer-global-administrators-than-others.ts'
import { privilegedUsersCloudOnly } from './checks/privileged-roles/privileged-users-cloud-only.ts'
import { noPermanentPrivilegedAssignment } from './checks/privileged-roles/no-permanent-privileged-assignment.ts'
import { noAssignmentOutsidePim } from './checks/privileged-roles/no-assignment-outside-pim.ts'
import { globalAdministratorActivationApproved } from './checks/privileged-roles/global-administrator-activation-approved.ts'
import { privilegedRoleAdministratorActivationApproved } from './checks/privileged-roles/privileged-role-administrator-activation-approved.ts'
import { privilegedAssignmentAlerts } from './checks/privileged-roles/privileged-assignment-alerts.ts'
import { globalAdministratorActivationAlert } from './checks/privileged-roles/global-administrator-activation-alert.ts'
import { privilegedActivationAlerts } from './checks/privileged-roles/privileged-activation-alerts.ts'
import { privilegedActivationNeedsMfa } from './checks/privileged-roles/privileged-activation-needs-mfa.ts'
import { privilegedActivationShort } from './checks/privileged-roles/privileged-activation-short.ts'
import { noGuestInPrivilegedRole } from './checks/privileged-roles/no-guest-in-privileged-role.ts'
import { privilegedUsersInUse } from './checks/privileged-roles/privileged-users-in-use.ts'
import { noDisabledUserInRole } from './checks/privileged-roles/no-disabled-user-in-role.ts'
import { globalAdministratorsWithoutMailbox } from './checks/privileged-roles/global-administrators-without-mailbox.ts'
import { roleGroupsProtected } from './checks/privileged-roles/role-groups-protected.ts'
import { roleGroupOwnersPrivileged } from './checks/privileged-roles/role-group-owners-privileged.ts'
import { customRolesWithoutControl } from './checks/privileged-roles/custom-roles-without-control.ts'
import { accessReviewsInPlace } from './checks/privileged-roles/access-reviews-in-place.ts'
import { rolesWithANarrowScope } from './checks/privileged-roles/roles-with-a-narrow-scope.ts'
import { partnersWithoutGlobalAdministrator } from './checks/privileged-roles/partners-without-global-administrator.ts'
import { emergencyAccessAccounts } from './checks/privileged-roles/emergency-access-accounts.ts'
import { guestAccessLimited } from './checks/guests-and-users/guest-access-limited.ts'
import { fewMayInvite } from './checks/guests-and-users/few-may-invite.ts'
import { invitationsToAllowedDomains } from './checks/guests-and-users/invitations-to-allowed-domains.ts'
import { guestsInUse } from './checks/guests-and-users/guests-in-use.ts'
import { invitationsAnswered } from './checks/guests-and-users/invitations-answered.ts'
import { guestsInDynamicGroup } from './checks/guests-and-users/guests-in-dynamic-group.ts'
import { crossTenantDefaultsClosed } from './checks/guests-and-users/cross-tenant-defaults-closed.ts'
import { partnersAskConsent } from './checks/guests-and-users/partners-ask-consent.ts'
import { guestSignUpOff } from './checks/guests-and-users/guest-sign-up-off.ts'
import { membersInUse } from './checks/guests-and-users/members-in-use.ts'
import { newAccountsFirstSignIn } from './checks/guests-and-users/new-accounts-first-sign-in.ts'
import { disabledAccountsWithoutLicences } from './checks/guests-and-users/disabled-accounts-without-licences.ts'
import { usersCreateNoTenants } from './checks/guests-and-users/users-create-no-tenants.ts'
import { usersCreateNoSecurityGroups } from './checks/guests-and-users/users-create-no-security-groups.ts'
import { groupCreationRestricted } from './checks/guests-and-users/group-creation-restricted.ts'
import { usersReadNoBitlockerKeys } from './checks/guests-and-users/users-read-no-bitlocker-keys.ts'
import { emailSignUpOff } from './checks/guests-and-users/email-sign-up-off.ts'
import { oldPowershellBlocked } from './checks/guests-and-users/old-powershell-blocked.ts'
import { usersReadOthers } from './checks/guests-and-users/users-read-others.ts'
import { guestsOwnNoGroups } from './checks/guests-and-users/guests-own-no-groups.ts'
import { publicGroupsReviewed } from './checks/guests-and-users/public-groups-reviewed.ts'
import { riskyUsersHandled } from './checks/guests-and-users/risky-users-handled.ts'
import { riskyApplicationsHandled } from './checks/guests-and-users/risky-applications-handled.ts'
import { deviceJoinRestricted } from './checks/devices-and-sync/device-join-restricted.ts'
import { deviceQuotaLow } from './checks/devices-and-sync/device-quota-low.ts'
import { globalAdministratorsNotLocal } from './checks/devices-and-sync/global-administrators-not-local.ts'
import { joiningPersonNotLocalAdministrator } from './checks/devices-and-sync/joining-person-not-local-administrator.ts'
import { localAdministratorPasswordsManaged } from './checks/devices-and-sync/local-administrator-passwords-managed.ts'
import { passwordHashesSynchronised } from './checks/devices-and-sync/password-hashes-synchronised.ts'
import { accountTakeoverByMatchBlocked } from './checks/devices-and-sync/account-takeover-by-match-blocked.ts'
import { synchronisationFresh } from './checks/devices-and-sync/synchronisation-fresh.ts'
import { federatedDomainsSound } from './checks/devices-and-sync/federated-domains-sound.ts'
import { logsExported } from './checks/privileged-roles/logs-exported.ts'
import { highRiskNotified } from './checks/guests-and-users/high-risk-notified.ts'
import { idleSessionsEnd } from './checks/devices-and-sync/idle-sessions-end.ts'
import { aidRolesNeeded } from './checks/privileged-roles/aid-roles-needed.ts'
import { aidPermissionsNeeded } from './checks/applications/aid-permissions-needed.ts'
import { aidRegistrationsGuarded } from './checks/applications/aid-registrations-guarded.ts'
import { aidSignInsOwn } from './checks/authentication/aid-sign-ins-own.ts'
import { aidAccountPlain } from './checks/authentication/aid-account-plain.ts'
import { agentsAtRiskBlocked } from './checks/applications/agents-at-risk-blocked.ts'
import { consentRequestsAnswered } from './checks/applications/consent-requests-answered.ts'
import { enterpriseAppWithoutOwner } from './checks/applications/enterprise-app-without-owner.ts'
import { groupOwnersConsentOff } from './checks/applications/group-owners-consent-off.ts'
import { mailboxesAndFilesClosed } from './checks/applications/mailboxes-and-files-closed.ts'
import { redirectHostsStillOurs } from './checks/applications/redirect-hosts-still-ours.ts'
import { riskyConsentSteppedUp } from './checks/applications/risky-consent-stepped-up.ts'
import { riskyGrantByAPerson } from './checks/applications/risky-grant-by-a-person.ts'
import { unusedAppsRemoved } from './checks/applications/unused-apps-removed.ts'
import { authenticatorLiteOff } from './checks/authentication/authenticator-lite-off.ts'
import { methodTargetsExist } from './checks/authentication/method-targets-exist.ts'
import { numberMatchingAsked } from './checks/authentication/number-matching-asked.ts'
import { secureScoreControls } from './checks/authentication/secure-score-controls.ts'
import { strongestMethodPreferred } from './checks/authentication/strongest-method-preferred.ts'
import { administrationPortalsBlocked } from './checks/conditional-access/administration-portals-blocked.ts'
import { emergencyAccountsLeftOut } from './checks/conditional-access/emergency-accounts-left-out.ts'
import { exclusionsHaveAFallback } from './checks/conditional-access/exclusions-have-a-fallback.ts'
import { policiesNameWhatExists } from './checks/conditional-access/policies-name-what-exists.ts'
import { policyGroupsProtected } from './checks/conditional-access/policy-groups-protected.ts'
import { synchronisationAccountApart } from './checks/conditional-access/synchronisation-account-apart.ts'
import { workloadIdentitiesLimited } from './checks/conditional-access/workload-identities-limited.ts'
import { guestsHaveSponsors } from './checks/guests-and-users/guests-have-sponsors.ts'

/** In the order of the public catalogue's codes. */
export const checks: readonly AnyCheck[] = [
  appSecretExpired,
  appSecretExpiresSoon,
  appCertificateEnds,
  appSecretLongLived,
  appCertificateLongLived,
  appUsesSecrets,
  appManyCredentials,
  enterpriseAppOwnCredentials,
  microsoftAppCredentials,
  controlPlanePermission,
  highRiskPermission,
  mailboxesAndFilesClosed,
  riskyTenantWideGrant,
  riskyGrantByAPerson,
  unverifiedPublisher,
  appWithoutOwner,
  enterpriseAppWithoutOwner,
  privilegedAppHasOwners,
  guestOwnsApp,
  appOwnersGone,
  unusedAppsRemoved,
  disabledAppKeepsPermissions,
  appOpenToEverybody,
  multiTenantAppUnlocked,
  unsafeRedirectUri,
  redirectHostsStillOurs,
  implicitGrantOn,
  publicClientWithCredentials,
  federatedCredentialTooWide,
  appInDirectoryRole,
  appSecretInTier0Role,
  permissionNotDeclared,
  appSecretsBlocked,
  appSecretLifetimeLimited,
  appCertificateLifetimeLimited,
  usersRegisterNoApps,
  userConsentRestricted,
  riskyPermissionCalledLow,
  adminConsentWorkflow,
  adminConsentReminders,
  groupOwnersConsentOff,
  riskyConsentSteppedUp,
  consentRequestsAnswered,
  consentPolicyTooWide,
  exchangeHybridKeys,
  agentsAtRiskBlocked,
  legacyAuthenticationBlocked,
  highUserRiskBlocked,
  highSignInRiskBlocked,
  riskConditionsSeparate,
  phishingResistantForEverybody,
  secondFactorForEverybody,
  phishingResistantForPrivilegedRoles,
  secondFactorForAdministrators,
  secondFactorForGuests,
  secondFactorForAzureManagement,
  managedDeviceRequired,
  managedDeviceForSecurityInfo,
  deviceCodeFlowBlocked,
  authenticationTransferBlocked,
  secondFactorToJoinDevices,
  administratorsSignInOften,
  sessionsEnd,
  enrolmentEveryTime,
  browsersForget,
  unknownPlatformsBlocked,
  trustedLocationsDefined,
  foreignPlacesBlocked,
  tokensProtected,
  unmanagedDevicesLimited,
  insiderRiskBlocked,
  approvedApplicationRetired,
  emergencyAccountsLeftOut,
  exclusionsHaveAFallback,
  policiesNameWhatExists,
  policyGroupsProtected,
  policiesHaveTargets,
  reportOnlyPoliciesDecided,
  securityDefaultsOrPolicies,
  workloadIdentitiesLimited,
  synchronisationAccountApart,
  administrationPortalsBlocked,
  resilienceKept,
  methodsMigrationComplete,
  weakMethodsOff,
  authenticatorShowsContext,
  numberMatchingAsked,
  securityKeysRestricted,
  temporaryAccessPassOnce,
  suspiciousActivityReported,
  strongestMethodPreferred,
  authenticatorLiteOff,
  methodTargetsExist,
  membersReadyForSecondFactor,
  administratorsPhishingResistant,
  emergencyAccountsHaveKeys,
  perUserMfaOff,
  administratorsResetByOthers,
  passwordsNeverExpire,
  bannedWordsListed,
  onPremisesPasswordsChecked,
  lockoutAfterFewAttempts,
  lockoutLasts,
  strongPasswordsRequired,
  globalAdministratorCount,
  fewerGlobalAdministratorsThanOthers,
  privilegedUsersCloudOnly,
  noPermanentPrivilegedAssignment,
  noAssignmentOutsidePim,
  globalAdministratorActivationApproved,
  privilegedRoleAdministratorActivationApproved,
  privilegedAssignmentAlerts,
  globalAdministratorActivationAlert,
  privilegedActivationAlerts,
  privilegedActivationNeedsMfa,
  privilegedActivationShort,
  noGuestInPrivilegedRole,
  privilegedUsersInUse,
  noDisabledUserInRole,
  globalAdministratorsWithoutMailbox,
  roleGroupsProtected,
  roleGroupOwnersPrivileged,
  customRolesWithoutControl,
  accessReviewsInPlace,
  rolesWithANarrowScope,
  partnersWithoutGlobalAdministrator,
  emergencyAccessAccounts,
  guestAccessLimited,
  fewMayInvite,
  invitationsToAllowedDomains,
  guestsInUse,
  invitationsAnswered,
  guestsHaveSponsors,
  guestsInDynamicGroup,
  crossTenantDefaultsClosed,
  partnersAskConsent,
  guestSignUpOff,
  membersInUse,
  newAccountsFirstSignIn,
  disabledAccountsWithoutLicences,
  usersCreateNoTenants,
  usersCreateNoSecurityGroups,
  groupCreationRestricted,
  usersReadNoBitlockerKeys,
  emailSignUpOff,
  oldPowershellBlocked,
  usersReadOthers,
  guestsOwnNoGroups,
  publicGroupsReviewed,
  riskyUsersHandled,
  riskyApplicationsHandled,
  deviceJoinRestricted,
  deviceQuotaLow,
  globalAdministratorsNotLocal,
  joiningPersonNotLocalAdministrator,
  localAdministratorPasswordsManaged,
  passwordHashesSynchronised,
  accountTakeoverByMatchBlocked,
  synchronisationFresh,
  federatedDomainsSound,
  logsExported,
  highRiskNotified,
  idleSessionsEnd,
  secureScoreControls,
  aidRolesNeeded,
  aidPermissionsNeeded,
  aidRegistrationsGuarded,
  aidAccountPlain,
  aidSignInsOwn,
]

export function checkOf(id: string): AnyCheck | undefined {
  return checks.find((check) => check.id === id)
}
