import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { roles, type Door, type Principal, type Role } from '@countersign/core/principal.ts'
import { parseJson } from '@countersign/core/parse-json.ts'
import { isWholeText, madeWhole } from '@countersign/core/text/whole-text.ts'

export interface TokenSettings {
  readonly authority: string
  readonly tenants: readonly string[]
  readonly read: { readonly appId: string; readonly resource: string }
}

export type Refusal = 'missing' | 'malformed' | 'tenant' | 'signature' | 'expired' | 'claims' | 'scope' | 'appOnly'
export type Verified<T> = { readonly kind: 'verified'; readonly value: T } | { readonly kind: 'refused'; readonly reason: Refusal }

export interface VerifiedToken {
  readonly principal: Principal
  /** Token id, unique per token: names the session of bearer calls. */
  readonly tokenId: string
  readonly userPrincipalName: string
  /** Milliseconds since 1970. */
  readonly issuedAt: number
  readonly expiresAt: number
}

const clockToleranceSeconds = 60

/** What an Entra v2.0 token says, as far as we use it (learn.microsoft.com/entra/identity-platform/access-token-claims-reference). */
const commonClaims = z.object({
  tid: z.guid().transform((id) => id.toLowerCase()),
  oid: z.guid().transform((id) => id.toLowerCase()),
  ver: z.literal('2.0'),
  iat: z.number(),
  exp: z.number(),
  uti: z.string().min(1).refine(isWholeText),
  name: z.string().default('').transform(madeWhole),
  preferred_username: z.string().default('').transform(madeWhole),
  roles: z.array(z.string()).default([]),
  idtyp: z.string().optional(),
})
const accessClaims = commonClaims.extend({ scp: z.string().optional(), azp: z.guid() })
const idClaims = commonClaims.extend({ nonce: z.string() })

export interface TokenVerifier {
  /** A token for our own API, from the tab, the web parts or another client that Entra let in. */
  readonly accessToken: (token: string) => Promise<Verified<VerifiedToken>>
  /** The id token of our own sign-in in a plain browser; its nonce must be the one we sent. */
  readonly idToken: (token: string, tenantId: string, nonce: string) => Promise<Verified<VerifiedToken>>
}

/** Checks tokens against the signing keys of the tenant they claim, after the tenant itself was found on our list. */
export function makeTokenVerifier(settings: TokenSettings): TokenVerifier {
  const keys = new Map<string, JWTVerifyGetKey>()
  const keysOf = (tenantId: string): JWTVerifyGetKey => {
    const known = keys.get(tenantId)
    if (known) return known
    const made = createRemoteJWKSet(new URL(`${settings.authority}/${tenantId}/discovery/v2.0/keys`), { timeoutDuration: 10_000 })
    keys.set(tenantId, made)
    return made
  }

  async function verify<Claims>(
    token: string,
    tenantId: string,
    audience: string[],
    requiredClaims: string[],
    schema: z.ZodType<Claims>,
  ): Promise<Verified<Claims>> {
    try {
      const { payload } = await jwtVerify(token, keysOf(tenantId), {
        issuer: `${settings.authority}/${tenantId}/v2.0`,
        audience,
        algorithms: ['RS256'],
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['exp', 'nbf', 'iat', 'tid', 'oid', ...requiredClaims],
      })
      const claims = schema.safeParse(payload)
      return claims.success ? { kind: 'verified', value: claims.data } : { kind: 'refused', reason: 'claims' }
    } catch (error) {
      return { kind: 'refused', reason: refusalOf(error) }
    }
  }

  return {
    async accessToken(token) {
      const tenantId = allowedTenant(token, settings.tenants)
      if (tenantId === undefined) return { kind: 'refused', reason: 'tenant' }
      const audience = [settings.read.appId, settings.read.resource, `api://${settings.read.appId}`]
      const answer = await verify(token, tenantId, audience, ['azp'], accessClaims)
      if (answer.kind === 'refused') return answer
      const claims = answer.value
      if (claims.tid !== tenantId) return { kind: 'refused', reason: 'tenant' }
      if (claims.idtyp === 'app' || claims.scp === undefined) return { kind: 'refused', reason: 'appOnly' }
      const door = doorOf(claims.scp.split(' '), claims.azp.toLowerCase())
      return door ? { kind: 'verified', value: verified(claims, door) } : { kind: 'refused', reason: 'scope' }
    },
    async idToken(token, tenantId, nonce) {
      if (!settings.tenants.includes(tenantId)) return { kind: 'refused', reason: 'tenant' }
      const answer = await verify(token, tenantId, [settings.read.appId], ['nonce'], idClaims)
      if (answer.kind === 'refused') return answer
      if (answer.value.tid !== tenantId) return { kind: 'refused', reason: 'tenant' }
      if (answer.value.nonce !== nonce) return { kind: 'refused', reason: 'claims' }
      return { kind: 'verified', value: verified(answer.value, 'web') }
    },
  }
}

/** SharePoint's client for web parts; every script of a SharePoint page can obtain its tokens, so they never open more than the view. */
const sharePointClient = '08e18876-6177-487e-b8b5-cf950c1e598c'

/** A token that carries access_as_user opens the tab's door; one that holds Posture.View alone, or comes from SharePoint, only the view's. */
function doorOf(scopes: readonly string[], client: string): Door | undefined {
  if (scopes.includes('access_as_user') && client !== sharePointClient) return 'tab'
  if (scopes.includes('Posture.View') && !scopes.includes('access_as_user')) return 'view'
  return undefined
}

/** The tenant a token claims, if it is one of ours. Unverified: only chooses the keys that it is then checked against. */
function allowedTenant(token: string, tenants: readonly string[]): string | undefined {
  const claimed = z.object({ tid: z.string() }).safeParse(parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')))
  const tenantId = claimed.success ? claimed.data.tid.toLowerCase() : undefined
  return tenants.find((known) => known === tenantId)
}
function verified(claims: z.output<typeof commonClaims>, door: Door): VerifiedToken {
  return {
    principal: {
      tenantId: claims.tid,
      objectId: claims.oid,
      displayName: claims.name || claims.preferred_username,
      roles: knownRoles(claims.roles),
      door,
    },
    tokenId: claims.uti,
    userPrincipalName: claims.preferred_username,
    issuedAt: claims.iat * 1000,
    expiresAt: claims.exp * 1000,
  }
}

export function knownRoles(values: readonly string[]): Role[] {
  return roles.filter((role) => values.includes(role))
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) return 'claims'
  if (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JOSEAlgNotAllowed
  )
    return 'signature'
  if (error instanceof errors.JOSEError) return 'malformed'
  throw error
}
