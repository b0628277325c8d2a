import { createHash } from 'node:crypto'
import { errors, jwtVerify } from 'jose'
import { z } from 'zod'
import { collection } from '../tenants/world.ts'
import type { Tenant } from '../tenants/world.ts'
import { admitAssignment, admitEvidence, admitPerson } from './conditions.ts'
import { findApi } from './directory.ts'
import type { Api, Client } from './directory.ts'
import { BOT_CHANNEL_AUDIENCE, GRAPH_APP_ID } from './first-party.ts'
import { admitByPolicies } from './policies.ts'
import { refuse } from './refusals.ts'
import type { Refusal } from './refusals.ts'
import { effectiveScopes, readScopes, splitScope } from './scopes.ts'
import type { Evidence, RedirectKind, SignInState } from './state.ts'
import { issueApplicationToken, issueUserTokens } from './tokens.ts'
import type { ClientProof } from './tokens.ts'

export type TokenOutcome = { readonly ok: true; readonly answer: Record<string, unknown> } | Refusal

/** A token request whose client has been identified. */
export interface GrantContext {
  readonly state: SignInState
  /** The tenant of the path; undefined for common and organizations. */
  readonly pathTenant: Tenant | undefined
  /** The tenant whose person or application is served. */
  readonly tenant: Tenant
  readonly client: Client
  readonly proof: ClientProof
  /** The Origin header: a browser redeems for a single-page application. */
  readonly origin: string | undefined
  readonly handlesEvaluation: boolean
}

export async function redeemCode(
  context: GrantContext,
  fields: { code: string; redirect_uri: string; code_verifier?: string | undefined; scope?: string | undefined },
): Promise<TokenOutcome> {
  const { state, client } = context
  const grant = state.codes.get(fields.code)
  if (!grant || grant.clientAppId !== client.appId || grant.tenantId !== context.tenant.id) return refuse(9002313)
  if (grant.isRedeemed) return refuse(54005)
  if (grant.expiresAt <= state.world.clock.now()) return refuse(70008)
  if (grant.redirectUri !== fields.redirect_uri) return refuse(500112, { redirectUri: fields.redirect_uri })
  const channel = admitChannel(context, grant.redirectKind)
  if (!channel.ok) return channel
  if (grant.challenge !== undefined && sha256(fields.code_verifier ?? '') !== grant.challenge) return refuse(501481)
  grant.isRedeemed = true
  return issueForPerson(context, { ...grant, scope: fields.scope || grant.scope, refreshEndsAt: undefined })
}

export async function redeemRefresh(
  context: GrantContext,
  fields: { refresh_token: string; scope?: string | undefined },
): Promise<TokenOutcome> {
  const { state, client } = context
  const grant = state.refreshTokens.get(fields.refresh_token)
  if (!grant) return refuse(9002313)
  if (grant.clientAppId !== client.appId) return refuse(70000)
  if (grant.expiresAt <= state.world.clock.now()) return refuse(70008)
  if (grant.tenantId !== context.tenant.id) return refuse(50020, { user: grant.userId, tenant: context.tenant.displayName })
  const channel = admitChannel(context, grant.redirectKind)
  if (!channel.ok) return channel
  const refreshEndsAt = grant.redirectKind === 'spa' ? grant.expiresAt : undefined
  return issueForPerson(context, { ...grant, nonce: undefined, scope: fields.scope || grant.scope, refreshEndsAt })
}

const assertionClaims = z.object({
  aud: z.string(),
  tid: z.string(),
  oid: z.string(),
  uti: z.string(),
  scp: z.string().optional(),
  idtyp: z.string().optional(),
})

export async function redeemOnBehalfOf(context: GrantContext, fields: { assertion: string; scope: string }): Promise<TokenOutcome> {
  const { state, client } = context
  if (context.proof === '0') return refuse(7000218)
  const assertion = await readAssertion(state, fields.assertion)
  if (!assertion.ok) return assertion
  const { claims } = assertion
  const tenant = state.world.tenants.get(claims.tid)
  if (!tenant || (context.pathTenant && context.pathTenant !== tenant)) {
    return refuse(50020, { user: claims.oid, tenant: context.pathTenant?.displayName ?? claims.tid })
  }
  const ownNames = [client.appId, ...(client.application?.identifierUris ?? [])]
  if (!ownNames.includes(claims.aud)) return refuse(500131, { audience: claims.aud, appId: client.appId })
  if (claims.idtyp === 'app') return refuse(240002)
  if (claims.scp === undefined) return refuse(50013, { reason: 'it is no access token' })
  const issued = state.issued.get(claims.uti)
  if (!issued) return refuse(500133)
  return issueForPerson(
    { ...context, tenant },
    { ...issued, userId: claims.oid, redirectKind: 'web', nonce: undefined, scope: fields.scope, refreshEndsAt: undefined },
  )
}

export async function redeemClientCredentials(context: GrantContext, fields: { scope: string }): Promise<TokenOutcome> {
  const { state, tenant, client, proof } = context
  if (proof === '0') return refuse(7000218)
  const { identifier, value } = splitScope(fields.scope.trim())
  if (value !== '.default' || !fields.scope.includes('/')) return refuse(1002012, { scope: fields.scope })
  const { servicePrincipal } = client
  if (!servicePrincipal) return refuse(700016, { appId: client.appId, tenant: tenant.displayName })
  const request = { tenant, client, proof, servicePrincipalId: servicePrincipal.id }
  if (identifier === BOT_CHANNEL_AUDIENCE) {
    return { ok: true, answer: await issueApplicationToken(state, { ...request, resource: { audience: BOT_CHANNEL_AUDIENCE }, roles: [] }) }
  }
  const found = findApi(state.world, tenant, identifier)
  if (!found.ok) return found
  const roles = applicationRoles(tenant, servicePrincipal.id, found.api)
  return { ok: true, answer: await issueApplicationToken(state, { ...request, resource: { api: found.api, identifier }, roles }) }
}

interface PersonGrant {
  readonly userId: string
  readonly redirectKind: RedirectKind
  readonly scope: string
  readonly nonce: string | undefined
  readonly evidence: Evidence
  readonly sessionId: string
  readonly refreshEndsAt: number | undefined
}

/** The rules that every token for a person obeys, whichever grant asks for it. */
async function issueForPerson(context: GrantContext, grant: PersonGrant): Promise<TokenOutcome> {
  const { state, tenant, client } = context
  const requested = readScopes(state.world, tenant, grant.scope)
  if (!requested.ok) return requested
  if (requested.resources.length > 1)
    return refuse(28000, { resources: requested.resources.map((resource) => resource.identifier).join(' ') })
  const wanted = requested.resources[0]

  const admitted = admitPerson(state, tenant, grant.userId)
  if (!admitted.ok) return admitted
  const { person } = admitted
  const evidence = admitEvidence(state, person, grant.evidence, wanted?.api.displayName ?? 'Microsoft Graph')
  if (!evidence.ok) return evidence
  const policies = admitByPolicies(state, tenant, {
    person,
    evidence: grant.evidence,
    resourceAppId: wanted?.api.appId ?? GRAPH_APP_ID,
    resource: wanted?.api.displayName ?? 'Microsoft Graph',
    clientKind: grant.redirectKind === 'public' ? 'mobileAppsAndDesktopClients' : 'browser',
  })
  if (!policies.ok) return policies
  const assignment = admitAssignment(tenant, person, client, wanted?.api)
  if (!assignment.ok) return assignment

  const effective = wanted ? effectiveScopes(tenant, client, person, wanted) : undefined
  if (effective && !effective.ok) return effective
  const resource = wanted && effective ? { ...wanted, scopes: effective.scopes } : undefined
  const { proof, handlesEvaluation } = context
  return {
    ok: true,
    answer: await issueUserTokens(state, {
      ...grant,
      tenant,
      person,
      client,
      proof,
      handlesEvaluation,
      resource,
      openid: requested.openid,
    }),
  }
}

/** A web client must prove itself; a single-page application redeems from a browser and only there. */
function admitChannel(context: GrantContext, kind: RedirectKind): { readonly ok: true } | Refusal {
  const { client, proof, origin } = context
  if (client.isFirstParty) return { ok: true }
  if (kind === 'web' && origin !== undefined) return refuse(9002326, { origin })
  if (kind === 'web' && proof === '0') return refuse(7000218)
  if (kind === 'spa' && origin === undefined) return refuse(9002327)
  return { ok: true }
}

async function readAssertion(
  state: SignInState,
  assertion: string,
): Promise<{ readonly ok: true; readonly claims: z.infer<typeof assertionClaims> } | Refusal> {
  try {
    const { payload } = await jwtVerify(assertion, state.keys.resolve, {
      algorithms: ['RS256'],
      currentDate: new Date(state.world.clock.now()),
    })
    const claims = assertionClaims.safeParse(payload)
    return claims.success ? { ok: true, claims: claims.data } : refuse(50013, { reason: 'it is no access token' })
  } catch (error) {
    if (error instanceof errors.JWTExpired) return refuse(500133)
    return refuse(50013, { reason: error instanceof Error ? error.message : 'unknown' })
  }
}

/** The application permissions that a client holds on a resource. */
function applicationRoles(tenant: Tenant, servicePrincipalId: string, api: Api): string[] {
  const values = new Map(api.servicePrincipal.appRoles.map((role) => [role.id, role.value]))
  const held = collection(tenant, 'appRoleAssignments')
    .with('principalId', servicePrincipalId)
    .filter((row) => row['resourceId'] === api.servicePrincipal.id)
  return held.map((row) => values.get(String(row['appRoleId']))).filter((value) => typeof value === 'string')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
