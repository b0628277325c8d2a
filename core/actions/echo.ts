import type { EchoExpectation } from './action.ts'
import { echoSentences } from './sentences.ts'

/** States of the audit echo, each shown to people as what it is. */
export const echoStates = ['pending', 'found', 'ambiguous', 'notFound', 'notReadable'] as const
export type EchoState = (typeof echoStates)[number]

/** Why the tenant's log could not be read: its licence, the Aid's rights, or no look got through to it. */
export const echoReasons = ['noLicence', 'noRole', 'notReached'] as const
export type EchoReason = (typeof echoReasons)[number]

const reasonSentences = {
  noLicence: 'The tenant’s audit log cannot be read: Microsoft gives it out only to tenants with a premium licence (P1 or P2).',
  noRole:
    'The Aid may not read the tenant’s audit log: it needs the permission AuditLog.Read.All and the role Reports Reader, Security Reader or Security Administrator.',
  notReached: 'The tenant’s audit log could not be asked in the 24 hours after the change.',
} as const satisfies Record<EchoReason, string>

/** The state in words, with the reason where there is one. */
export function echoSentence(state: EchoState, reason: EchoReason | null): string {
  return state === 'notReadable' && reason !== null ? reasonSentences[reason] : echoSentences[state]
}

/** The fields of a directoryAudit row that the match uses. */
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
  /** What the request carried to be told apart by: no proof, see match-echo.ts. */
  readonly mark?: { readonly proposalId: string; readonly clientRequestId: string | null }
  /** How many equal requests of our own were sent so close by that their rows could be taken for this one's. */
  readonly rivals?: number
}
