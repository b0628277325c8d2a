import { createHash, randomBytes } from 'node:crypto'
import type { JWTPayload } from 'jose'
import { userAppRoles } from '../tenants/world.ts'
import type { Tenant } from '../tenants/world.ts'
import type { Api, Client, Person } from './directory.ts'
import { GRAPH_APP_ID, GRAPH_AUDIENCE } from './first-party.ts'
import { dropExpired } from './state.ts'
import type { Evidence, RedirectKind, SignInState } from './state.ts'

/** How the client proved itself: not at all, with a secret, with a certificate. The `azpacr` claim. */
export type ClientProof = '0' | '1' | '2'

const DEFAULT_SECONDS = 3600
/** Continuous access evaluation trades a long life for revocation at the resource. */
const EVALUATED_SECONDS = 86_400
const REFRESH_DAYS = 90
const DAY_MS = 86_400_000

export interface UserTokenRequest {
  readonly tenant: Tenant
  readonly person: Person
  readonly client: Client
  readonly proof: ClientProof
  readonly redirectKind: RedirectKind
  /** Undefined when only OpenID scopes were asked for: the token is then for Graph's user information. */
  readonly resource: { readonly api: Api; readonly identifier: string; readonly scopes: readonly string[] } | undefined
  readonly openid: ReadonlySet<string>
  readonly scope: string
  readonly nonce: string | undefined
  readonly evidence: Evidence
  readonly sessionId: string
  readonly handlesEvaluation: boolean
  /** When a single-page application's refresh token ends: 24 hours after sign-in, however often it is renewed. */
  readonly refreshEndsAt: number | undefined
}

/** The token endpoint's answer for a person. */
export async function issueUserTokens(state: SignInState, request: UserTokenRequest): Promise<Record<string, unknown>> {
  const { tenant, person, client, resource, openid } = request
  const now = state.world.clock.now()
  const isGraph = resource === undefined || resource.api.appId === GRAPH_APP_ID
  const handlesEvaluation = isGraph && request.handlesEvaluation
  const seconds = state.settings.accessTokenSeconds ?? (handlesEvaluation ? EVALUATED_SECONDS : DEFAULT_SECONDS)
  const uti = identifier()
  dropExpired(state.issued, now)
  state.issued.set(uti, { evidence: request.evidence, sessionId: request.sessionId, issuedAt: now, expiresAt: now + seconds * 1000 })

  const openidInToken = [...openid].filter((scope) => scope !== 'offline_access').sort()
  const scopes = isGraph ? [...openidInToken, ...(resource?.scopes ?? [])] : (resource?.scopes ?? [])
  const claims: JWTPayload = {
    ...times(now, seconds),
    ...audience(state, tenant, client, request.proof, resource),
    ...(isGraph ? { idtyp: 'user', app_displayname: client.displayName } : {}),
    ...(handlesEvaluation ? { xms_cc: ['cp1'] } : {}),
    ...(request.evidence.contexts.length > 0 ? { acrs: request.evidence.contexts } : {}),
    ...(resource ? rolesClaim(tenant, person, resource.api.appId) : {}),
    name: person.displayName,
    oid: person.id,
    scp: scopes.join(' '),
    sid: request.sessionId,
    sub: pairwise(person.id, resource?.api.appId ?? GRAPH_APP_ID),
    tid: tenant.id,
    uti,
  }
  const named =
    claims['ver'] === '2.0'
      ? { preferred_username: person.userPrincipalName }
      : { upn: person.userPrincipalName, unique_name: person.userPrincipalName }

  const answer: Record<string, unknown> = {
    token_type: 'Bearer',
    scope: [...openidInToken, ...(resource?.scopes ?? []).map((scope) => `${resource?.identifier}/${scope}`)].join(' '),
    expires_in: seconds,
    ext_expires_in: seconds,
    access_token: await state.keys.sign({ ...claims, ...named }),
    client_info: clientInfo(tenant, person),
  }
  if (openid.has('offline_access')) answer['refresh_token'] = rememberRefresh(state, request, now)
  if (openid.has('openid')) answer['id_token'] = await state.keys.sign(idToken(state, request, now))
  return answer
}

/** An application's own token, for a resource with these application permissions. */
export async function issueApplicationToken(
  state: SignInState,
  request: {
    tenant: Tenant
    client: Client
    servicePrincipalId: string
    proof: ClientProof
    resource: { api: Api; identifier: string } | { audience: string }
    roles: readonly string[]
  },
): Promise<Record<string, unknown>> {
  const { tenant, client, servicePrincipalId, resource } = request
  const seconds = state.settings.accessTokenSeconds ?? DEFAULT_SECONDS
  const now = state.world.clock.now()
  const claims =
    'audience' in resource
      ? { ...versionOne(tenant, client, request.proof), aud: resource.audience }
      : { ...audience(state, tenant, client, request.proof, resource) }
  const token = await state.keys.sign({
    ...times(now, seconds),
    ...claims,
    idtyp: 'app',
    ...(request.roles.length > 0 ? { roles: [...request.roles] } : {}),
    oid: servicePrincipalId,
    sub: servicePrincipalId,
    tid: tenant.id,
    uti: identifier(),
  })
  return { token_type: 'Bearer', expires_in: seconds, ext_expires_in: seconds, access_token: token }
}

/** Base64url JSON that MSAL names accounts by. */
export function clientInfo(tenant: Tenant, person: Person): string {
  return Buffer.from(JSON.stringify({ uid: person.id, utid: tenant.id })).toString('base64url')
}

export function identifier(): string {
  return randomBytes(16).toString('base64url')
}

function idToken(state: SignInState, request: UserTokenRequest, now: number): JWTPayload {
  const { tenant, person, client, openid } = request
  return {
    ...times(now, DEFAULT_SECONDS),
    aud: client.appId,
    iss: issuer(state, tenant),
    ...(openid.has('profile') ? { name: person.displayName, preferred_username: person.userPrincipalName } : {}),
    ...(openid.has('email') && person.mail ? { email: person.mail } : {}),
    ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
    ...rolesClaim(tenant, person, client.appId),
    oid: person.id,
    sid: request.sessionId,
    sub: pairwise(person.id, client.appId),
    tid: tenant.id,
    uti: identifier(),
    ver: '2.0',
  }
}

function rememberRefresh(state: SignInState, request: UserTokenRequest, now: number): string {
  const token = `1.${randomBytes(48).toString('base64url')}`
  const days = request.redirectKind === 'spa' ? 1 : REFRESH_DAYS
  state.refreshTokens.set(token, {
    tenantId: request.tenant.id,
    userId: request.person.id,
    clientAppId: request.client.appId,
    redirectKind: request.redirectKind,
    scope: request.scope,
    evidence: request.evidence,
    sessionId: request.sessionId,
    issuedAt: now,
    expiresAt: request.refreshEndsAt ?? now + days * DAY_MS,
  })
  return token
}

/** Issuer, audience and client claims in the version that the resource asks for. */
function audience(
  state: SignInState,
  tenant: Tenant,
  client: Client,
  proof: ClientProof,
  resource: { api: Api; identifier: string } | undefined,
): JWTPayload {
  if (resource === undefined || resource.api.appId === GRAPH_APP_ID) return { ...versionOne(tenant, client, proof), aud: GRAPH_AUDIENCE }
  if (resource.api.application?.api?.requestedAccessTokenVersion === 1)
    return { ...versionOne(tenant, client, proof), aud: resource.identifier }
  return { aud: resource.api.appId, azp: client.appId, azpacr: proof, iss: issuer(state, tenant), ver: '2.0' }
}

function versionOne(tenant: Tenant, client: Client, proof: ClientProof): JWTPayload {
  return { appid: client.appId, appidacr: proof, iss: `https://sts.windows.net/${tenant.id}/`, ver: '1.0' }
}

export function issuer(state: SignInState, tenant: Tenant): string {
  return `${state.origins.signIn}/${tenant.id}/v2.0`
}

function times(now: number, seconds: number): JWTPayload {
  const at = Math.floor(now / 1000)
  return { iat: at, nbf: at, exp: at + seconds }
}

function rolesClaim(tenant: Tenant, person: Person, appId: string): { roles?: string[] } {
  const roles = userAppRoles(tenant, person.id, appId)
  return roles.length > 0 ? { roles } : {}
}

/** The subject is another one for each application, as Entra's are. */
function pairwise(personId: string, appId: string): string {
  return createHash('sha256').update(`${personId}/${appId}`).digest('base64url')
}
