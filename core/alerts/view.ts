import type { Severity } from '../posture/check.ts'

type NotKnown = 'notKnown'

export interface OpenFinding {
  readonly key: string
  readonly checkId: string
  readonly title: string
  readonly name: string
  readonly severity: Severity
}

/** A secret or certificate of an app registration. */
export interface Credential {
  readonly applicationId: string
  readonly name: string
  readonly kind: 'secret' | 'certificate'
  readonly keyId: string
  /** Milliseconds since 1970. */
  readonly endsAt: number
}

/** A hold on something with which the whole tenant can be taken over. */
export interface ControlGrant {
  readonly id: string
  /** Who holds it. */
  readonly name: string
  /** The permission or role by Microsoft's name. */
  readonly what: string
}

export interface RiskyUser {
  readonly id: string
  readonly name: string
  readonly level: 'low' | 'medium' | 'high'
}

/** What the rules look at: what Countersign knows of one tenant at one time. */
export interface AlertView {
  /** Milliseconds since 1970. */
  readonly now: number
  /** Open findings of the severities critical and high; not known while a scan goes on and before the first. */
  readonly findings: readonly OpenFinding[] | NotKnown
  /** Scores of finished scans and judgements, oldest first. */
  readonly scores: readonly { readonly at: number; readonly value: number }[]
  /** Scans that came to an end by themselves, newest first. */
  readonly scans: readonly { readonly failed: boolean; readonly at: number; readonly problem: string }[]
  readonly credentials: readonly Credential[] | NotKnown
  readonly permissionGrants: readonly ControlGrant[] | NotKnown
  readonly roleGrants: readonly ControlGrant[] | NotKnown
  readonly riskyUsers: readonly RiskyUser[] | NotKnown
  /** Why reading or acting in the tenant no longer works; null while it does. */
  readonly readLost: string | null | NotKnown
  readonly aidLost: string | null | NotKnown
}
