import type { World } from '../tenants/world.ts'
import type { Settings } from './settings.ts'
import type { SigningKeys } from './keys.ts'

/** What a person proved when signing in. Carried by sessions, codes, refresh tokens and issued access tokens. */
export interface Evidence {
  /** Milliseconds since the epoch at which the person signed in interactively. */
  readonly authenticatedAt: number
  readonly multiFactor: boolean
  /** Authentication contexts that the person satisfied, for example `c1`. */
  readonly contexts: readonly string[]
}

/** How the registered redirect URI is used, which decides how a code may be redeemed. */
export type RedirectKind = 'web' | 'spa' | 'public'

/** A signed-in person of one browser session. */
export interface SessionAccount {
  readonly tenantId: string
  readonly userId: string
  readonly evidence: Evidence
  /** The `sid` claim. Not the cookie's value, which no token may show. */
  readonly sessionId: string
}

export interface CodeGrant {
  readonly tenantId: string
  readonly userId: string
  readonly clientAppId: string
  readonly redirectUri: string
  readonly redirectKind: RedirectKind
  readonly scope: string
  readonly challenge: string | undefined
  readonly nonce: string | undefined
  readonly evidence: Evidence
  readonly sessionId: string
  readonly expiresAt: number
  isRedeemed: boolean
}

export interface RefreshGrant {
  readonly tenantId: string
  readonly userId: string
  readonly clientAppId: string
  readonly redirectKind: RedirectKind
  readonly scope: string
  readonly evidence: Evidence
  readonly sessionId: string
  readonly issuedAt: number
  readonly expiresAt: number
}

/** What sign-in remembers of an access token that it issued to a user, by the token's `uti`. */
export interface IssuedToken {
  readonly evidence: Evidence
  readonly sessionId: string
  readonly issuedAt: number
  readonly expiresAt: number
}

/** A validated authorization or admin consent request that waits for the person. */
export interface PendingRequest {
  readonly purpose: 'authorize' | 'adminConsent'
  /** The tenant of the path; undefined for common and organizations. */
  readonly tenantId: string | undefined
  readonly clientAppId: string
  readonly redirectUri: string
  readonly redirectKind: RedirectKind
  readonly responseMode: 'query' | 'fragment' | 'form_post'
  readonly scope: string
  readonly state: string | undefined
  readonly nonce: string | undefined
  readonly challenge: string | undefined
  readonly prompt: string | undefined
  readonly loginHint: string | undefined
  /** Authentication contexts that the request asks for. */
  readonly contexts: readonly string[]
  readonly wantsClientInfo: boolean
  readonly browserId: string
  readonly expiresAt: number
  /** Set once the person has picked an account, or one is signed in already. */
  account: SessionAccount | undefined
  /** Set once the consent page of `prompt=consent` was accepted. */
  hasConsented: boolean
}

/** All that sign-in remembers; the tenants themselves are in `world`. */
export interface SignInState {
  readonly world: World
  readonly keys: SigningKeys
  readonly settings: Settings
  /** `signIn` is the HTTPS origin and issuer; `browser` the plain one that pages are served on. Set once both listen. */
  readonly origins: { signIn: string; browser: string }
  readonly pending: Map<string, PendingRequest>
  readonly codes: Map<string, CodeGrant>
  readonly refreshTokens: Map<string, RefreshGrant>
  readonly issued: Map<string, IssuedToken>
  readonly sessions: Map<string, SessionAccount[]>
  /** `tenantId/appId` → certificates (PEM) that may sign the client's assertions. */
  readonly certificates: Map<string, string[]>
}

export function createSignInState(world: World, keys: SigningKeys, settings: Settings): SignInState {
  return {
    world,
    keys,
    settings,
    origins: { signIn: '', browser: '' },
    pending: new Map(),
    codes: new Map(),
    refreshTokens: new Map(),
    issued: new Map(),
    sessions: new Map(),
    certificates: new Map(),
  }
}

/** Forgets entries past their time, oldest first: maps keep insertion order and each kind has one lifetime, near enough. */
export function dropExpired(entries: Map<string, { readonly expiresAt: number }>, now: number): void {
  for (const [id, entry] of entries) {
    if (entry.expiresAt > now) return
    entries.delete(id)
  }
}
