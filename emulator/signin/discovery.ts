import type { PlainResponse } from '../server/http.ts'
import { json } from '../server/http.ts'
import type { Tenant } from '../tenants/world.ts'
import type { SignInState } from './state.ts'
import { issuer } from './tokens.ts'

const OPEN_TO_PAGES = { 'access-control-allow-origin': '*' }

/**
 * The OpenID configuration of a tenant, or of common or organizations.
 * Pages for people are on the plain loopback listener, where no browser warns of the local authority; everything else is on HTTPS.
 */
export function openIdConfiguration(state: SignInState, segment: string, tenant: Tenant | undefined): PlainResponse {
  const { signIn, browser } = state.origins
  const path = tenant?.id ?? segment
  return json(
    200,
    {
      token_endpoint: `${signIn}/${path}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${signIn}/${path}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      code_challenge_methods_supported: ['S256'],
      issuer: tenant ? issuer(state, tenant) : `${signIn}/{tenantid}/v2.0`,
      request_uri_parameter_supported: false,
      authorization_endpoint: `${browser}/${path}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${browser}/${path}/oauth2/v2.0/logout`,
      http_logout_supported: false,
      frontchannel_logout_supported: false,
      claims_supported: [
        'sub',
        'iss',
        'aud',
        'exp',
        'iat',
        'nonce',
        'oid',
        'tid',
        'ver',
        'name',
        'preferred_username',
        'email',
        'roles',
        'sid',
      ],
      tenant_region_scope: 'EU',
      cloud_instance_name: new URL(signIn).host,
    },
    OPEN_TO_PAGES,
  )
}

/** The public keys; each names the issuer whose tokens it signs. */
export function keySet(state: SignInState, tenant: Tenant | undefined): PlainResponse {
  const keyIssuer = tenant ? issuer(state, tenant) : `${state.origins.signIn}/{tenantid}/v2.0`
  return json(200, { keys: state.keys.published().map((key) => ({ ...key, issuer: keyIssuer })) }, OPEN_TO_PAGES)
}

/** Which hosts are one cloud: this one, alone. */
export function instanceDiscovery(state: SignInState): PlainResponse {
  const { host } = new URL(state.origins.signIn)
  return json(
    200,
    {
      tenant_discovery_endpoint: `${state.origins.signIn}/common/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    },
    OPEN_TO_PAGES,
  )
}
