import { appendEvent } from '../store/outbox.ts'
import { aidOf, setAidHealth } from '../store/aid.ts'
import { noteTokenScopes } from '../store/token-scopes.ts'
import { readTx, type StoredJob } from '../store/transaction.ts'
import type { Store } from '../store/database.ts'
import type { TokenFunction } from '../graph/reader.ts'
import { exchangeInPartition, makeClient, partition, renew, tokenMaxAgeMs, type Exchanged, type Registration } from './entra-client.ts'
import { healthAfterRefusal, healthAfterToken } from './aid-health.ts'

export interface AidTokens {
  /** A token function for Graph as the tenant's Aid. */
  readonly for: (tenantId: string) => TokenFunction
  readonly forget: (tenantId: string) => void
}

/** Nobody asked: the service itself looks after the Aid. Stored as the person of such transactions. */
export const serviceItself = '00000000-0000-0000-0000-000000000000'

/** Tokens of the Aid: from its refresh token in the vault, never older than 15 minutes; a lost sign-in becomes the state needsSignIn at once. */
export function makeAidTokens(deps: {
  readonly store: Store
  readonly authority: string
  readonly registration: Registration
  readonly now: () => number
}): AidTokens {
  const held = new Map<string, { readonly answer: Exchanged; readonly obtainedAt: number }>()
  const flights = new Map<string, ReturnType<typeof obtain>>()

  async function obtain(tenantId: string): Promise<Exchanged | { readonly kind: 'needsSignIn'; readonly reason: string }> {
    const who: StoredJob = { tenantId, objectId: serviceItself }
    const aid = await readTx(deps.store, who, aidOf)
    if (!aid) return { kind: 'needsSignIn', reason: 'No Aid is connected.' }
    const client = makeClient(deps.authority, deps.registration, tenantId)
    const at = new Date(deps.now()).toISOString()
    const outcome = await exchangeInPartition(
      deps.store,
      who,
      partition('act', aid.objectId),
      client,
      (loaded) => renew(loaded, aid.objectId),
      async (tx, answer) => {
        if (answer.kind === 'token')
          await noteTokenScopes(tx, {
            plane: 'act',
            personId: aid.objectId,
            scopes: answer.scopes,
            hasRoles: answer.hasRoles,
            issuedAt: at,
          })
        const health = answer.kind === 'token' ? healthAfterToken(aid) : await healthAfterRefusal(tx, aid, answer)
        const isSame = health.state === aid.state && health.reason === aid.reason && health.policy === aid.policy
        if (isSame && health.detail === aid.detail) return
        await setAidHealth(tx, health, at)
        if (!isSame) appendEvent(tx, 'aid.changed', aid.objectId, at)
      },
      { registrationFaults: 'value' },
    )
    if (outcome.kind === 'needsSignIn') {
      held.delete(tenantId)
      return outcome
    }
    held.set(tenantId, { answer: outcome, obtainedAt: deps.now() })
    return outcome
  }

  return {
    for: (tenantId) => async (options) => {
      const known = held.get(tenantId)
      if (known && !options?.fresh && deps.now() - known.obtainedAt < tokenMaxAgeMs)
        return { kind: 'token', token: known.answer.token, scopes: known.answer.scopes }
      const flight = flights.get(tenantId) ?? obtain(tenantId).finally(() => flights.delete(tenantId))
      flights.set(tenantId, flight)
      const outcome = await flight
      return outcome.kind === 'token'
        ? { kind: 'token', token: outcome.token, scopes: outcome.scopes }
        : { kind: 'needsSignIn', reason: outcome.reason }
    },
    forget: (tenantId) => void held.delete(tenantId),
  }
}
