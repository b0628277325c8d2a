import { listen } from '../store/outbox.ts'
import type { Store } from '../store/database.ts'

/** Wakes readers of a tenant's events in this process, whichever process wrote them. */
export interface Wakes {
  /** Resolves at the next commit with events of the tenant. Ask for it before reading, so that nothing falls in between. */
  readonly next: (tenantId: string) => Promise<void>
  readonly close: () => Promise<void>
}

export async function openWakes(store: Store): Promise<Wakes> {
  const waiting = new Map<string, { readonly promise: Promise<void>; readonly resolve: () => void }>()
  const wake = (tenantId: string): void => {
    waiting.get(tenantId)?.resolve()
    waiting.delete(tenantId)
  }
  // After a lost connection nobody knows what was missed: everybody looks.
  const listening = await listen(store, wake, () => [...waiting.keys()].forEach(wake))
  return {
    next(tenantId) {
      const known = waiting.get(tenantId)
      if (known) return known.promise
      let resolve: () => void = () => undefined
      const promise = new Promise<void>((done) => {
        resolve = done
      })
      waiting.set(tenantId, { promise, resolve })
      return promise
    },
    close: listening.close,
  }
}
