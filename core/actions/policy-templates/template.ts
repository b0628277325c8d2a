import type { Json } from '../../digest.ts'

/** A Conditional Access policy as data, ready to be created; state and exceptions come with the person who asks. */
export interface PolicyTemplate<Id extends string = string> {
  readonly id: Id
  /** Name of the policy in the tenant: what it is found by, so it never changes. No quotation marks. */
  readonly displayName: string
  /** What it asks for, for people. */
  readonly asks: string
  /** Whom it is for, for people. */
  readonly people: string
  /** The rule of CISA's baseline that the policy meets once it is on. */
  readonly baseline: string
  readonly licence: 'p1' | 'p2'
  /** Whom it includes; nobody is left out but the exceptions. */
  readonly users: { readonly includeUsers: readonly string[]; readonly includeRoles?: readonly string[] }
  readonly applications: { readonly includeApplications: readonly string[] } | { readonly includeUserActions: readonly string[] }
  /** Conditions beside people and applications. */
  readonly conditions: { readonly clientAppTypes: readonly string[]; readonly [condition: string]: Json }
  readonly grantControls: {
    readonly operator: 'OR'
    readonly builtInControls: readonly string[]
    readonly authenticationStrength?: { readonly id: string }
  }
}

export function definePolicyTemplate<const Id extends string>(template: PolicyTemplate<Id>): PolicyTemplate<Id> {
  return template
}

export const everybody = { includeUsers: ['All'] } as const
export const everyApplication = { includeApplications: ['All'] } as const
export const everyClient = { clientAppTypes: ['all'] } as const
export const block = { operator: 'OR', builtInControls: ['block'] } as const
export const managedDevice = { operator: 'OR', builtInControls: ['compliantDevice', 'domainJoinedDevice'] } as const

/** The built-in strength: https://learn.microsoft.com/entra/identity/authentication/concept-authentication-strengths */
export const phishingResistant = {
  operator: 'OR',
  builtInControls: [],
  authenticationStrength: { id: '00000000-0000-0000-0000-000000000004' },
} as const

/** The body that creates the policy in report-only state. */
export function policyBody(template: PolicyTemplate, excludedUserIds: readonly string[]): { readonly [name: string]: Json } {
  return {
    displayName: template.displayName,
    state: 'enabledForReportingButNotEnforced',
    conditions: {
      ...template.conditions,
      users: { ...template.users, excludeUsers: excludedUserIds },
      applications: template.applications,
    },
    grantControls: template.grantControls,
  }
}
