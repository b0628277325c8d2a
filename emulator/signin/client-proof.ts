import { createPublicKey, X509Certificate } from 'node:crypto'
import { decodeProtectedHeader, jwtVerify } from 'jose'
import type { Tenant } from '../tenants/world.ts'
import { findApplication, findClient } from './directory.ts'
import type { Client } from './directory.ts'
import { refuse } from './refusals.ts'
import type { Refusal } from './refusals.ts'
import type { SignInState } from './state.ts'
import type { ClientProof } from './tokens.ts'

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** MSAL rounds `nbf` up to the next second; clocks may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 300

/** The client fields of a token request. */
export interface ClientFields {
  readonly client_id?: string | undefined
  readonly client_secret?: string | undefined
  readonly client_assertion?: string | undefined
  readonly client_assertion_type?: string | undefined
}

export type ClientOutcome = { readonly ok: true; readonly client: Client; readonly proof: ClientProof } | Refusal

/** Takes the client's id and secret from HTTP basic authentication where the body has none. */
export function withBasicCredentials<T extends ClientFields>(fields: T, authorization: string | undefined): T {
  if (!authorization?.startsWith('Basic ')) return fields
  const [id, secret] = Buffer.from(authorization.slice('Basic '.length), 'base64').toString('utf8').split(':')
  if (id === undefined || secret === undefined) return fields
  return { ...fields, client_id: fields.client_id ?? formDecode(id), client_secret: fields.client_secret ?? formDecode(secret) }
}

/** Identifies the client and checks what it proves itself with; '0' when it shows nothing. */
export async function proveClient(state: SignInState, tenant: Tenant, fields: ClientFields): Promise<ClientOutcome> {
  const appId = fields.client_id?.toLowerCase()
  if (!appId) return refuse(900144, { field: 'client_id' })
  const found = findClient(state.world, tenant, appId)
  if (!found.ok) return found
  const { client } = found

  if (fields.client_assertion !== undefined) {
    if (fields.client_assertion_type !== ASSERTION_TYPE) return refuse(7000216)
    const reason = await assertionFault(state, tenant, client, fields.client_assertion)
    return reason === undefined ? { ok: true, client, proof: '2' } : refuse(700027, { reason })
  }
  if (fields.client_secret !== undefined) {
    return knownSecrets(state, appId).includes(fields.client_secret) ? { ok: true, client, proof: '1' } : refuse(7000215, { appId })
  }
  return { ok: true, client, proof: '0' }
}

/** A secret or certificate belongs to the application, so a multi-tenant client may use its home tenant's anywhere. */
function knownSecrets(state: SignInState, appId: string): string[] {
  return [...state.world.tenants.values()].flatMap((tenant) => tenant.secrets.get(appId) ?? [])
}

/** Why an assertion does not prove the client, or undefined when it does. */
async function assertionFault(state: SignInState, tenant: Tenant, client: Client, assertion: string): Promise<string | undefined> {
  let header: ReturnType<typeof decodeProtectedHeader>
  try {
    header = decodeProtectedHeader(assertion)
  } catch {
    return 'it is not a JWT'
  }
  const home = findApplication(state.world, client.appId)?.tenant ?? tenant
  const certificates = state.certificates.get(`${home.id}/${client.appId}`) ?? []
  const pem = certificates.find((candidate) => matchesThumbprint(candidate, header))
  if (pem === undefined) return 'the certificate whose thumbprint it names is not registered'
  const { signIn } = state.origins
  try {
    const { payload } = await jwtVerify(assertion, createPublicKey(pem), {
      algorithms: ['PS256', 'RS256'],
      issuer: client.appId,
      subject: client.appId,
      audience: [tenant.id, tenant.domain, 'common', 'organizations'].flatMap((segment) => [
        `${signIn}/${segment}/oauth2/v2.0/token`,
        `${signIn}/${segment}/v2.0`,
      ]),
      requiredClaims: ['exp', 'jti'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(state.world.clock.now()),
    })
    return payload.jti === '' ? 'jti is empty' : undefined
  } catch (error) {
    return error instanceof Error ? error.message : 'the signature does not verify'
  }
}

function matchesThumbprint(pem: string, header: { x5t?: string; 'x5t#S256'?: string; kid?: string }): boolean {
  const certificate = new X509Certificate(pem)
  const [sha1, sha256] = [certificate.fingerprint, certificate.fingerprint256].map((value) =>
    Buffer.from(value.replaceAll(':', ''), 'hex').toString('base64url'),
  )
  return header['x5t#S256'] === sha256 || header.x5t === sha1
}

function formDecode(value: string): string {
  return new URLSearchParams(`v=${value}`).get('v') ?? ''
}
