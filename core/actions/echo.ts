import type { EchoExpectation } from './action.ts'

/** States of the audit echo, each shown to people as what it is. */
export const echoStates = ['pending', 'found', 'ambiguous', 'notFound', 'notReadable'] as const
export type EchoState = (typeof echoStates)[number]

/** The fields of a directoryAudit row that the match uses and the receipt keeps. */
export interface AuditRow {
  readonly id: string
  readonly activityDateTime: string
  readonly activityDisplayName: string
  readonly correlationId: string | null
  readonly result: string
  readonly initiatedByUserId: string | null
  readonly initiatedByUpn: string | null
  readonly targets: readonly {
    readonly id: string
    readonly displayName: string | null
    readonly modified: readonly { readonly name: string; readonly oldValue: string | null; readonly newValue: string | null }[]
  }[]
  readonly userAgent: string | null
}

export type EchoMatch =
  | { readonly state: 'found'; readonly row: AuditRow; readonly also: readonly AuditRow[] }
  | { readonly state: 'ambiguous'; readonly rows: readonly AuditRow[] }
  | { readonly state: 'pending' }

/** Earliest and latest activityDateTime that can belong to a write, in milliseconds around the send. */
export const echoWindow = { beforeMs: 60_000, afterMs: 15 * 60_000 } as const

export interface EchoQuestion {
  readonly actorId: string
  readonly sentAt: number
  readonly expectation: EchoExpectation
}
