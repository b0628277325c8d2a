import type { DerivedFact, Fact } from './fact.ts'
import { applicationCredentials } from './derived/application-credentials.ts'
import { applicationOwnership } from './derived/application-ownership.ts'
import { applicationRisk } from './derived/application-risk.ts'
import { applicationSettings } from './derived/application-settings.ts'
import { effectivePermissions } from './derived/effective-permissions.ts'
import { enterpriseApplications } from './derived/enterprise-applications.ts'
import { grantsPerApplication } from './derived/grants-per-application.ts'
import { securityDefaultsState } from './derived/security-defaults-state.ts'
import { takeOverPaths } from './derived/take-over-paths.ts'
import { conditionalAccessCoverage } from './derived/conditional-access-coverage.ts'
import { globalAdministrators } from './derived/global-administrators.ts'
import { danglingMethodTargets } from './derived/dangling-method-targets.ts'
import { groupActivations } from './derived/group-activations.ts'
import { guestGroups } from './derived/guest-groups.ts'
import { policyReferences } from './derived/policy-references.ts'
import { privilegedAccounts } from './derived/privileged-accounts.ts'
import { privilegedPrincipals } from './derived/privileged-principals.ts'
import { privilegedRegistrations } from './derived/privileged-registrations.ts'
import { aidSignIns } from './facts/aid-sign-ins.ts'
import { accessReviews } from './facts/access-reviews.ts'
import { adminConsentRequestPolicy } from './facts/admin-consent-request-policy.ts'
import { appConsentRequests } from './facts/app-consent-requests.ts'
import { appManagementPolicies } from './facts/app-management-policies.ts'
import { appRoleAssignments } from './facts/app-role-assignments.ts'
import { applicationOwners } from './facts/application-owners.ts'
import { defaultAppManagementPolicy } from './facts/default-app-management-policy.ts'
import { delegatedPermissionClassifications } from './facts/delegated-permission-classifications.ts'
import { federatedIdentityCredentials } from './facts/federated-identity-credentials.ts'
import { oauth2PermissionGrants } from './facts/oauth2-permission-grants.ts'
import { permissionGrantPolicies } from './facts/permission-grant-policies.ts'
import { servicePrincipalOwners } from './facts/service-principal-owners.ts'
import { applications } from './facts/applications.ts'
import { conditionalAccessPolicies } from './facts/conditional-access-policies.ts'
import { delegatedAdminRelationships } from './facts/delegated-admin-relationships.ts'
import { groups } from './facts/groups.ts'
import { guestSponsors } from './facts/guest-sponsors.ts'
import { organization } from './facts/organization.ts'
import { policyGroupMembers } from './facts/policy-group-members.ts'
import { policyGroups } from './facts/policy-groups.ts'
import { pimGroupEligibility } from './facts/pim-group-eligibility.ts'
import { registrationDetails } from './facts/registration-details.ts'
import { riskyServicePrincipals } from './facts/risky-service-principals.ts'
import { riskyUsers } from './facts/risky-users.ts'
import { roleAssignmentSchedules } from './facts/role-assignment-schedules.ts'
import { roleAssignments } from './facts/role-assignments.ts'
import { roleDefinitions } from './facts/role-definitions.ts'
import { roleEligibility } from './facts/role-eligibility.ts'
import { roleGroupMembers } from './facts/role-group-members.ts'
import { roleGroupOwners } from './facts/role-group-owners.ts'
import { roleGroupPolicies } from './facts/role-group-policies.ts'
import { roleManagementPolicies } from './facts/role-management-policies.ts'
import { servicePrincipals } from './facts/service-principals.ts'
import { signIns } from './facts/sign-ins.ts'
import { namedLocations } from './facts/named-locations.ts'
import { authenticationStrengths } from './facts/authentication-strengths.ts'
import { authorizationPolicy } from './facts/authorization-policy.ts'
import { securityDefaults } from './facts/security-defaults.ts'
import { authenticationMethodsPolicy } from './facts/authentication-methods-policy.ts'
import { groupSettings } from './facts/group-settings.ts'
import { activityTimeoutPolicies } from './facts/activity-timeout-policies.ts'
import { crossTenantDefault } from './facts/cross-tenant-default.ts'
import { crossTenantPartners } from './facts/cross-tenant-partners.ts'
import { authenticationFlowsPolicy } from './facts/authentication-flows-policy.ts'
import { deviceRegistrationPolicy } from './facts/device-registration-policy.ts'
import { domains } from './facts/domains.ts'
import { federationConfigurations } from './facts/federation-configurations.ts'
import { onPremisesSynchronization } from './facts/on-premises-synchronization.ts'
import { secureScores } from './facts/secure-scores.ts'
import { subscribedSkus } from './facts/subscribed-skus.ts'
import { userSignInActivity } from './facts/user-sign-in-activity.ts'
import { users } from './facts/users.ts'

/** In reading order: a fact with `each` comes after the facts it looks at. */
export const facts = [
  subscribedSkus,
  organization,
  applications,
  servicePrincipals,
  applicationOwners,
  servicePrincipalOwners,
  federatedIdentityCredentials,
  delegatedPermissionClassifications,
  defaultAppManagementPolicy,
  appManagementPolicies,
  permissionGrantPolicies,
  adminConsentRequestPolicy,
  appConsentRequests,
  conditionalAccessPolicies,
  policyGroups,
  policyGroupMembers,
  namedLocations,
  authenticationStrengths,
  authorizationPolicy,
  securityDefaults,
  authenticationMethodsPolicy,
  groupSettings,
  activityTimeoutPolicies,
  crossTenantDefault,
  crossTenantPartners,
  authenticationFlowsPolicy,
  deviceRegistrationPolicy,
  domains,
  federationConfigurations,
  onPremisesSynchronization,
  secureScores,
  roleDefinitions,
  roleAssignments,
  roleEligibility,
  roleAssignmentSchedules,
  roleManagementPolicies,
  roleGroupMembers,
  roleGroupOwners,
  pimGroupEligibility,
  roleGroupPolicies,
  accessReviews,
  delegatedAdminRelationships,
  riskyServicePrincipals,
  oauth2PermissionGrants,
  appRoleAssignments,
  groups,
  users,
  guestSponsors,
  riskyUsers,
  userSignInActivity,
  registrationDetails,
  aidSignIns,
  signIns,
] as const
export const derivedFacts = [
  applicationSettings,
  enterpriseApplications,
  applicationCredentials,
  grantsPerApplication,
  effectivePermissions,
  applicationOwnership,
  conditionalAccessCoverage,
  securityDefaultsState,
  policyReferences,
  danglingMethodTargets,
  globalAdministrators,
  privilegedPrincipals,
  takeOverPaths,
  groupActivations,
  guestGroups,
  privilegedRegistrations,
  privilegedAccounts,
  applicationRisk,
] as const

type ReadFact = (typeof facts)[number]
type ComputedFact = (typeof derivedFacts)[number]
/** Facts that Graph is asked for. */
export type ReadFactId = ReadFact['id']
export type DerivedFactId = ComputedFact['id']
export type FactId = ReadFactId | DerivedFactId

type RowsById = { [Entry in ReadFact as Entry['id']]: Entry extends Fact<string, infer Row> ? Row : never } & {
  [Entry in ComputedFact as Entry['id']]: Entry extends DerivedFact<string, infer Row> ? Row : never
}
export type FactRow<Id extends FactId> = RowsById[Id]

export const factIds: readonly ReadFactId[] = facts.map((fact) => fact.id)

export function factOf(id: string): Fact | undefined {
  const list: readonly Fact[] = facts
  return list.find((fact) => fact.id === id)
}

export function derivedFactOf(id: string): DerivedFact | undefined {
  const list: readonly DerivedFact[] = derivedFacts
  return list.find((fact) => fact.id === id)
}
