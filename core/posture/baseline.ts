/** Numbers a framework sets and a tenant may override. */
export interface BaselineParameters {
  readonly globalAdministrators: { readonly least: number; readonly most: number }
  /** Days before a secret's end at which the verdict becomes fail, and warn. */
  readonly secretExpiry: { readonly failDays: number; readonly warnDays: number }
  readonly conditionalAccess: {
    /** Levels of sign-in risk that must be blocked, as Graph names them. */
    readonly signInRiskLevels: readonly string[]
    /** Whether a second factor and a new password do for an account at high risk, instead of a block. */
    readonly riskRemediationSuffices: boolean
    /** Whether one policy must cover all by itself; otherwise several may do so together. */
    readonly inOnePolicy: boolean
  }
  /** Roles that a guest may have by default, by their ids in the authorization policy. */
  readonly guestRoleIds: readonly string[]
  /** Whether the codes of the Authenticator may be allowed beside its requests. */
  readonly authenticatorCodesAllowed: boolean
  /** Whether people may consent for themselves to permissions that are called low in impact, for verified publishers. */
  readonly lowImpactConsentAllowed: boolean
  /** Whether an account that is no longer synchronised, but still tied to one on premises by its immutable id, counts as one from there. */
  readonly formerlySynchronisedCounts: boolean
  /** Most devices that a person may join. */
  readonly deviceQuota: number
  /** Longest time in days for which a credential of an app registration may be valid. */
  readonly credentialLifetime: { readonly secretDays: number; readonly certificateDays: number }
  /** Days without a successful sign-in after which an account counts as left behind. */
  readonly inactiveDays: number
  /** Days that a new account may wait for its first sign-in. */
  readonly newAccountDays: number
  /** Days that an invitation may stay open. */
  readonly invitationDays: number
  /** Hours after which an idle web session must have ended. */
  readonly idleSessionHours: number
}

/** Parameters and policy ids of a framework. */
export interface Baseline {
  readonly id: string
  readonly title: string
  readonly parameters: BaselineParameters
  /** Policy ids of the framework with the checks that answer them. */
  readonly policies: Readonly<Record<string, readonly string[]>>
  /** What an absent licence means: SCuBA counts it as not met. */
  readonly absentLicence: 'notApplicable' | 'fail'
}
