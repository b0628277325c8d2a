import { plantAccessPolicies } from './default-access.ts'
import { plantApplicationPolicies } from './default-application-policies.ts'
import type { Planter } from './planter.ts'
import { directoryRoles, firstPartyApps, graphAppRoles, graphScopes, microsoftGraphAppId } from './reference.ts'
import { plantRoleRules, shippedRules } from './role-rules.ts'
import { put } from './tenant.ts'
import type { Row } from './tenant.ts'

const MICROSOFT_TENANT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'

export const skus = {
  p2: {
    skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
    skuPartNumber: 'SPE_E5',
    plans: [
      ['eec0eb4f-6444-4f95-aba0-50c24d67f998', 'AAD_PREMIUM_P2'],
      ['41781fb2-bc02-4b7c-bd55-b576c07bb09d', 'AAD_PREMIUM'],
      ['efb87545-963c-4e0d-99df-69c6916d9eb0', 'EXCHANGE_S_ENTERPRISE'],
      ['d587c7a3-bda9-4f99-8776-9bcf59c84f75', 'INSIDER_RISK'],
    ],
  },
  p1: {
    skuId: 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46',
    skuPartNumber: 'SPB',
    plans: [
      ['41781fb2-bc02-4b7c-bd55-b576c07bb09d', 'AAD_PREMIUM'],
      ['9aaf7827-d63c-4b61-89c3-182f06f82e5c', 'EXCHANGE_S_STANDARD'],
    ],
  },
  free: {
    skuId: '3b555118-da6a-4418-894f-7df1e2096870',
    skuPartNumber: 'O365_BUSINESS_ESSENTIALS',
    plans: [['9aaf7827-d63c-4b61-89c3-182f06f82e5c', 'EXCHANGE_S_STANDARD']],
  },
} as const

let sharedScopes: readonly Readonly<Record<string, unknown>>[] | undefined
let sharedAppRoles: readonly Readonly<Record<string, unknown>>[] | undefined

/** The lists are the same in every tenant, so they are made once and shared. */
function graphPermissions(): { oauth2PermissionScopes: readonly unknown[]; appRoles: readonly unknown[] } {
  sharedScopes ??= graphScopes.map((scope) => ({
    adminConsentDescription: null,
    adminConsentDisplayName: scope.adminConsentDisplayName,
    id: scope.id,
    isEnabled: true,
    type: scope.type,
    userConsentDescription: null,
    userConsentDisplayName: null,
    value: scope.value,
  }))
  sharedAppRoles ??= graphAppRoles.map((role) => ({
    allowedMemberTypes: ['Application'],
    description: role.displayName,
    displayName: role.displayName,
    id: role.id,
    isEnabled: true,
    origin: 'Application',
    value: role.value,
  }))
  return { oauth2PermissionScopes: sharedScopes, appRoles: sharedAppRoles }
}

/** What every tenant has from its first day: organisation, domains, roles, policies and Microsoft's own service principals. */
export function plantCommonGround(
  planter: Planter,
  options: { securityDefaults: boolean; seats: number; ageDays: number; syncedFrom?: string },
): { microsoftGraph: Row; firstParty: Row[] } {
  const { tenant, inDays, id } = planter
  put(tenant, 'organization', {
    id: tenant.id,
    deletedDateTime: null,
    businessPhones: [],
    city: null,
    country: null,
    countryLetterCode: 'PT',
    createdDateTime: inDays(-options.ageDays),
    defaultUsageLocation: null,
    displayName: tenant.displayName,
    marketingNotificationEmails: [],
    onPremisesLastSyncDateTime: options.syncedFrom ? inDays(-0.02) : null,
    onPremisesSyncEnabled: options.syncedFrom ? true : null,
    partnerTenantType: null,
    postalCode: null,
    preferredLanguage: 'en',
    securityComplianceNotificationMails: [],
    securityComplianceNotificationPhones: [],
    state: null,
    street: null,
    technicalNotificationMails: [`ada@${tenant.domain}`],
    tenantType: 'AAD',
    privacyProfile: null,
    assignedPlans: skus[tenant.flags.licence].plans.map(([servicePlanId, service]) => ({
      assignedDateTime: inDays(-300),
      capabilityStatus: 'Enabled',
      service,
      servicePlanId,
    })),
    provisionedPlans: [],
    verifiedDomains: domains(planter).map((domain) => ({
      capabilities: 'Email',
      isDefault: domain.isDefault,
      isInitial: domain.isInitial,
      name: domain.id,
      type: 'Managed',
    })),
  })
  for (const domain of domains(planter)) {
    put(tenant, 'domains', {
      ...domain,
      authenticationType: 'Managed',
      availabilityStatus: null,
      isAdminManaged: true,
      isRoot: true,
      isVerified: true,
      manufacturer: null,
      model: null,
      passwordNotificationWindowInDays: 14,
      passwordValidityPeriodInDays: 2147483647,
      state: null,
      supportedServices: ['Email', 'OfficeCommunicationsOnline'],
    })
  }
  const sku = skus[tenant.flags.licence]
  put(tenant, 'subscribedSkus', {
    id: `${tenant.id}_${sku.skuId}`,
    accountId: tenant.id,
    accountName: tenant.name,
    appliesTo: 'User',
    capabilityStatus: 'Enabled',
    consumedUnits: options.seats - 3,
    prepaidUnits: { enabled: options.seats, suspended: 0, warning: 0, lockedOut: 0 },
    skuId: sku.skuId,
    skuPartNumber: sku.skuPartNumber,
    subscriptionIds: [id('subscription')],
    servicePlans: sku.plans.map(([servicePlanId, servicePlanName]) => ({
      appliesTo: 'User',
      provisioningStatus: 'Success',
      servicePlanId,
      servicePlanName,
    })),
  })
  put(tenant, 'policies/identitySecurityDefaultsEnforcementPolicy', {
    id: '00000000-0000-0000-0000-000000000005',
    deletedDateTime: null,
    displayName: 'Security Defaults',
    isEnabled: options.securityDefaults,
    description: 'Security defaults is a set of basic identity security mechanisms recommended by Microsoft.',
  })
  put(tenant, 'policies/authorizationPolicy', {
    id: 'authorizationPolicy',
    deletedDateTime: null,
    displayName: 'Authorization Policy',
    description: 'Used to manage authorization related settings across the company.',
    allowedToSignUpEmailBasedSubscriptions: true,
    allowedToUseSSPR: true,
    allowEmailVerifiedUsersToJoinOrganization: false,
    allowInvitesFrom: 'everyone',
    allowUserConsentForRiskyApps: null,
    blockMsolPowerShell: false,
    guestUserRoleId: '10dae51f-b6af-4016-8d66-8c2a99b929b3',
    defaultUserRolePermissions: {
      allowedToCreateApps: true,
      allowedToCreateSecurityGroups: true,
      allowedToCreateTenants: true,
      allowedToReadBitlockerKeysForOwnedDevice: true,
      allowedToReadOtherUsers: true,
      permissionGrantPoliciesAssigned: ['ManagePermissionGrantsForSelf.microsoft-user-default-legacy'],
    },
  })
  plantApplicationPolicies(planter)
  plantAccessPolicies(planter)
  // Whoever has PIM has rules for every role, changed or not.
  if (tenant.flags.licence === 'p2') plantRoleRules(planter, () => shippedRules)
  for (const role of directoryRoles) {
    put(tenant, 'roleManagement/directory/roleDefinitions', {
      id: role.id,
      description: role.description,
      displayName: role.name,
      isBuiltIn: true,
      isEnabled: true,
      resourceScopes: ['/'],
      templateId: role.id,
      version: '1',
      rolePermissions: [{ allowedResourceActions: role.actions, condition: null }],
    })
  }
  const firstParty = firstPartyApps.map((app) =>
    planter.servicePrincipal(`first-party/${app.appId}`, {
      appId: app.appId,
      appDisplayName: app.displayName,
      displayName: app.displayName,
      appOwnerOrganizationId: app.ownerTenantId || MICROSOFT_TENANT,
      servicePrincipalNames:
        app.appId === microsoftGraphAppId ? [app.appId, 'https://graph.microsoft.com', 'https://graph.microsoft.com/'] : [app.appId],
      signInAudience: 'AzureADMultipleOrgs',
      ...(app.appId === microsoftGraphAppId ? graphPermissions() : {}),
    }),
  )
  const microsoftGraph = firstParty.find((row) => row['appId'] === microsoftGraphAppId)
  if (!microsoftGraph) throw new Error('data/first-party-apps.json must list Microsoft Graph.')
  return { microsoftGraph, firstParty }
}

function domains(planter: Planter): { id: string; isDefault: boolean; isInitial: boolean }[] {
  return [
    { id: planter.tenant.domain, isDefault: true, isInitial: false },
    { id: planter.initialDomain, isDefault: false, isInitial: true },
  ]
}
