import type { Action } from '@countersign/core/actions/action.ts'
import type { Principal, Role } from '@countersign/core/principal.ts'
import type { Budget } from '../graph/budget.ts'
import { makeReader, type GraphReader, type TokenFunction } from '../graph/reader.ts'
import { aidOf, type StoredAid } from '../store/aid.ts'
import { readTx, type StoredJob } from '../store/transaction.ts'
import type { Store } from '../store/database.ts'
import { makeAidConnection, type AidConnection } from './aid-connection.ts'
import { makeAidTokens } from './aid-tokens.ts'
import { knownRoles, makeTokenVerifier } from './api-token.ts'
import { makeBearerSignIn } from './bearer-sign-in.ts'
import { makeBrowserSignIn, type BrowserSignIn } from './browser-sign-in.ts'
import { makeChatRoles, type ChatPrincipalFunction } from './chat-roles.ts'
import type { Registration } from './entra-client.ts'
import { makeReadTokens } from './read-tokens.ts'
import { makeStateSealer } from './sealed-state.ts'
import { consentOf, type SignedIn, type SignInAnswer } from './signed-in.ts'

export interface IdentitySettings {
  readonly version: string
  readonly origin: string
  readonly authority: string
  readonly graph: string
  readonly tenants: readonly string[]
  readonly read: Registration & { readonly resource: string }
  readonly act: Registration | null
  readonly chat: { readonly appId: string } | null
}

export interface IdentityDependencies {
  readonly store: Store
  readonly settings: IdentitySettings
  readonly deploymentKey: Uint8Array
  /** Actions that a tenant has switched on; none where the act plane is off. */
  readonly enabledActions: (tenantId: string) => Promise<readonly Action[]>
  /** What a tenant's readers may ask of Graph, together with those of other processes. */
  readonly budgetFor: (tenantId: string) => Budget
  readonly now: () => number
}

/** No token to be had for a person: why, in a sentence, and the registration whose consent is missing where that is it. */
export interface NeedsSignIn {
  readonly kind: 'needsSignIn'
  readonly reason: string
  readonly consent?: 'read'
}

/** Everything that knows tokens. Nothing outside this room sees one but the Graph reader and writer, through token functions. */
export interface Identity {
  readonly fromBearer: (header: string) => Promise<SignInAnswer>
  readonly fromCookie: BrowserSignIn['fromCookie']
  readonly browser: Pick<BrowserSignIn, 'begin' | 'complete' | 'signOut'>
  /** Exchanges for a Graph token now and leaves a refresh token behind, for work that goes on after the request. */
  readonly prepareReading: (signedIn: SignedIn) => Promise<{ readonly kind: 'ready' } | NeedsSignIn>
  /** Renews the stored sign-in of a person who is not here now; the roles are those that the sign-in service names today. */
  readonly proveStored: (
    who: StoredJob,
  ) => Promise<{ readonly kind: 'ready'; readonly roles: readonly Role[] } | { readonly kind: 'needsSignIn'; readonly reason: string }>
  readonly readTokenFor: (who: Principal | StoredJob) => TokenFunction
  readonly readerFor: (who: Principal | StoredJob) => GraphReader
  /** The Aid's token for Graph, with an object id of this Aid alone; for the reader and the writer. */
  readonly aidToken: (tenantId: string, objectId?: string) => TokenFunction
  readonly aidReader: (tenantId: string) => GraphReader
  readonly chatPrincipal: ChatPrincipalFunction
  /** Null where the act plane is not set up. */
  readonly aid: AidConnection | null
  readonly aidOf: (who: Principal | StoredJob) => Promise<StoredAid | undefined>
}

export function makeIdentity(deps: IdentityDependencies): Identity {
  const { store, settings, now } = deps
  const verifier = makeTokenVerifier(settings)
  const sealer = makeStateSealer(deps.deploymentKey, now)
  const readTokens = makeReadTokens({ store, authority: settings.authority, registration: settings.read, now })
  const reader = { graph: settings.graph, userAgent: `Countersign/${settings.version}` }
  const readerFor = (who: Principal | StoredJob): GraphReader =>
    makeReader(readTokens.for(who), { ...reader, budget: deps.budgetFor(who.tenantId) })
  const browser = makeBrowserSignIn({ store, settings, verifier, readTokens, sealer, now })

  const aidTokens = settings.act ? makeAidTokens({ store, authority: settings.authority, registration: settings.act, now }) : undefined
  const noAid: TokenFunction = async () => ({ kind: 'needsSignIn', reason: 'The act plane of this deployment is off.' })
  const aidToken = (tenantId: string, objectId?: string): TokenFunction => aidTokens?.for(tenantId, objectId) ?? noAid
  const aidReader = (tenantId: string): GraphReader => makeReader(aidToken(tenantId), reader)
  const aid =
    aidTokens && settings.act
      ? makeAidConnection({
          store,
          settings: {
            ...settings,
            act: settings.act,
            registrations: { read: settings.read.appId, chat: settings.chat?.appId ?? '', act: settings.act.appId },
          },
          sealer,
          aidTokens,
          enabledActions: deps.enabledActions,
          readerFor,
          readerWith: ({ token, scopes }) => makeReader(async () => ({ kind: 'token', token, scopes }), reader),
          aidReader,
          now,
        })
      : null

  return {
    fromBearer: makeBearerSignIn({ store, verifier, readTokens, now }),
    fromCookie: browser.fromCookie,
    browser,
    async prepareReading({ principal, credential }) {
      const outcome = await readTokens.prove(principal, credential)
      return outcome.kind === 'token' ? { kind: 'ready' } : { kind: 'needsSignIn', reason: outcome.reason, ...consentOf(outcome) }
    },
    async proveStored(who) {
      const outcome = await readTokens.prove(who, { kind: 'session' })
      return outcome.kind === 'token'
        ? { kind: 'ready', roles: knownRoles(outcome.account.roles) }
        : { kind: 'needsSignIn', reason: outcome.reason }
    },
    readTokenFor: (who) => readTokens.for(who),
    readerFor,
    aidToken,
    aidReader,
    chatPrincipal: makeChatRoles({ tenants: settings.tenants, readAppId: settings.read.appId, aidReader, now }),
    aid,
    aidOf: (who) => readTx(store, who, aidOf),
  }
}
