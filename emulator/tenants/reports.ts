import { skus } from './common-ground.ts'
import type { Planter } from './planter.ts'
import { microsoftGraphAppId } from './reference.ts'
import { activeRoles } from './roles.ts'
import { collection, text } from './tenant.ts'
import type { Row } from './tenant.ts'

export const strong = ['fido2SecurityKey', 'microsoftAuthenticatorPush'] as const
export const app = ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'] as const
export const phone = ['mobilePhone'] as const

const passwordless = new Set(['fido2SecurityKey', 'passKeyDeviceBound', 'windowsHelloForBusiness', 'x509Certificate'])

/** What the registration report says of every member and every guest who accepted; `methodsOf` decides who registered what. */
export function plantRegistrations(planter: Planter, methodsOf: (user: Row, index: number, isAdmin: boolean) => readonly string[]): void {
  const { tenant, put } = planter
  let index = 0
  for (const user of collection(tenant, 'users').values()) {
    if (text(user, 'externalUserState') === 'PendingAcceptance') continue
    const isAdmin = activeRoles(tenant, user.id).length > 0
    const methods = methodsOf(user, index, isAdmin)
    const second = methods.some((name) => name !== 'email')
    put('reports/authenticationMethods/userRegistrationDetails', {
      id: user.id,
      userPrincipalName: text(user, 'userPrincipalName') ?? '',
      userDisplayName: text(user, 'displayName') ?? '',
      userType: user['userType'] === 'Guest' ? 'guest' : 'member',
      isAdmin,
      isMfaRegistered: second,
      isMfaCapable: second,
      isPasswordlessCapable: methods.some((name) => passwordless.has(name)),
      isSsprEnabled: true,
      isSsprRegistered: second,
      isSsprCapable: second,
      isSystemPreferredAuthenticationMethodEnabled: true,
      systemPreferredAuthenticationMethods: methods.includes('fido2SecurityKey') ? ['Fido2'] : second ? ['PhoneAppNotification'] : [],
      userPreferredMethodForSecondaryAuthentication: methods.includes('microsoftAuthenticatorPush') ? 'push' : second ? 'sms' : 'none',
      methodsRegistered: methods,
      lastUpdatedDateTime: planter.inDays(-0.5),
    })
    index += 1
  }
}

/** Gives people the tenant's licence with everything in it. */
export function assignLicences(planter: Planter, users: readonly Row[]): void {
  const sku = skus[planter.tenant.flags.licence]
  for (const user of users) {
    planter.amend('users', user.id, {
      assignedLicenses: [{ skuId: sku.skuId, disabledPlans: [] }],
      assignedPlans: sku.plans.map(([servicePlanId, name]) => ({
        assignedDateTime: planter.inDays(-300),
        capabilityStatus: 'Enabled',
        service: name.startsWith('EXCHANGE') ? 'exchange' : 'AADPremiumService',
        servicePlanId,
      })),
    })
  }
}

export interface PlantedSignIn {
  readonly user: Row
  readonly daysAgo: number
  readonly clientAppUsed: string
  readonly application: { readonly appId: string; readonly displayName: string }
}

/** One sign-in as the log has it. */
export function plantSignIn(planter: Planter, { user, daysAgo, clientAppUsed, application }: PlantedSignIn): void {
  const key = `sign-in-row/${user.id}/${daysAgo}/${application.appId}`
  planter.put('auditLogs/signIns', {
    id: planter.id(key),
    createdDateTime: planter.inDays(-daysAgo),
    userId: user.id,
    userPrincipalName: text(user, 'userPrincipalName') ?? null,
    userDisplayName: text(user, 'displayName') ?? null,
    appId: application.appId,
    appDisplayName: application.displayName,
    clientAppUsed,
    correlationId: planter.id(`${key}/correlation`),
    conditionalAccessStatus: 'success',
    appliedConditionalAccessPolicies: [],
    ipAddress: '203.0.113.24',
    isInteractive: true,
    resourceDisplayName: 'Microsoft Graph',
    resourceId: microsoftGraphAppId,
    riskDetail: 'none',
    riskEventTypes: [],
    riskEventTypes_v2: [],
    riskLevelAggregated: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    status: { errorCode: 0, failureReason: 'Other.', additionalDetails: null },
    deviceDetail: {
      deviceId: '',
      displayName: null,
      operatingSystem: 'Windows10',
      browser: 'Edge 142.0',
      isCompliant: null,
      isManaged: null,
      trustType: null,
    },
    location: { city: text(user, 'city') ?? null, state: null, countryOrRegion: text(user, 'usageLocation') ?? null, geoCoordinates: null },
  })
}

/** The last three days of Microsoft's own score, newest first. Controls by name; a share of 1 is fully done. */
export function plantSecureScores(planter: Planter, controls: Readonly<Record<string, number>>): void {
  const points = Object.entries(controls).map(([controlName, share]) => ({
    controlCategory: 'Identity',
    controlName,
    description: `How far ${controlName} is done.`,
    score: Math.round(share * 100) / 10,
  }))
  for (const day of [0, 1, 2]) {
    planter.put('security/secureScores', {
      id: `${planter.tenant.id}_${planter.inDays(-day).slice(0, 10)}`,
      azureTenantId: planter.tenant.id,
      activeUserCount: 200,
      licensedUserCount: 320,
      createdDateTime: `${planter.inDays(-day).slice(0, 10)}T00:00:00Z`,
      currentScore: points.reduce((sum, point) => sum + point.score, 0),
      maxScore: points.length * 10,
      enabledServices: ['HasAADP2', 'HasEXOP2'],
      averageComparativeScores: [{ basis: 'AllTenants', averageScore: 30.1 }],
      controlScores: points,
      vendorInformation: { provider: 'SecureScore', providerVersion: null, subProvider: null, vendor: 'Microsoft' },
    })
  }
}
