import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { closeSession, closeSessionsOf, findSession, openSession, rotateSession } from '../store/sessions.ts'
import { lockPartition, putSecret } from '../store/vault.ts'
import { noteTokenScopes } from '../store/token-scopes.ts'
import { writeTx } from '../store/transaction.ts'
import type { Store } from '../store/database.ts'
import { knownRoles, type TokenVerifier } from './api-token.ts'
import { meetTenant } from './bearer-sign-in.ts'
import { exchange, graphDefaultScope, makeClient, partition, refreshTokensOf, type Registration } from './entra-client.ts'
import type { ReadTokens } from './read-tokens.ts'
import type { StateSealer } from './sealed-state.ts'
import { refusedBy, type SignInAnswer } from './signed-in.ts'

export interface BrowserSignIn {
  /** Address of the sign-in page and the cookie that ties the answer to this browser. */
  readonly begin: (to: string | undefined) => Promise<{ readonly url: string; readonly cookie: string }>
  readonly complete: (
    answer: { readonly code?: string | undefined; readonly state?: string | undefined; readonly error?: string | undefined },
    cookie: string | undefined,
  ) => Promise<SignInCompleted>
  readonly fromCookie: (id: string) => Promise<SignInAnswer>
  /** Ends the session; answers the sign-in service's own sign-out page. */
  readonly signOut: (id: string | undefined) => Promise<{ readonly url: string }>
}
export type SignInCompleted =
  { readonly kind: 'signedIn'; readonly sessionId: string; readonly to: string } | { readonly kind: 'refused'; readonly reason: string }

export interface BrowserSignInDependencies {
  readonly store: Store
  readonly settings: {
    readonly origin: string
    readonly authority: string
    readonly tenants: readonly string[]
    readonly read: Registration
  }
  readonly verifier: TokenVerifier
  readonly readTokens: ReadTokens
  readonly sealer: StateSealer
  readonly now: () => number
}

const signInSeconds = 600
const pendingSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string() })

/** Sign-in of a plain browser: authorization code with PKCE, an opaque session cookie, tokens in the vault. */
export function makeBrowserSignIn(deps: BrowserSignInDependencies): BrowserSignIn {
  const { store, settings, now } = deps
  const redirectUri = `${settings.origin}/auth/callback`
  const [onlyTenant] = settings.tenants
  const tenantPath = settings.tenants.length === 1 && onlyTenant ? onlyTenant : 'organizations'

  async function complete(answer: Parameters<BrowserSignIn['complete']>[0], cookie: string | undefined): Promise<SignInCompleted> {
    const pending = cookie === undefined ? undefined : deps.sealer.open('sign-in', cookie, pendingSchema)
    if (!pending || answer.state !== pending.state)
      return { kind: 'refused', reason: 'This sign-in was not begun in this browser, or it took longer than ten minutes.' }
    const { code } = answer
    if (answer.error !== undefined || code === undefined)
      return { kind: 'refused', reason: 'The sign-in service did not complete the sign-in.' }
    const client = makeClient(settings.authority, settings.read, tenantPath)
    const outcome = await exchange(() =>
      client.acquireTokenByCode(
        { code, scopes: [graphDefaultScope], redirectUri, codeVerifier: pending.verifier, nonce: pending.nonce, state: pending.state },
        { state: pending.state, code },
      ),
    )
    if (outcome.kind === 'needsSignIn') return { kind: 'refused', reason: outcome.reason }
    const verified = await deps.verifier.idToken(outcome.idToken, outcome.account.tenantId, pending.nonce)
    if (verified.kind === 'refused')
      return {
        kind: 'refused',
        reason:
          verified.reason === 'tenant'
            ? 'This deployment does not serve your tenant.'
            : 'The sign-in service gave an answer that is not for this sign-in.',
      }
    const { principal, userPrincipalName } = verified.value
    const session = await writeTx(store, principal, async (tx) => {
      await meetTenant(tx, userPrincipalName, now())
      // Whoever renews an earlier sign-in now writes it back, or deletes it when it was refused: what is stored here must be the last.
      await lockPartition(tx, partition('read', principal.objectId))
      await putSecret(tx, partition('read', principal.objectId), refreshTokensOf(client))
      await noteTokenScopes(tx, {
        plane: 'read',
        personId: principal.objectId,
        scopes: outcome.scopes,
        hasRoles: outcome.hasRoles,
        issuedAt: new Date(now()).toISOString(),
      })
      return openSession(tx, { personId: principal.objectId, displayName: principal.displayName, roles: principal.roles }, now())
    })
    return { kind: 'signedIn', sessionId: session.id, to: pending.to }
  }

  async function fromCookie(id: string): Promise<SignInAnswer> {
    const session = await findSession(store, id, now())
    if (!session || !settings.tenants.includes(session.tenantId)) return { kind: 'refused', reason: 'The session has ended.' }
    const person = { tenantId: session.tenantId, objectId: session.personId }
    const signedIn = (displayName: string, roles: readonly string[]): SignInAnswer & { kind: 'signedIn' } => ({
      kind: 'signedIn',
      signedIn: {
        principal: { ...person, displayName, roles: knownRoles(roles), door: 'web' },
        credential: { kind: 'session' },
        csrfToken: session.csrfToken,
      },
    })
    if (!session.rotationDue) return signedIn(session.displayName, session.roles)

    // Every 15 minutes the sign-in service is asked again: roles are taken from its answer, and a lost sign-in ends the session.
    const outcome = await deps.readTokens.prove(person, { kind: 'session' })
    if (outcome.kind === 'needsSignIn') {
      await writeTx(store, person, (tx) => closeSessionsOf(tx, person.objectId))
      return refusedBy(outcome)
    }
    const roles = knownRoles(outcome.account.roles)
    const rotated = await writeTx(store, person, (tx) => rotateSession(tx, id, now(), roles))
    const answer = signedIn(session.displayName, roles)
    return rotated ? { ...answer, rotatedTo: rotated.id } : answer
  }

  return {
    async begin(to) {
      const pending = { state: random(), nonce: random(), verifier: random(), to: ownPath(to) }
      const client = makeClient(settings.authority, settings.read, tenantPath)
      const url = await client.getAuthCodeUrl({
        scopes: [graphDefaultScope],
        redirectUri,
        state: pending.state,
        nonce: pending.nonce,
        codeChallenge: createHash('sha256').update(pending.verifier).digest('base64url'),
        codeChallengeMethod: 'S256',
        prompt: 'select_account',
      })
      return { url, cookie: deps.sealer.seal('sign-in', pending, signInSeconds) }
    },
    complete,
    fromCookie,
    async signOut(id) {
      const session = id === undefined ? undefined : await findSession(store, id, now())
      if (session && id !== undefined) {
        const person = { tenantId: session.tenantId, objectId: session.personId }
        await writeTx(store, person, (tx) => closeSession(tx, id))
        deps.readTokens.forget(person)
      }
      const url = new URL(`${settings.authority}/${tenantPath}/oauth2/v2.0/logout`)
      url.searchParams.set('post_logout_redirect_uri', `${settings.origin}/`)
      return { url: url.toString() }
    },
  }
}

/** Only a path of this service: never another host, a scheme, or a path that a browser reads as one. */
export function ownPath(to: string | undefined): string {
  if (to === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(to) || to.includes('\\')) return '/'
  const url = new URL(to, 'http://own.invalid')
  // Dots are taken out of the path: what is left of `/.//host` begins with two slashes, behind which a browser reads a host.
  const isOwn = url.origin === 'http://own.invalid' && !url.pathname.startsWith('//') && !url.pathname.startsWith('/auth/')
  return isOwn ? `${url.pathname}${url.search}` : '/'
}

function random(): string {
  return randomBytes(32).toString('base64url')
}
