/**
 * Every way in which sign-in says no, with Microsoft's number for it.
 * Source of numbers and OAuth errors: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
interface RefusalEntry {
  readonly error: string
  /** HTTP status at the token endpoint; 400 unless stated. */
  readonly status?: number
  readonly suberror?: string
  /** The sentence after the number; `{name}` is filled from the caller's values. */
  readonly text: string
}

const ENTRIES = {
  28000: { error: 'invalid_scope', text: 'The scope parameter names more than one resource ({resources}); a token is for one.' },
  50001: { error: 'invalid_resource', text: "The resource '{resource}' is disabled in this tenant." },
  50011: { error: 'invalid_request', text: "The redirect URI '{redirectUri}' is not registered for the application '{appId}'." },
  50013: { error: 'invalid_grant', text: 'The assertion failed signature validation: {reason}.' },
  50020: { error: 'invalid_grant', text: "The user account '{user}' does not exist in tenant '{tenant}'." },
  50034: { error: 'invalid_grant', text: "The user account '{user}' does not exist in the '{tenant}' directory." },
  50057: { error: 'invalid_grant', text: 'The user account is disabled.' },
  50058: { error: 'login_required', text: 'A silent sign-in request was sent but no user is signed in.' },
  50076: {
    error: 'interaction_required',
    suberror: 'basic_action',
    text: "Because of a policy of your administrator, you must use multi-factor authentication to access '{resource}'.",
  },
  50105: { error: 'invalid_grant', text: "'{user}' is not assigned to a role for the application '{appId}', which requires assignment." },
  50158: {
    error: 'interaction_required',
    suberror: 'additional_action',
    text: 'An external security challenge, for example terms of use, was not satisfied.',
  },
  50173: {
    error: 'invalid_grant',
    suberror: 'bad_token',
    text: 'The provided grant has been revoked; a fresh sign-in is needed. The grant was issued on {issued} and sessions count from {validFrom}.',
  },
  54005: { error: 'invalid_grant', text: 'The authorization code was already redeemed; ask for a new one.' },
  65001: {
    error: 'invalid_grant',
    suberror: 'consent_required',
    text: "The user or administrator has not consented to the use of the application with ID '{appId}' named '{name}' ({scopes}). Send an interactive authorization request for this user and resource.",
  },
  65004: { error: 'access_denied', text: 'The user declined to consent to access the application.' },
  70000: { error: 'invalid_grant', text: 'The provided refresh token is not valid for this client.' },
  70003: { error: 'unsupported_grant_type', text: "The grant type '{grantType}' is not supported here." },
  70008: { error: 'invalid_grant', text: 'The provided authorization code or refresh token has expired.' },
  70011: { error: 'invalid_scope', text: 'The scope {scope} is not valid: .default cannot be combined with single scopes.' },
  70043: {
    error: 'invalid_grant',
    suberror: 'bad_token',
    text: 'The refresh token has expired or is invalid due to sign-in frequency checks by Conditional Access. It was issued on {issued} and the maximum lifetime for this request is {seconds}.',
  },
  90002: { error: 'invalid_tenant', text: "The tenant '{tenant}' was not found." },
  90014: { error: 'invalid_request', text: "The required field '{field}' is missing." },
  90023: { error: 'invalid_request', text: '{reason}' },
  90094: { error: 'access_denied', text: "The application '{name}' needs permissions that only an administrator can grant ({scopes})." },
  240002: { error: 'invalid_grant', text: 'The assertion was issued to an application; on-behalf-of needs one that was issued to a user.' },
  500011: { error: 'invalid_resource', text: "The resource principal named '{resource}' was not found in the tenant '{tenant}'." },
  500112: { error: 'invalid_grant', text: 'The reply address {redirectUri} differs from the one used when the code was requested.' },
  500131: {
    error: 'invalid_grant',
    text: "The assertion's audience '{audience}' is not the client application '{appId}' that presents it.",
  },
  500133: { error: 'invalid_grant', text: 'The assertion is not within its valid time range.' },
  501481: { error: 'invalid_grant', text: 'The code_verifier does not match the code_challenge of the authorization request.' },
  650053: {
    error: 'invalid_client',
    text: "The application asked for scope '{scope}', which does not exist on the resource '{resource}'.",
  },
  700016: { error: 'unauthorized_client', text: "The application with identifier '{appId}' was not found in the directory '{tenant}'." },
  700027: { error: 'invalid_client', status: 401, text: 'The client assertion failed validation: {reason}.' },
  700054: { error: 'unsupported_response_type', text: "The response_type '{responseType}' is not enabled for the application; use code." },
  900144: { error: 'invalid_request', text: "The request body must contain the parameter '{field}'." },
  900561: { error: 'invalid_request', status: 405, text: 'The endpoint accepts {accepted} requests only.' },
  1002012: {
    error: 'invalid_scope',
    text: "The scope '{scope}' is not valid; client credential flows need one scope: the resource identifier followed by /.default.",
  },
  7000112: { error: 'unauthorized_client', text: "The application '{appId}' is disabled." },
  7000215: {
    error: 'invalid_client',
    status: 401,
    text: "Invalid client secret provided for app '{appId}'. Send the secret value, not its id.",
  },
  7000216: {
    error: 'invalid_client',
    status: 401,
    text: 'client_assertion_type must be urn:ietf:params:oauth:client-assertion-type:jwt-bearer.',
  },
  7000218: { error: 'invalid_client', status: 401, text: 'The request body must contain client_assertion or client_secret.' },
  9002313: { error: 'invalid_grant', text: 'The request is malformed: the grant is not one that was issued here.' },
  9002325: { error: 'invalid_request', text: 'Proof Key for Code Exchange with S256 is required for this client.' },
  9002326: {
    error: 'invalid_request',
    text: "Cross-origin token redemption is permitted only for the 'Single-Page Application' client type. Request origin: '{origin}'.",
  },
  9002327: {
    error: 'invalid_request',
    text: "Tokens issued for the 'Single-Page Application' client type may only be redeemed by cross-origin requests.",
  },
} as const satisfies Record<number, RefusalEntry>

export type RefusalCode = keyof typeof ENTRIES

export interface Refusal {
  readonly ok: false
  /** Microsoft's AADSTS number. */
  readonly code: number
  /** The OAuth error. */
  readonly error: string
  readonly suberror?: string
  /** A claims challenge, as JSON text, for the client's next interactive request. */
  readonly claims?: string
  readonly message: string
  readonly status: number
}

/** A refusal of the catalogue, its sentence filled with the given values. */
export function refuse(code: RefusalCode, values: Readonly<Record<string, string>> = {}, claims?: unknown): Refusal {
  const entry: RefusalEntry = ENTRIES[code]
  const message = entry.text.replaceAll(/\{(\w+)\}/g, (_match, name: string) => values[name] ?? name)
  return {
    ok: false,
    code,
    error: entry.error,
    message,
    status: entry.status ?? 400,
    ...(entry.suberror === undefined ? {} : { suberror: entry.suberror }),
    ...(claims === undefined ? {} : { claims: JSON.stringify(claims) }),
  }
}

/** A Conditional Access refusal with the number that the control port chose, for example 53003 or 53000. */
export function refuseByPolicy(code: number, policy: string): Refusal {
  return {
    ok: false,
    code,
    error: 'invalid_grant',
    suberror: 'message_only',
    claims: JSON.stringify({ access_token: { capolids: { essential: true, values: [policy] } } }),
    message: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    status: 400,
  }
}
