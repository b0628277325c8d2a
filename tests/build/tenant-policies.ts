import type { FactRow } from '../../core/posture/facts.ts'
import { settingTemplates } from './setting-templates.ts'

/** Policies of a tenant as the facts take them: each builder gives one that every check likes, changed in what the test is about. */

type Authorization = FactRow<'authorizationPolicy'>
type Methods = FactRow<'authenticationMethodsPolicy'>
type Method = Methods['authenticationMethodConfigurations'][number]
type Devices = FactRow<'deviceRegistrationPolicy'>

export function authorization(
  change: Partial<Authorization> = {},
  permissions: Partial<Authorization['defaultUserRolePermissions']> = {},
): Authorization {
  return {
    id: 'authorizationPolicy',
    allowInvitesFrom: 'adminsAndGuestInviters',
    guestUserRoleId: '2af84b1e-32c8-42b7-82bc-daa82404023b',
    allowedToSignUpEmailBasedSubscriptions: false,
    allowEmailVerifiedUsersToJoinOrganization: false,
    allowedToUseSSPR: false,
    allowUserConsentForRiskyApps: false,
    blockMsolPowerShell: true,
    defaultUserRolePermissions: {
      allowedToCreateApps: false,
      allowedToCreateSecurityGroups: false,
      allowedToReadOtherUsers: true,
      allowedToCreateTenants: false,
      allowedToReadBitlockerKeysForOwnedDevice: false,
      permissionGrantPoliciesAssigned: [],
      ...permissions,
    },
    ...change,
  }
}

export function method(id: string, state: string, change: Partial<Method> = {}): Method {
  return {
    id,
    state,
    includeTargets: [{ id: 'all_users' }],
    excludeTargets: null,
    isAttestationEnforced: null,
    keyRestrictions: null,
    isUsableOnce: null,
    isSoftwareOathEnabled: null,
    featureSettings: null,
    ...change,
  }
}

export function methodsPolicy(methods: readonly Method[] = [], change: Partial<Methods> = {}): Methods {
  return {
    id: 'authenticationMethodsPolicy',
    policyMigrationState: 'migrationComplete',
    authenticationMethodConfigurations: [...methods],
    reportSuspiciousActivitySettings: null,
    ...change,
  }
}

/** Directory settings of one template. */
export function directorySettings(
  template: keyof typeof settingTemplates,
  values: Readonly<Record<string, string | null>>,
): FactRow<'groupSettings'> {
  return {
    id: `settings-${template}`,
    templateId: settingTemplates[template],
    values: Object.entries(values).map(([name, value]) => ({ name, value })),
  }
}

export function devicePolicy(
  change: Partial<Devices> = {},
  join: { readonly allowedToJoin?: string; readonly registeringUsers?: string; readonly enableGlobalAdmins?: boolean } = {},
): Devices {
  const membership = (kind: string) => ({ '@odata.type': `#microsoft.graph.${kind}` })
  return {
    id: 'deviceRegistrationPolicy',
    userDeviceQuota: 10,
    multiFactorAuthConfiguration: 'notRequired',
    azureADJoin: {
      allowedToJoin: membership(join.allowedToJoin ?? 'enumeratedDeviceRegistrationMembership'),
      localAdmins: {
        enableGlobalAdmins: join.enableGlobalAdmins ?? false,
        registeringUsers: membership(join.registeringUsers ?? 'noDeviceRegistrationMembership'),
      },
    },
    localAdminPassword: { isEnabled: true },
    ...change,
  }
}

export function tenant(change: Partial<FactRow<'organization'>> = {}): FactRow<'organization'> {
  return { id: 'o', displayName: 'Contoso', verifiedDomains: [], onPremisesSyncEnabled: null, onPremisesLastSyncDateTime: null, ...change }
}
