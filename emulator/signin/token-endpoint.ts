import { decodeJwt } from 'jose'
import { z } from 'zod'
import type { PlainRequest } from '../server/http.ts'
import { readForm } from '../server/http.ts'
import type { Tenant } from '../tenants/world.ts'
import { proveClient, withBasicCredentials } from './client-proof.ts'
import { redeemClientCredentials, redeemCode, redeemOnBehalfOf, redeemRefresh } from './grant-types.ts'
import type { TokenOutcome } from './grant-types.ts'
import { refuse } from './refusals.ts'
import { readClaims } from './settings.ts'
import type { SignInState } from './state.ts'

const filled = z.string().min(1)
const client = {
  client_id: filled.optional(),
  client_secret: filled.optional(),
  client_assertion: filled.optional(),
  client_assertion_type: filled.optional(),
  claims: z.string().optional(),
}
const tokenRequest = z.discriminatedUnion('grant_type', [
  z.object({
    ...client,
    grant_type: z.literal('authorization_code'),
    code: filled,
    redirect_uri: filled,
    code_verifier: z.string().optional(),
    scope: z.string().optional(),
  }),
  z.object({ ...client, grant_type: z.literal('refresh_token'), refresh_token: filled, scope: z.string().optional() }),
  z.object({ ...client, grant_type: z.literal('client_credentials'), scope: filled }),
  z.object({
    ...client,
    grant_type: z.literal('urn:ietf:params:oauth:grant-type:jwt-bearer'),
    requested_token_use: z.literal('on_behalf_of'),
    assertion: filled,
    scope: filled,
  }),
])

/** Answers a token request on the path of one tenant, or of common or organizations (undefined). */
export async function answerTokenRequest(state: SignInState, pathTenant: Tenant | undefined, request: PlainRequest): Promise<TokenOutcome> {
  if (request.method !== 'POST') return refuse(900561, { accepted: 'POST, OPTIONS' })
  const form = readForm(request.body)
  const parsed = tokenRequest.safeParse(form)
  if (!parsed.success) {
    const field = String(parsed.error.issues[0]?.path[0] ?? 'grant_type')
    return field === 'grant_type' && form['grant_type'] ? refuse(70003, { grantType: form['grant_type'] }) : refuse(900144, { field })
  }
  const fields = withBasicCredentials(parsed.data, request.headers['authorization'])
  const claims = readClaims(fields.claims)
  if (!claims) return refuse(90023, { reason: 'The claims parameter is not JSON of the documented shape.' })

  const tenant = pathTenant ?? tenantOfGrant(state, fields)
  if (!tenant && fields.grant_type !== 'client_credentials') return refuse(9002313)
  if (!tenant) return refuse(90023, { reason: 'Client credentials need the path of a tenant: common and organizations do not name one.' })
  const proven = await proveClient(state, tenant, fields)
  if (!proven.ok) return proven
  const { handlesEvaluation } = claims
  const context = {
    state,
    pathTenant,
    tenant,
    client: proven.client,
    proof: proven.proof,
    origin: request.headers['origin'],
    handlesEvaluation,
  }

  switch (fields.grant_type) {
    case 'authorization_code':
      return redeemCode(context, fields)
    case 'refresh_token':
      return redeemRefresh(context, fields)
    case 'client_credentials':
      return redeemClientCredentials(context, fields)
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return redeemOnBehalfOf(context, fields)
  }
}

/** On common and organizations the code, refresh token or assertion says whose tenant it is. */
function tenantOfGrant(state: SignInState, fields: z.infer<typeof tokenRequest>): Tenant | undefined {
  switch (fields.grant_type) {
    case 'authorization_code':
      return state.world.tenants.get(state.codes.get(fields.code)?.tenantId ?? '')
    case 'refresh_token':
      return state.world.tenants.get(state.refreshTokens.get(fields.refresh_token)?.tenantId ?? '')
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return state.world.tenants.get(claimedTenant(fields.assertion))
    case 'client_credentials':
      return undefined
  }
}

/** Read before the signature is checked: it only chooses the tenant in which the check then happens. */
function claimedTenant(assertion: string): string {
  try {
    return String(decodeJwt(assertion)['tid'] ?? '')
  } catch {
    return ''
  }
}
