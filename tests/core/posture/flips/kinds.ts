import type { ReadFactId } from '../../../../core/posture/facts.ts'

/**
 * Members that say what kind something is, or how far it has come: Graph adds values to each, and writes `unknownFutureValue` for those that
 * a caller does not know. A star stands for each item of a list.
 */
export const kinds: { readonly [Id in ReadFactId]?: readonly string[] } = {
  accessReviews: ['status'],
  appConsentRequests: ['userConsentRequests.*.status'],
  appRoleAssignments: ['principalType'],
  applications: ['signInAudience', 'keyCredentials.*.type', 'keyCredentials.*.usage'],
  authenticationMethodsPolicy: ['authenticationMethodConfigurations.*.state'],
  conditionalAccessPolicies: ['state'],
  delegatedAdminRelationships: ['status'],
  deviceRegistrationPolicy: ['multiFactorAuthConfiguration'],
  domains: ['authenticationType'],
  groups: ['membershipRuleProcessingState', 'visibility'],
  namedLocations: ['@odata.type'],
  oauth2PermissionGrants: ['consentType'],
  registrationDetails: ['userType'],
  riskyServicePrincipals: ['riskLevel', 'riskState'],
  riskyUsers: ['riskLevel', 'riskState'],
  roleAssignmentSchedules: ['assignmentType', 'memberType'],
  secureScores: ['controlScores.*.controlCategory'],
  servicePrincipals: ['servicePrincipalType', 'preferredSingleSignOnMode', 'appRoles.*.allowedMemberTypes.*'],
  subscribedSkus: ['capabilityStatus', 'servicePlans.*.provisioningStatus'],
  userSignInActivity: ['userType'],
  users: ['userType', 'externalUserState'],
}

/** Where a check passes with an unknown word all the same, and why that is right. */
export const kindsBorne: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'CA-32': { state: 'a policy in another state than report-only is not kept waiting in it' },
  'US-01': { userType: 'whoever is not known to be a member is looked at as a guest' },
  'US-02': { userType: 'whoever is not known to be a member is looked at as a guest' },
}
