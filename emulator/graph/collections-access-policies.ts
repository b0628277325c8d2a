import { common, stored } from './collection-entry.ts'
import type { CollectionEntry } from './collection-entry.ts'

/** A policy of which every tenant has exactly one. */
function single(path: string, type: string, readAction: CollectionEntry['readAction']): CollectionEntry {
  return { ...common, path, type, rows: stored(path), singleton: true, readAction }
}

/** Who gets in, from where and how. */
export const accessPolicyCollections: readonly CollectionEntry[] = [
  {
    ...common,
    path: 'identity/conditionalAccess/policies',
    type: 'conditionalAccessPolicy',
    rows: stored('identity/conditionalAccess/policies'),
    bucket: 'conditionalAccess',
    readAction: 'microsoft.directory/conditionalAccessPolicies/standard/read',
    filter: { id: 'eq', displayName: 'eq startswith', state: 'eq', createdDateTime: 'eq ge le gt lt', modifiedDateTime: 'eq ge le gt lt' },
  },
  {
    ...common,
    path: 'policies/authorizationPolicy',
    type: 'authorizationPolicy',
    rows: stored('policies/authorizationPolicy'),
    singleton: true,
    readAction: 'microsoft.directory/authorizationPolicy/standard/read',
  },
  {
    ...common,
    path: 'policies/identitySecurityDefaultsEnforcementPolicy',
    type: 'identitySecurityDefaultsEnforcementPolicy',
    rows: stored('policies/identitySecurityDefaultsEnforcementPolicy'),
    singleton: true,
    readAction: 'microsoft.directory/policies/standard/read',
  },
  {
    ...common,
    path: 'identity/conditionalAccess/namedLocations',
    type: 'namedLocation',
    rows: stored('identity/conditionalAccess/namedLocations'),
    bucket: 'conditionalAccess',
    readAction: 'microsoft.directory/namedLocations/standard/read',
    filter: { id: 'eq', displayName: 'eq startswith', createdDateTime: 'eq ge le gt lt', modifiedDateTime: 'eq ge le gt lt' },
  },
  {
    ...common,
    path: 'policies/authenticationStrengthPolicies',
    type: 'authenticationStrengthPolicy',
    rows: stored('policies/authenticationStrengthPolicies'),
    page: 'whole',
    readAction: 'microsoft.directory/conditionalAccessPolicies/standard/read',
    filter: { id: 'eq', policyType: 'eq', displayName: 'eq' },
  },
  // The methods belong to the policy and are answered with it.
  single('policies/authenticationMethodsPolicy', 'authenticationMethodsPolicy', [
    'microsoft.directory/organization/strongAuthentication/read',
    'microsoft.directory/organization/strongAuthentication/allTasks',
  ]),
  single('policies/authenticationFlowsPolicy', 'authenticationFlowsPolicy', 'microsoft.directory/policies/standard/read'),
  single('policies/deviceRegistrationPolicy', 'deviceRegistrationPolicy', 'microsoft.directory/deviceRegistrationPolicy/standard/read'),
  single(
    'policies/crossTenantAccessPolicy/default',
    'crossTenantAccessPolicyConfigurationDefault',
    'microsoft.directory/crossTenantAccessPolicy/default/standard/read',
  ),
  {
    ...common,
    path: 'policies/crossTenantAccessPolicy/partners',
    type: 'crossTenantAccessPolicyConfigurationPartner',
    rows: stored('policies/crossTenantAccessPolicy/partners'),
    key: 'tenantId',
    readAction: 'microsoft.directory/crossTenantAccessPolicy/partners/standard/read',
    filter: { tenantId: 'eq' },
  },
  {
    ...common,
    path: 'policies/activityBasedTimeoutPolicies',
    type: 'activityBasedTimeoutPolicy',
    rows: stored('policies/activityBasedTimeoutPolicies'),
    readAction: 'microsoft.directory/policies/standard/read',
    filter: { id: 'eq', displayName: 'eq', isOrganizationDefault: 'eq' },
  },
]
