import type { Json } from '@countersign/core/digest.ts'
import type { Profile } from '@countersign/core/profile.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { observeReadTokenScopes } from '../probes/read-token-scopes.ts'
import { addEvidence } from '../store/evidence.ts'
import { appendEvent } from '../store/outbox.ts'
import { readTx, writeTx, type ReadTx, type StoredJob } from '../store/transaction.ts'
import type { Store } from '../store/database.ts'

/** The observing halves by probe id; the judging halves are in core/trust/probes. */
const observers = {
  'read-token-scopes': observeReadTokenScopes,
} as const satisfies Record<string, (tx: ReadTx) => Promise<Json>>

export const observedProbes: readonly string[] = Object.keys(observers)

/** Observes everything again and keeps what was seen, with the environment it was seen in. */
export async function attest(
  deps: { readonly store: Store; readonly profile: Profile; readonly now: () => number },
  who: Principal | StoredJob,
): Promise<void> {
  for (const [probeId, observe] of Object.entries(observers)) {
    const observation = await readTx(deps.store, who, observe)
    const at = new Date(deps.now()).toISOString()
    await writeTx(deps.store, who, async (tx) => {
      await addEvidence(tx, { probeId, observedAt: at, environment: deps.profile.environment, observation })
      appendEvent(tx, 'evidence.changed', probeId, at)
    })
  }
}
