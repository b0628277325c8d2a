import { appendEvent } from '../store/outbox.ts'
import { aidOf, setAidHealth, type StoredAid } from '../store/aid.ts'
import { noteTokenScopes } from '../store/token-scopes.ts'
import { readTx, type StoredJob } from '../store/transaction.ts'
import type { Store } from '../store/database.ts'
import type { TokenFunction } from '../graph/reader.ts'
import { exchangeInPartition, makeClient, partition, renew, tokenMaxAgeMs, type Exchanged, type Registration } from './entra-client.ts'
import { healthAfterRefusal, healthAfterToken } from './aid-health.ts'

export interface AidTokens {
  /** A token function for Graph as the tenant's Aid; with an object id, as this one and no other. */
  readonly for: (tenantId: string, objectId?: string) => TokenFunction
  readonly forget: (tenantId: string) => void
}

/** Nobody asked: the service itself looks after the Aid. Stored as the person of such transactions. */
export const serviceItself = '00000000-0000-0000-0000-000000000000'

const notConnected = { kind: 'needsSignIn', reason: 'No Aid is connected.' } as const

/** Tells one connection of an Aid from a later one, of the same account too. */
export function connectionOf({ objectId, connectedAt }: StoredAid): string {
  return `${objectId} ${connectedAt}`
}

/** Tokens of the Aid: from its refresh token in the vault, never older than 15 minutes; a lost sign-in becomes the state needsSignIn at once. */
export function makeAidTokens(deps: {
  readonly store: Store
  readonly authority: string
  readonly registration: Registration
  readonly now: () => number
}): AidTokens {
  const held = new Map<string, { readonly answer: Exchanged; readonly obtainedAt: number; readonly of: string }>()
  const flights = new Map<string, ReturnType<typeof obtain>>()

  async function obtain(who: StoredJob, aid: StoredAid): Promise<Exchanged | { readonly kind: 'needsSignIn'; readonly reason: string }> {
    const { tenantId } = who
    const client = makeClient(deps.authority, deps.registration, tenantId)
    const at = new Date(deps.now()).toISOString()
    let isOver = false
    const outcome = await exchangeInPartition(
      deps.store,
      who,
      partition('act', aid.objectId),
      client,
      (loaded) => renew(loaded, aid.objectId),
      async (tx, answer) => {
        const current = await aidOf(tx)
        isOver = !current || connectionOf(current) !== connectionOf(aid)
        if (!current || isOver) return
        if (answer.kind === 'token')
          await noteTokenScopes(tx, {
            plane: 'act',
            personId: aid.objectId,
            scopes: answer.scopes,
            hasRoles: answer.hasRoles,
            issuedAt: at,
          })
        const health = answer.kind === 'token' ? healthAfterToken(current) : await healthAfterRefusal(tx, current, answer)
        const isSame = health.state === current.state && health.reason === current.reason && health.policy === current.policy
        if (isSame && health.detail === current.detail) return
        await setAidHealth(tx, health, at)
        if (!isSame) appendEvent(tx, 'aid.changed', aid.objectId, at)
      },
      { registrationFaults: 'value' },
    )
    if (isOver) return notConnected
    if (outcome.kind === 'needsSignIn') {
      held.delete(tenantId)
      return outcome
    }
    held.set(tenantId, { answer: outcome, obtainedAt: deps.now(), of: connectionOf(aid) })
    return outcome
  }

  return {
    for: (tenantId, objectId) => async (options) => {
      const who: StoredJob = { tenantId, objectId: serviceItself }
      // Asked each time: another process may have disconnected the Aid or connected another one.
      const aid = await readTx(deps.store, who, aidOf)
      if (!aid || (objectId !== undefined && aid.objectId !== objectId)) return notConnected
      const own = connectionOf(aid)
      const known = held.get(tenantId)
      if (known?.of === own && !options?.fresh && deps.now() - known.obtainedAt < tokenMaxAgeMs)
        return { kind: 'token', token: known.answer.token, scopes: known.answer.scopes }
      const key = `${tenantId} ${own}`
      const flight = flights.get(key) ?? obtain(who, aid).finally(() => flights.delete(key))
      flights.set(key, flight)
      const outcome = await flight
      return outcome.kind === 'token'
        ? { kind: 'token', token: outcome.token, scopes: outcome.scopes }
        : { kind: 'needsSignIn', reason: outcome.reason }
    },
    forget: (tenantId) => void held.delete(tenantId),
  }
}
