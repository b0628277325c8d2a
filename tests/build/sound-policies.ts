import type { FactRow } from '../../core/posture/facts.ts'
import { coveringPolicy, inDays } from './facts.ts'
import { roleIds, rolePolicy } from './people.ts'
import { directorySettings, method, methodsPolicy } from './tenant-policies.ts'

/** Policies of a tenant in which every check passes. Those that cover everybody leave out the two emergency accounts, which are declared. */

type Change = NonNullable<Parameters<typeof coveringPolicy>[1]>

const session = { signInFrequency: null, persistentBrowser: null }
const everyHours = (value: number) => ({ isEnabled: true, type: 'hours', value, frequencyInterval: 'timeBased' })
const everyTime = { isEnabled: true, type: null, value: null, frequencyInterval: 'everyTime' }
const phishingResistant = { id: 'strong', allowedCombinations: ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'] }

export function soundPolicy(id: string, change: Change = {}): FactRow<'conditionalAccessPolicies'> {
  return coveringPolicy(id, { ...change, users: { excludeUsers: ['bg1', 'bg2'], ...change.users } })
}

export const soundPolicies: readonly FactRow<'conditionalAccessPolicies'>[] = [
  soundPolicy('legacy', { conditions: { clientAppTypes: ['exchangeActiveSync', 'other'] } }),
  soundPolicy('user-risk', { conditions: { userRiskLevels: ['high'] } }),
  soundPolicy('sign-in-risk', { conditions: { signInRiskLevels: ['high'] } }),
  soundPolicy('insider-risk', { conditions: { insiderRiskLevels: 'elevated' } }),
  soundPolicy('strong', { controls: [], grant: { authenticationStrength: phishingResistant } }),
  soundPolicy('devices', { controls: ['compliantDevice', 'domainJoinedDevice'] }),
  soundPolicy('security-info', {
    controls: ['compliantDevice', 'domainJoinedDevice'],
    applications: { includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] },
  }),
  soundPolicy('join', { controls: ['mfa'], applications: { includeApplications: [], includeUserActions: ['urn:user:registerdevice'] } }),
  soundPolicy('device-code', { conditions: { authenticationFlows: { transferMethods: 'deviceCodeFlow' } } }),
  soundPolicy('transfer', { conditions: { authenticationFlows: { transferMethods: 'authenticationTransfer' } } }),
  soundPolicy('sessions', {
    controls: [],
    session: { ...session, signInFrequency: everyHours(4), persistentBrowser: { isEnabled: true, mode: 'never' } },
  }),
  soundPolicy('enrolment', {
    controls: ['mfa'],
    applications: { includeApplications: ['d4ebce55-015a-49b5-a083-c84d1797ae8c'] },
    session: { ...session, signInFrequency: everyTime },
  }),
  soundPolicy('platforms', {
    conditions: { platforms: { includePlatforms: ['all'], excludePlatforms: ['android', 'iOS', 'windows', 'macOS', 'linux'] } },
  }),
  soundPolicy('places', { conditions: { locations: { includeLocations: ['All'], excludeLocations: ['office'] } } }),
  soundPolicy('tokens', { controls: [], session: { secureSignInSession: { isEnabled: true } } }),
  soundPolicy('office', {
    controls: [],
    applications: { includeApplications: ['Office365'] },
    session: { applicationEnforcedRestrictions: { isEnabled: true }, disableResilienceDefaults: false },
  }),
  soundPolicy('portals', {
    applications: { includeApplications: ['MicrosoftAdminPortals'] },
    users: { excludeRoles: [roleIds.globalAdministrator] },
  }),
  coveringPolicy('workloads', {
    conditions: {
      users: null,
      clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'], excludeServicePrincipals: [] },
      servicePrincipalRiskLevels: ['high'],
    },
  }),
  soundPolicy('trial', { state: 'enabledForReportingButNotEnforced', top: { modifiedDateTime: inDays(-5) } }),
]

const shown = { state: 'enabled', includeTarget: { id: 'all_users', targetType: 'group' }, excludeTarget: null }
const nobodyLeftOut = { excludeTargets: [] }

export const soundMethods = methodsPolicy(
  [
    ...['Sms', 'Voice', 'Email'].map((name) => method(name, 'disabled', nobodyLeftOut)),
    method('MicrosoftAuthenticator', 'enabled', {
      ...nobodyLeftOut,
      isSoftwareOathEnabled: false,
      featureSettings: { displayAppInformationRequiredState: shown, displayLocationInformationRequiredState: shown },
    }),
    method('Fido2', 'enabled', {
      excludeTargets: [{ id: 'team' }],
      isAttestationEnforced: true,
      keyRestrictions: { isEnforced: true, enforcementType: 'allow', aaGuids: ['de1e552d-db1d-4423-a619-566b625cdc84'] },
    }),
    method('TemporaryAccessPass', 'enabled', { ...nobodyLeftOut, isUsableOnce: true }),
  ],
  { reportSuspiciousActivitySettings: { state: 'enabled', includeTarget: { id: 'all_users', targetType: 'group' } } },
)

export const soundGroupSettings: readonly FactRow<'groupSettings'>[] = [
  directorySettings('passwords', {
    EnableBannedPasswordCheck: 'True',
    BannedPasswordList: 'contoso',
    EnableBannedPasswordCheckOnPremises: 'True',
    BannedPasswordCheckOnPremisesMode: 'Enforce',
    LockoutThreshold: '10',
    LockoutDurationInSeconds: '60',
  }),
  directorySettings('unifiedGroups', { EnableGroupCreation: 'false', AllowGuestsToBeGroupOwner: 'false' }),
  directorySettings('consent', { EnableGroupSpecificConsent: 'False', BlockUserConsentForRiskyApps: 'True' }),
]

const notice = (id: string) => ({ id, notificationType: 'Email', notificationRecipients: ['security@contoso.com'] })

/** What activating and assigning asks for, of each role and of a group with roles. */
export const soundActivation: readonly object[] = [
  { id: 'Expiration_EndUser_Assignment', isExpirationRequired: true, maximumDuration: 'PT8H' },
  { id: 'Enablement_EndUser_Assignment', enabledRules: ['MultiFactorAuthentication'] },
  {
    id: 'Approval_EndUser_Assignment',
    setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers: [{ userId: 'alice' }] }] },
  },
  notice('Notification_Admin_Admin_Assignment'),
  notice('Notification_Admin_Admin_Eligibility'),
  notice('Notification_Admin_EndUser_Assignment'),
]

export const soundRolePolicies: readonly object[] = [
  roleIds.globalAdministrator,
  roleIds.privilegedRoleAdministrator,
  roleIds.userAdministrator,
].map((role) => rolePolicy(role, ...soundActivation))

const lasting = { autoApplyDecisionsEnabled: true, defaultDecisionEnabled: true, defaultDecision: 'Deny' }
const review = (id: string, query: string) => ({
  id,
  displayName: id,
  status: 'InProgress',
  scope: { query },
  instanceEnumerationScope: null,
  reviewers: [{ query: '/users/alice' }],
  stageSettings: [],
  settings: { ...lasting, recurrence: { pattern: { type: 'absoluteMonthly' }, range: { type: 'noEnd' } } },
})

export const soundReviews: readonly object[] = [
  review('of-roles', `/roleManagement/directory/roleDefinitions/${roleIds.globalAdministrator}`),
  review('of-guests', "./members?$filter=(userType eq 'Guest')"),
]

const restriction = (restrictionType: string, maxLifetime: string | null) => {
  return { restrictionType, state: 'enabled', maxLifetime, restrictForAppsCreatedAfterDateTime: '0001-01-01T00:00:00Z' }
}

/** Secrets are blocked; the lifetimes are limited all the same. */
export const soundRestrictions = {
  passwordCredentials: [restriction('passwordAddition', null), restriction('passwordLifetime', 'P180D')],
  keyCredentials: [restriction('asymmetricKeyLifetime', 'P365D')],
}
