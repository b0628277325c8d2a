import type { ReadFactId } from './facts.ts'

const securityReader = ['Security Reader', 'Global Reader'] as const
const reportsReader = ['Reports Reader', 'Security Reader', 'Global Reader'] as const
const globalReader = ['Global Reader'] as const

/**
 * Reading roles of which one lets its holder read the fact, the narrowest first, beside the scope. What every member of a tenant may read is
 * not listed. From the actions of Microsoft's built-in roles: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
 */
const listed: { readonly [Id in ReadFactId]?: readonly string[] } = {
  accessReviews: securityReader,
  adminConsentRequestPolicy: globalReader,
  aidSignIns: reportsReader,
  appConsentRequests: globalReader,
  authenticationMethodsPolicy: globalReader,
  authenticationStrengths: securityReader,
  conditionalAccessPolicies: securityReader,
  crossTenantDefault: globalReader,
  crossTenantPartners: globalReader,
  delegatedAdminRelationships: ['Customer Delegated Admin Relationship Administrator', 'Global Administrator'],
  deviceRegistrationPolicy: globalReader,
  federationConfigurations: securityReader,
  groupSettings: ['Directory Readers', 'Global Reader'],
  namedLocations: securityReader,
  onPremisesSynchronization: globalReader,
  permissionGrantPolicies: globalReader,
  pimGroupEligibility: securityReader,
  registrationDetails: reportsReader,
  riskyServicePrincipals: securityReader,
  riskyUsers: securityReader,
  roleAssignmentSchedules: securityReader,
  roleEligibility: securityReader,
  roleGroupPolicies: securityReader,
  roleManagementPolicies: securityReader,
  secureScores: securityReader,
  signIns: reportsReader,
}

/** Roles of which one is needed to read the fact; none where every member may. */
export function readingRoles(fact: ReadFactId): readonly string[] {
  return listed[fact] ?? []
}
