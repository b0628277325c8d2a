import { isWanted } from '@countersign/core/alerts/subscription.ts'
import { followerOf, type StoredFollower } from '../../store/alert-followers.ts'
import { isMessageDue, settleMessage, takeMessage, type StoredMessage } from '../../store/alert-messages.ts'
import { alertsBySeq, type StoredAlert } from '../../store/alerts.ts'
import { appendEvent } from '../../store/outbox.ts'
import { readTx, writeTx, type ReadTx, type StoredJob } from '../../store/transaction.ts'
import type { AlertDependencies } from './look.ts'

/** A sender that has said nothing for so long is gone. */
export const senderLostAfterMs = 3 * 60_000
/** Waits after sends that the channel could not take; after the last of them once an hour. */
const retryWaitsMs = [60_000, 5 * 60_000, 15 * 60_000]
const hourMs = 3_600_000
/** With those waits about a day. */
const mostTries = 26

export interface Taken {
  readonly message: StoredMessage
  readonly alerts: readonly StoredAlert[]
  /** What the person asks for now; undefined where they have stopped since. */
  readonly follower: StoredFollower | undefined
}

/** How a send ended. */
export type Sent =
  | { readonly kind: 'delivered' }
  /** The channel, or the look at the person's role, may succeed later. */
  | { readonly kind: 'later'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string }
  /** Not to be sent any more. */
  | { readonly kind: 'dropped'; readonly why: string }

/**
 * Takes the next message that is due. A message is `sending` before it goes out and `delivered` after: when the process dies in between, another one
 * takes it again, so that it may arrive twice and is never lost without a word. A second such death ends it as `unclear`, for a person to see.
 */
export async function takeNextMessage({ store, now }: AlertDependencies, tenantId: string): Promise<Taken | undefined> {
  const at = now()
  const job: StoredJob = { tenantId, objectId: '' }
  const isDue = await readTx(store, job, (tx) => isMessageDue(tx, iso(at), iso(at - senderLostAfterMs)))
  if (!isDue) return undefined
  return writeTx(store, job, async (tx) => {
    for (;;) {
      const message = await takeMessage(tx, iso(at), iso(at - senderLostAfterMs))
      if (!message) return undefined
      if (message.lost < 2) {
        const follower = await followerOf(tx, message.personId)
        return { message, follower, alerts: await wantedAlerts(tx, message, follower) }
      }
      const detail = 'Twice the service stopped while it was sending. It may have arrived.'
      await settleMessage(tx, message.id, { state: 'unclear', detail, at: iso(at) })
    }
  })
}

/** Notes how a send ended. */
export async function settleTaken({ store, now }: AlertDependencies, tenantId: string, message: StoredMessage, sent: Sent): Promise<void> {
  const at = now()
  await writeTx(store, { tenantId, objectId: '' }, async (tx) => {
    if (sent.kind === 'later' && message.tries < mostTries) {
      const wait = retryWaitsMs[message.tries - 1] ?? hourMs
      await settleMessage(tx, message.id, { state: 'waiting', detail: sent.why, at: iso(at), notBefore: iso(at + wait) })
    } else {
      const state = sent.kind === 'later' ? 'failed' : sent.kind
      await settleMessage(tx, message.id, { state, detail: sent.kind === 'delivered' ? '' : sent.why, at: iso(at) })
    }
    appendEvent(tx, 'alert.sent', message.id, iso(at))
  })
}

/** What the person still wants of it: a rule that was muted or given up since is left out. */
async function wantedAlerts(tx: ReadTx, message: StoredMessage, follower: StoredFollower | undefined): Promise<readonly StoredAlert[]> {
  const alerts = await alertsBySeq(tx, message.alerts)
  return follower ? alerts.filter((alert) => isWanted(follower, alert)) : []
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
