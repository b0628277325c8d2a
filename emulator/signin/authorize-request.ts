import { z } from 'zod'
import type { PlainRequest } from '../server/http.ts'
import { readForm } from '../server/http.ts'
import type { Tenant } from '../tenants/world.ts'
import { findApplication, findClient, redirectKind } from './directory.ts'
import type { Client } from './directory.ts'
import { FIRST_PARTY_CLIENTS, isFirstPartyRedirect } from './first-party.ts'
import { refuse } from './refusals.ts'
import type { Refusal } from './refusals.ts'
import type { ReplyTarget } from './reply.ts'
import { readClaims } from './settings.ts'
import type { PendingRequest, RedirectKind, SignInState } from './state.ts'

/** How long a person may take over the pages. */
const PENDING_MS = 15 * 60_000

const authorizeQuery = z.object({
  response_type: z.string().min(1),
  scope: z.string().min(1),
  response_mode: z.enum(['query', 'fragment', 'form_post']).optional(),
  prompt: z.enum(['none', 'login', 'select_account', 'consent', 'create']).optional(),
  code_challenge: z.string().min(43).max(128).optional(),
  code_challenge_method: z.string().optional(),
  nonce: z.string().optional(),
  login_hint: z.string().optional(),
  claims: z.string().optional(),
  client_info: z.string().optional(),
})

export type ReadOutcome =
  | { readonly kind: 'pending'; readonly pending: PendingRequest; readonly appName: string }
  /** The application cannot be answered safely: the person sees the refusal. */
  | { readonly kind: 'page'; readonly refusal: Refusal }
  /** The redirect URI is registered: the application gets the refusal. */
  | { readonly kind: 'reply'; readonly target: ReplyTarget; readonly refusal: Refusal }

/** Reads an authorization request. Nothing is ever sent to a redirect URI before it was found registered. */
export function readAuthorizeRequest(
  state: SignInState,
  tenant: Tenant | undefined,
  request: PlainRequest,
  browserId: string,
): ReadOutcome {
  const query = readForm(request.url.searchParams.toString())
  const origin = readOrigin(state, tenant, query)
  if (!origin.ok) return { kind: 'page', refusal: origin }
  const { client, redirectUri, kind } = origin

  const requestedMode = query['response_mode'] === 'fragment' || query['response_mode'] === 'form_post' ? query['response_mode'] : 'query'
  const target: ReplyTarget = { redirectUri, responseMode: requestedMode, state: query['state'] }
  const parsed = authorizeQuery.safeParse(query)
  if (!parsed.success) {
    const field = String(parsed.error.issues[0]?.path[0])
    const refusal =
      query[field] === undefined
        ? refuse(900144, { field })
        : refuse(90023, { reason: `The value of ${field} is not one that this endpoint knows.` })
    return { kind: 'reply', target, refusal }
  }
  const fields = parsed.data
  if (fields.response_type !== 'code') return { kind: 'reply', target, refusal: refuse(700054, { responseType: fields.response_type }) }
  const hasWeakProof = fields.code_challenge !== undefined && fields.code_challenge_method !== 'S256'
  if (hasWeakProof || (kind === 'spa' && fields.code_challenge === undefined && !client.isFirstParty))
    return { kind: 'reply', target, refusal: refuse(9002325) }
  const claims = readClaims(fields.claims)
  if (!claims)
    return { kind: 'reply', target, refusal: refuse(90023, { reason: 'The claims parameter is not JSON of the documented shape.' }) }

  const pending: PendingRequest = {
    purpose: 'authorize',
    tenantId: tenant?.id,
    clientAppId: client.appId,
    redirectUri,
    redirectKind: kind,
    responseMode: target.responseMode,
    scope: fields.scope,
    state: query['state'],
    nonce: fields.nonce,
    challenge: fields.code_challenge,
    prompt: fields.prompt,
    loginHint: fields.login_hint?.toLowerCase(),
    contexts: claims.contexts,
    wantsClientInfo: fields.client_info === '1',
    browserId,
    expiresAt: state.world.clock.now() + PENDING_MS,
    account: undefined,
    hasConsented: false,
  }
  return { kind: 'pending', pending, appName: client.displayName }
}

/** Reads a request of an administrator to consent for the whole organisation. */
export function readAdminConsentRequest(
  state: SignInState,
  tenant: Tenant | undefined,
  request: PlainRequest,
  browserId: string,
): ReadOutcome {
  const query = readForm(request.url.searchParams.toString())
  const origin = readOrigin(state, tenant, query)
  if (!origin.ok) return { kind: 'page', refusal: origin }
  const { client, redirectUri, kind } = origin
  const target: ReplyTarget = { redirectUri, responseMode: 'query', state: query['state'] }
  if (!query['scope']) return { kind: 'reply', target, refusal: refuse(900144, { field: 'scope' }) }
  const pending: PendingRequest = {
    purpose: 'adminConsent',
    tenantId: tenant?.id,
    clientAppId: client.appId,
    redirectUri,
    redirectKind: kind,
    responseMode: 'query',
    scope: query['scope'],
    state: query['state'],
    nonce: undefined,
    challenge: undefined,
    prompt: query['prompt'],
    loginHint: query['login_hint']?.toLowerCase(),
    contexts: [],
    wantsClientInfo: false,
    browserId,
    expiresAt: state.world.clock.now() + PENDING_MS,
    account: undefined,
    hasConsented: false,
  }
  return { kind: 'pending', pending, appName: client.displayName }
}

function readOrigin(
  state: SignInState,
  tenant: Tenant | undefined,
  query: Record<string, string>,
): { readonly ok: true; readonly client: Client; readonly redirectUri: string; readonly kind: RedirectKind } | Refusal {
  const appId = query['client_id']?.toLowerCase()
  if (!appId) return refuse(900144, { field: 'client_id' })
  const redirectUri = query['redirect_uri']
  if (!redirectUri) return refuse(900144, { field: 'redirect_uri' })
  const home =
    tenant ??
    findApplication(state.world, appId)?.tenant ??
    (FIRST_PARTY_CLIENTS.has(appId) ? [...state.world.tenants.values()][0] : undefined)
  if (!home) return refuse(700016, { appId, tenant: 'organizations' })
  const found = findClient(state.world, home, appId)
  if (!found.ok) return found
  const kind = found.client.isFirstParty && isFirstPartyRedirect(redirectUri) ? 'public' : redirectKind(found.client, redirectUri)
  return kind && URL.canParse(redirectUri) ? { ok: true, client: found.client, redirectUri, kind } : refuse(50011, { redirectUri, appId })
}
