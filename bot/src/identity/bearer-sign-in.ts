import { ensureTenant, tenantOf } from '../store/tenants.ts'
import { noteBearer } from '../store/sessions.ts'
import { writeTx, type WriteTx } from '../store/transaction.ts'
import type { Store } from '../store/database.ts'
import { tokenMaxAgeMs } from './entra-client.ts'
import type { Refusal, TokenVerifier, VerifiedToken } from './api-token.ts'
import type { ReadTokens } from './read-tokens.ts'
import { refusedBy, type SignInAnswer } from './signed-in.ts'

interface Known {
  readonly expired: boolean
  /** When the sign-in service last confirmed that the person may still be here. */
  provenAt: number
}

const knownAtMost = 10_000

/** Signs in by the token that Teams, Office or SharePoint holds. */
export function makeBearerSignIn(deps: {
  readonly store: Store
  readonly verifier: TokenVerifier
  readonly readTokens: ReadTokens
  readonly now: () => number
}): (header: string) => Promise<SignInAnswer> {
  const known = new Map<string, Known>()

  /** The host keeps handing out a token until it ends; a row per token keeps the 24-hour rule, an exchange every 15 minutes keeps removed consent and disabled people out. */
  async function remember(token: VerifiedToken): Promise<Known> {
    const { tenantId, objectId, displayName, roles } = token.principal
    const key = `${tenantId}/${objectId}/${token.tokenId}`
    const before = known.get(key)
    if (before) return before
    const { expired } = await writeTx(deps.store, token.principal, async (tx) => {
      await meetTenant(tx, token.userPrincipalName, deps.now())
      return noteBearer(tx, { personId: objectId, displayName, roles, tokenId: token.tokenId }, deps.now())
    })
    const made = { expired, provenAt: token.issuedAt }
    if (known.size >= knownAtMost) known.clear()
    known.set(key, made)
    return made
  }

  return async (header) => {
    const text = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)$/i.exec(header.trim())?.[1]
    if (text === undefined) return { kind: 'refused', reason: refusalSentences.malformed }
    const answer = await deps.verifier.accessToken(text)
    if (answer.kind === 'refused') return { kind: 'refused', reason: refusalSentences[answer.reason] }
    const token = answer.value
    const credential = { kind: 'bearer', token: text, tokenId: token.tokenId } as const
    const state = await remember(token)
    if (state.expired) return { kind: 'refused', reason: 'This sign-in is older than 24 hours.' }
    if (token.principal.door === 'tab' && deps.now() - state.provenAt >= tokenMaxAgeMs) {
      const outcome = await deps.readTokens.prove(token.principal, credential)
      if (outcome.kind === 'needsSignIn') return refusedBy(outcome)
      state.provenAt = deps.now()
    }
    return { kind: 'signedIn', signedIn: { principal: token.principal, credential, csrfToken: null } }
  }
}

/** Makes the tenant known on its first sign-in, under the domain of the person until the organization has been read. */
export async function meetTenant(tx: WriteTx, userPrincipalName: string, now: number): Promise<void> {
  if (await tenantOf(tx)) return
  const domain = userPrincipalName.split('@')[1] ?? ''
  await ensureTenant(tx, { displayName: domain, domain, at: new Date(now).toISOString() })
}

/** What a refused caller is told: which rule, and nothing about our keys. */
const refusalSentences = {
  missing: 'This needs a sign-in.',
  malformed: 'The token could not be read.',
  tenant: 'The token is of a tenant that this deployment does not serve.',
  signature: 'The token was not signed by the sign-in service.',
  expired: 'The token has expired.',
  claims: 'The token was not made for this service.',
  scope: 'The token holds no permission of this service.',
  appOnly: 'The token is of an application; only people can sign in.',
} as const satisfies Record<Refusal, string>
