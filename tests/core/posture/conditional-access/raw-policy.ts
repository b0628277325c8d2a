/** A policy as Graph writes it, as far as the reference evaluator and its cases speak of it. */
export interface Guests {
  readonly guestOrExternalUserTypes: string
  readonly externalTenants: { readonly membershipKind: string; readonly members?: readonly string[] } | null
}
export interface Filter {
  readonly mode: string
  readonly rule: string
}
export interface RawPolicy {
  readonly id: string
  readonly displayName: string
  readonly state: string
  readonly conditions: {
    readonly users: {
      readonly includeUsers: readonly string[]
      readonly includeGroups: readonly string[]
      readonly includeRoles: readonly string[]
      readonly includeGuestsOrExternalUsers: Guests | null
      readonly excludeUsers: readonly string[]
      readonly excludeGroups: readonly string[]
      readonly excludeRoles: readonly string[]
      readonly excludeGuestsOrExternalUsers: Guests | null
    }
    readonly applications: {
      readonly includeApplications: readonly string[]
      readonly excludeApplications: readonly string[]
      readonly includeUserActions: readonly string[]
      readonly includeAuthenticationContextClassReferences: readonly string[]
      readonly applicationFilter: Filter | null
    }
    readonly clientAppTypes: readonly string[]
    readonly signInRiskLevels: readonly string[]
    readonly userRiskLevels: readonly string[]
    readonly servicePrincipalRiskLevels: readonly string[]
    readonly insiderRiskLevels: string | null
    readonly platforms: { readonly includePlatforms: readonly string[]; readonly excludePlatforms: readonly string[] } | null
    readonly locations: { readonly includeLocations: readonly string[]; readonly excludeLocations: readonly string[] } | null
    readonly devices: { readonly deviceFilter: Filter } | null
    readonly authenticationFlows: { readonly transferMethods: string } | null
    readonly clientApplications: { readonly includeServicePrincipals: readonly string[] } | null
    /** A condition of tomorrow. */
    readonly agentIdRiskLevels?: string
  }
  readonly grantControls: Grant | null
  readonly sessionControls: Session | null
}
export interface Grant {
  readonly operator: string
  readonly builtInControls: readonly string[]
  readonly authenticationStrength?: { readonly id: string; readonly allowedCombinations: readonly string[] }
}
export interface Session {
  readonly signInFrequency?: {
    readonly isEnabled: boolean
    readonly type: string | null
    readonly value: number | null
    readonly frequencyInterval: string
  }
  readonly persistentBrowser?: { readonly isEnabled: boolean; readonly mode: string }
  readonly applicationEnforcedRestrictions?: { readonly isEnabled: boolean }
  readonly secureSignInSession?: { readonly isEnabled: boolean }
}

/** For everybody, everywhere and always, asking for nothing. */
export function plainPolicy(id: string): RawPolicy {
  return {
    id,
    displayName: `Policy ${id}`,
    state: 'enabled',
    conditions: {
      users: {
        includeUsers: ['All'],
        includeGroups: [],
        includeRoles: [],
        includeGuestsOrExternalUsers: null,
        excludeUsers: [],
        excludeGroups: [],
        excludeRoles: [],
        excludeGuestsOrExternalUsers: null,
      },
      applications: {
        includeApplications: ['All'],
        excludeApplications: [],
        includeUserActions: [],
        includeAuthenticationContextClassReferences: [],
        applicationFilter: null,
      },
      clientAppTypes: ['all'],
      signInRiskLevels: [],
      userRiskLevels: [],
      servicePrincipalRiskLevels: [],
      insiderRiskLevels: null,
      platforms: null,
      locations: null,
      devices: null,
      authenticationFlows: null,
      clientApplications: null,
    },
    grantControls: null,
    sessionControls: null,
  }
}
