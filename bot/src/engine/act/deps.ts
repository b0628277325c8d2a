import type { Role } from '@countersign/core/principal.ts'
import type { GraphReader } from '../../graph/reader.ts'
import type { GraphWriter } from '../../graph/writer.ts'
import type { Log, Store } from '../../store/database.ts'

/** Places at which a test can stop the process; the product does nothing there. */
export type Checkpoint = 'beforeSend' | 'afterAnswer' | 'beforeReadBack'

/** A person who has a chat with the Aid and may countersign, with roles read no longer ago than a minute. */
export interface Approver {
  readonly objectId: string
  readonly name: string
  readonly roles: readonly Role[]
}

/** Whether the Aid can be used now, and as what. */
export type AidAnswer =
  | {
      readonly kind: 'aid'
      readonly objectId: string
      readonly userPrincipalName: string
      readonly reader: GraphReader
      readonly writer: GraphWriter
    }
  | { readonly kind: 'notConnected' }
  | { readonly kind: 'needsSignIn'; readonly why: string }

/** Everything that the act plane touches, handed in, so that a test can put its own in its place. */
export interface ActDeps {
  readonly store: Store
  readonly log: Log
  /** Whether the deployment's profile allows actions at all. */
  readonly act: 'off' | 'on'
  readonly version: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly newId: () => string
  readonly randomBytes: (count: number) => Uint8Array
  readonly aid: (tenantId: string) => Promise<AidAnswer>
  /** Everybody but one who could be the second person; whose roles cannot be read does not count. */
  readonly approvers: (tenantId: string, exceptObjectId: string) => Promise<readonly Approver[]>
  /** Judges the roles of the tenant's Aid by what is switched on now; absent where there is nothing to judge. */
  readonly lookAtAid?: (tenantId: string) => Promise<void>
  /** Runs work after the answer has gone out; errors end in the log. */
  readonly later: (work: () => Promise<void>) => void
  readonly wait: (milliseconds: number) => Promise<void>
  readonly checkpoint: (name: Checkpoint) => Promise<void>
  /** Waits between read-backs, and between looks at the audit log after the send; milliseconds. */
  readonly readBackWaits: readonly number[]
  readonly echoLooks: readonly number[]
  /** How long who signed in through an application is waited for before it counts as not known; 3 seconds unless set. */
  readonly signInsPatienceMs?: number
}

export function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Directory replicas answer late at times; after 15 seconds a difference counts as one. */
export const defaultReadBackWaits = [0, second, 2 * second, 4 * second, 8 * second]

/** Rows usually arrive within 15 minutes; after 24 hours we say that none came. */
export const defaultEchoLooks = [
  2 * second,
  5 * second,
  10 * second,
  20 * second,
  40 * second,
  minute,
  2 * minute,
  4 * minute,
  8 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  8 * hour,
  16 * hour,
  24 * hour,
]
