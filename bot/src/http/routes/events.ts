import { setTimeout as wait } from 'node:timers/promises'
import { listEvents } from '@countersign/core/api/events.ts'
import type { Principal } from '@countersign/core/principal.ts'
import type { Store } from '../../store/database.ts'
import { eventsAfter, newestEvent } from '../../store/outbox.ts'
import { readTx } from '../../store/transaction.ts'
import type { Wakes } from '../../engine/wakes.ts'
import { serve, type Handler, type StreamItem } from '../handler.ts'
import { answer } from '../problem.ts'

const heartbeatMs = 15_000
/** After this time the client comes back with its sign-in, so that a lost one ends the stream too. */
const streamMs = 15 * 60_000

export function eventRoutes(deps: { readonly store: Store; readonly wakes: Wakes }): Handler[] {
  return [
    serve(
      listEvents,
      async (call) => {
        const { principal } = call.signedIn
        const from = call.query.after
        if (from === undefined) return answer({ events: [], cursor: await head(deps.store, principal) })
        const events = await after(deps.store, principal, from)
        return answer({ events, cursor: events.at(-1)?.seq ?? from })
      },
      (call) => stream(deps, call.signedIn.principal, call.query.after, call.signal),
    ),
  ]
}

/** Events from the cursor on: those that are there, then each as it comes. Ids only, never data of the tenant. */
async function* stream(
  deps: { readonly store: Store; readonly wakes: Wakes },
  principal: Principal,
  from: number | undefined,
  signal: AbortSignal,
): AsyncIterable<StreamItem | undefined> {
  const endsAt = Date.now() + streamMs
  let cursor = from ?? (await head(deps.store, principal))
  while (!signal.aborted && Date.now() < endsAt) {
    const woken = deps.wakes.next(principal.tenantId)
    const events = await after(deps.store, principal, cursor)
    for (const event of events) {
      cursor = event.seq
      yield { id: String(event.seq), event: event.kind, data: JSON.stringify(event) }
    }
    if (events.length > 0) continue
    const isBeat = await Promise.race([woken.then(() => false), wait(heartbeatMs, true, { signal }).catch(() => false)])
    if (isBeat) yield undefined
  }
}

function after(store: Store, principal: Principal, seq: number): ReturnType<typeof eventsAfter> {
  return readTx(store, principal, (tx) => eventsAfter(tx, seq))
}

function head(store: Store, principal: Principal): Promise<number> {
  return readTx(store, principal, newestEvent)
}
