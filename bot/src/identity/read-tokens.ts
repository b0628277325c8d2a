import { noteTokenScopes } from '../store/token-scopes.ts'
import type { Store } from '../store/database.ts'
import type { StoredJob } from '../store/transaction.ts'
import type { TokenFunction } from '../graph/reader.ts'
import {
  exchangeInPartition,
  graphDefaultScope,
  makeClient,
  partition,
  renew,
  tokenMaxAgeMs,
  type Exchange,
  type Exchanged,
  type Registration,
} from './entra-client.ts'
import type { Credential } from './signed-in.ts'

export interface ReadTokens {
  /** A token function for Graph as this person. Without a bearer credential it renews from the refresh token in the vault. */
  readonly for: (who: StoredJob, credential?: Credential) => TokenFunction
  /** Exchanges now, whatever is held: proves that the sign-in and the consent still stand, and leaves a refresh token for the work to come. */
  readonly prove: (who: StoredJob, credential: Credential) => Promise<Exchange>
  /** Forgets what memory holds of the person. */
  readonly forget: (who: StoredJob) => void
}

interface Held {
  readonly answer: Exchanged
  readonly obtainedAt: number
}

const heldAtMost = 5000

/** Tokens of the read plane: one exchange at a time for each person, none used longer than 15 minutes, none ever stored. */
export function makeReadTokens(deps: {
  readonly store: Store
  readonly authority: string
  readonly registration: Registration
  readonly now: () => number
}): ReadTokens {
  const held = new Map<string, Held>()
  const flights = new Map<string, Promise<Exchange>>()

  async function obtain(who: StoredJob, credential: Credential | undefined): Promise<Exchange> {
    const key = keyOf(who)
    const client = makeClient(deps.authority, deps.registration, who.tenantId)
    const outcome = await exchangeInPartition(
      deps.store,
      who,
      partition('read', who.objectId),
      client,
      (loaded) =>
        credential?.kind === 'bearer'
          ? loaded.acquireTokenOnBehalfOf({ oboAssertion: credential.token, scopes: [graphDefaultScope], skipCache: true })
          : renew(loaded, who.objectId),
      async (tx, answer) => {
        if (answer.kind !== 'token') return
        await noteTokenScopes(tx, {
          plane: 'read',
          personId: who.objectId,
          scopes: answer.scopes,
          hasRoles: answer.hasRoles,
          issuedAt: new Date(deps.now()).toISOString(),
        })
      },
    )
    if (outcome.kind === 'token') {
      if (held.size >= heldAtMost) held.clear()
      held.set(key, { answer: outcome, obtainedAt: deps.now() })
    } else held.delete(key)
    return outcome
  }

  /** Whoever asks with the same proof waits for one exchange; another proof has an answer of its own. */
  function once(who: StoredJob, credential: Credential | undefined): Promise<Exchange> {
    const key = `${keyOf(who)}/${credential?.kind === 'bearer' ? credential.tokenId : 'stored'}`
    const under = flights.get(key)
    if (under) return under
    const flight = obtain(who, credential).finally(() => flights.delete(key))
    flights.set(key, flight)
    return flight
  }

  return {
    for: (who, credential) => async (options) => {
      const known = held.get(keyOf(who))
      const isYoung = known !== undefined && deps.now() - known.obtainedAt < tokenMaxAgeMs
      const outcome = isYoung && !options?.fresh ? known.answer : await once(who, credential)
      return outcome.kind === 'token'
        ? { kind: 'token', token: outcome.token, scopes: outcome.scopes }
        : { kind: 'needsSignIn', reason: outcome.reason }
    },
    prove: once,
    forget: (who) => void held.delete(keyOf(who)),
  }
}

function keyOf(who: StoredJob): string {
  return `${who.tenantId}/${who.objectId}`
}
