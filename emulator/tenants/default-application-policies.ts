import type { Planter } from './planter.ts'

/** One condition set of a consent policy, with everything left open that is not stated. */
export function conditionSet(id: string, properties: Readonly<Record<string, unknown>>): Record<string, unknown> & { id: string } {
  return {
    clientApplicationIds: ['all'],
    clientApplicationPublisherIds: ['all'],
    clientApplicationsFromVerifiedPublisherOnly: false,
    clientApplicationTenantIds: ['all'],
    permissionClassification: 'all',
    permissions: ['all'],
    permissionType: 'delegated',
    resourceApplication: 'any',
    ...properties,
    id,
  }
}

/** A restriction on passwords or keys of applications, as the app management policies state it. */
export function restriction(restrictionType: string, maxLifetime: string | null, after: string): Record<string, unknown> {
  return { restrictionType, state: 'enabled', maxLifetime, restrictForAppsCreatedAfterDateTime: after, excludeActors: null }
}

/** The consent policies that Microsoft ships (https://learn.microsoft.com/entra/identity/enterprise-apps/manage-app-consent-policies). */
const shippedGrantPolicies: readonly { id: string; displayName: string; sets: readonly Readonly<Record<string, unknown>>[] }[] = [
  {
    id: 'microsoft-user-default-low',
    displayName: 'Default User Low Risk Policy',
    sets: [
      { permissionClassification: 'low', clientApplicationsFromVerifiedPublisherOnly: true, permissionType: 'delegatedUserConsentable' },
      { permissionClassification: 'low', clientApplicationTenantIds: ['own'], permissionType: 'delegatedUserConsentable' },
    ],
  },
  {
    id: 'microsoft-user-default-legacy',
    displayName: 'Default User Legacy Policy',
    sets: [{ permissionType: 'delegatedUserConsentable' }],
  },
  {
    id: 'microsoft-user-default-recommended',
    displayName: 'Microsoft User Default Recommended Policy',
    sets: [{ permissionType: 'delegatedUserConsentable' }],
  },
  {
    id: 'microsoft-all-application-permissions',
    displayName: 'All application permissions, for any client app',
    sets: [{ permissionType: 'application' }],
  },
  {
    id: 'microsoft-application-admin',
    displayName: 'Application Admin Policy',
    sets: [{ permissionType: 'delegated' }, { permissionType: 'application' }],
  },
  {
    id: 'microsoft-company-admin',
    displayName: 'Company Admin Policy',
    sets: [{ permissionType: 'delegated' }, { permissionType: 'application' }],
  },
]

/** What every tenant has from its first day to bound applications and consent: nothing is restricted, nobody can ask. */
export function plantApplicationPolicies(planter: Planter): void {
  const { put, id } = planter
  const untouched = { passwordCredentials: [], keyCredentials: [] }
  put('policies/defaultAppManagementPolicy', {
    id: '00000000-0000-0000-0000-000000000000',
    deletedDateTime: null,
    displayName: 'Default app management tenant policy',
    description: 'Restrictions on the credentials of every application and service principal.',
    isEnabled: false,
    applicationRestrictions: { ...untouched, identifierUris: null },
    servicePrincipalRestrictions: untouched,
  })
  put('policies/adminConsentRequestPolicy', {
    id: 'adminConsentRequestPolicy',
    isEnabled: false,
    version: 0,
    notifyReviewers: false,
    remindersEnabled: false,
    requestDurationInDays: 0,
    reviewers: [],
  })
  for (const policy of shippedGrantPolicies) {
    put('policies/permissionGrantPolicies', {
      id: policy.id,
      deletedDateTime: null,
      displayName: policy.displayName,
      description: `Consent as ${policy.id} allows it.`,
      includes: policy.sets.map((set, index) => conditionSet(id(`consent/${policy.id}/${index}`), set)),
      excludes: [],
    })
  }
}

/** Marks a delegated permission of a resource as low, medium or high risk for user consent. */
export function classify(
  planter: Planter,
  resourceId: string,
  permission: { readonly id: string; readonly value: string },
  classification: 'low' | 'medium' | 'high',
): void {
  planter.put('delegatedPermissionClassifications', {
    id: planter.id(`classification/${resourceId}/${permission.id}`),
    servicePrincipalId: resourceId,
    classification,
    permissionId: permission.id,
    permissionName: permission.value,
  })
}
