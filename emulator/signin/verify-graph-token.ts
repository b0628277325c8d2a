import { decodeJwt, errors, jwtVerify } from 'jose'
import { z } from 'zod'
import type { GraphCaller, GraphRefusal, VerifyGraphToken } from '../graph/graph-types.ts'
import { collection } from '../tenants/world.ts'
import { GRAPH_APP_ID, GRAPH_AUDIENCE } from './first-party.ts'
import type { SignInState } from './state.ts'

const graphClaims = z.object({
  ver: z.literal('1.0'),
  tid: z.string(),
  appid: z.string(),
  oid: z.string(),
  iat: z.number(),
  uti: z.string(),
  idtyp: z.enum(['user', 'app']),
  scp: z.string().optional(),
  roles: z.array(z.string()).optional(),
  xms_cc: z.array(z.string()).optional(),
})
type GraphClaims = z.infer<typeof graphClaims>

/** Makes the judge of bearer tokens that arrive at Graph. Application permissions are answered as scopes. */
export function createVerifyGraphToken(state: SignInState): VerifyGraphToken {
  return async (authorizationHeader) => {
    const token = /^Bearer +([^\s]+)$/i.exec(authorizationHeader ?? '')?.[1]
    if (token === undefined) return refusal('Access token is empty.')
    const tenantId = claimedTenant(token)
    if (tenantId === undefined) return refusal('IDX14100: JWT is not well formed, there are no dots (.).')
    if (!state.world.tenants.has(tenantId)) return refusal('Access token validation failure. Invalid issuer.')

    let claims: GraphClaims
    try {
      const { payload } = await jwtVerify(token, state.keys.resolve, {
        algorithms: ['RS256'],
        typ: 'JWT',
        issuer: `https://sts.windows.net/${tenantId}/`,
        audience: [GRAPH_AUDIENCE, GRAPH_APP_ID],
        requiredClaims: ['exp', 'nbf', 'iat'],
        currentDate: new Date(state.world.clock.now()),
      })
      claims = graphClaims.parse(payload)
    } catch (error) {
      return refusal(reason(error))
    }
    return judge(state, claims)
  }
}

function judge(state: SignInState, claims: GraphClaims): GraphCaller | GraphRefusal {
  const tenant = state.world.tenants.get(claims.tid)
  const isAppOnly = claims.idtyp === 'app'
  const principal = tenant && collection(tenant, isAppOnly ? 'servicePrincipals' : 'users').get(claims.oid)
  if (!principal) return refusal('The identity of the calling application or user could not be established.')
  if (claims.xms_cc?.includes('cp1')) {
    const challenge = evaluate(state, claims, principal['accountEnabled'] === true)
    if (challenge) return challenge
  }
  const scopes = isAppOnly ? (claims.roles ?? []) : (claims.scp ?? '').split(' ').filter(Boolean)
  return { ok: true, tenantId: claims.tid, appId: claims.appid, oid: claims.oid, scopes, isAppOnly }
}

/**
 * Continuous access evaluation: a client that declared it gets a long-lived token, which a revocation or a disabled account ends at once.
 * Other tokens live until they expire: https://learn.microsoft.com/entra/identity/conditional-access/concept-continuous-access-evaluation
 */
function evaluate(state: SignInState, claims: GraphClaims, isEnabled: boolean): GraphRefusal | undefined {
  const revoked = state.world.revokedSince.get(claims.oid)
  const signedInAt = state.issued.get(claims.uti)?.evidence.authenticatedAt ?? claims.iat * 1000
  const isRevoked = revoked !== undefined && signedInAt <= revoked
  if (isEnabled && !isRevoked) return undefined
  const since = Math.floor((revoked ?? state.world.clock.now()) / 1000)
  const challenge = Buffer.from(JSON.stringify({ access_token: { nbf: { essential: true, value: String(since) } } })).toString('base64')
  return {
    ...refusal(
      'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp',
    ),
    wwwAuthenticate: `Bearer realm="", authorization_uri="${state.origins.browser}/common/oauth2/v2.0/authorize", client_id="${GRAPH_APP_ID}", error="insufficient_claims", claims="${challenge}"`,
  }
}

function reason(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'Lifetime validation failed, the token is expired.'
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') return 'Access token validation failure. Invalid audience.'
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'iss') return 'Access token validation failure. Invalid issuer.'
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof z.ZodError) return 'Access token validation failure.'
  return 'Invalid signature or signing key: the token was not issued here.'
}

/** Read before the signature is checked: it only chooses the issuer that the check then demands. */
function claimedTenant(token: string): string | undefined {
  try {
    return String(decodeJwt(token)['tid'] ?? '')
  } catch {
    return undefined
  }
}

function refusal(message: string): GraphRefusal {
  return { ok: false, code: 'InvalidAuthenticationToken', message }
}
