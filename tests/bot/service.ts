import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { z } from 'zod'
import type { Role } from '../../core/principal.ts'
import {
  actScopes,
  readIdentifierUris,
  readScopes,
  registrationManifests,
  type RegistrationIds,
} from '../../bot/src/identity/registrations.ts'
import { startProgram, type Started } from '../../tools/stack/child.ts'
import { startEmulator, type Emulator } from '../../tools/stack/emulator.ts'
import { freePort } from '../../tools/stack/service.ts'
import { tokensFor } from '../../tools/stack/tokens.ts'
import { preparedDataDir } from './prepared-data.ts'

const root = join(import.meta.dirname, '..', '..')
const graphAppId = '00000003-0000-0000-c000-000000000000'
/** Microsoft's client in which Teams shows tabs, and SharePoint's for web parts. */
export const teamsClient = '1fec8e78-bce4-4aaf-ab1b-5451cc387264'
export const sharePointClient = '08e18876-6177-487e-b8b5-cf950c1e598c'

export const ids: RegistrationIds = {
  read: 'c0de0000-0000-4000-8000-000000000001',
  chat: 'c0de0000-0000-4000-8000-000000000002',
  act: 'c0de0000-0000-4000-8000-000000000003',
}

export interface Service extends Started<{ ready: true; origin: string; port: number }> {
  readonly origin: string
  readonly dataDir: string
  readonly resource: string
  /** Starts the same deployment again on the same data, after `stop` or a kill. */
  readonly again: () => Promise<Service>
}

export interface ServiceOptions {
  readonly emulator: Emulator
  /** Names of the emulator's tenants that this deployment serves. */
  readonly tenants?: readonly string[]
  /** Tenants in which the product is registered although this deployment does not serve them. */
  readonly alsoRegisteredIn?: readonly string[]
  readonly assignments?: Readonly<Record<string, readonly { readonly user: string; readonly role: Role }[]>>
  readonly env?: Readonly<Record<string, string>>
}

/** An emulator whose certificate this process trusts, with its data in a folder of its own. */
export async function startTestEmulator(): Promise<Emulator & { readonly end: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-emulator-'))
  const emulator = await startEmulator({ dataDir, auditDelayMs: 200 })
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(emulator.ready.ca, 'utf8')])
  return {
    ...emulator,
    async end() {
      await emulator.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Registers the product in the emulator's tenants and starts the real service as a program of its own. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { emulator, tenants = ['contoso-demo'] } = options
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const dataDir = await preparedDataDir()
  for (const name of [...tenants, ...(options.alsoRegisteredIn ?? [])])
    await register(
      emulator,
      name,
      origin,
      options.assignments?.[name] ?? [{ user: `ada@${tenantNamed(emulator, name).domain}`, role: 'owner' }],
    )
  const [resource] = readIdentifierUris(`localhost:${port}`, ids)
  const env = {
    COUNTERSIGN_ORIGIN: origin,
    PORT: String(port),
    COUNTERSIGN_TENANTS: tenants.map((name) => tenantNamed(emulator, name).id).join(','),
    COUNTERSIGN_AUTHORITY: emulator.ready.signIn,
    COUNTERSIGN_GRAPH: emulator.ready.graph,
    COUNTERSIGN_CA: emulator.ready.ca,
    COUNTERSIGN_ENVIRONMENT: 'emulator',
    COUNTERSIGN_DATA: dataDir,
    COUNTERSIGN_ACT: 'on',
    READ_APP_ID: ids.read,
    READ_APP_SECRET: 'read-secret',
    READ_API_RESOURCE: resource,
    ACT_APP_ID: ids.act,
    ACT_APP_SECRET: 'act-secret',
    CHAT_APP_ID: ids.chat,
    CHAT_APP_SECRET: 'chat-secret',
    BOT_OPENID_METADATA: `${emulator.ready.channel}/v1/.well-known/openidconfiguration`,
    BOT_LOGIN_URL: `${emulator.ready.signIn}/${tenantNamed(emulator, tenants[0] ?? '').id}`,
    BOT_SERVICE_HOSTS: new URL(emulator.ready.channel).host,
    ...options.env,
  }
  return launch(env, { origin, dataDir, resource })
}

async function launch(
  env: Readonly<Record<string, string>>,
  place: { readonly origin: string; readonly dataDir: string; readonly resource: string },
): Promise<Service> {
  const schema = z.object({ ready: z.literal(true), origin: z.string(), port: z.number() })
  const started = await startProgram([join(root, 'bot', 'src', 'main.ts')], schema, { name: 'The service', env: { ...env } })
  return {
    ...started,
    ...place,
    again: () => launch(env, place),
  }
}

/** Ends a service for good, its data included. */
export async function endService(service: Service | undefined): Promise<void> {
  if (!service) return
  await service.stop()
  rmSync(service.dataDir, { recursive: true, force: true })
}

/** Puts the three registrations, their consent and the roles of people into one of the emulator's tenants. */
export async function register(
  emulator: Emulator,
  tenant: string,
  origin: string,
  assignments: readonly { readonly user: string; readonly role: Role }[],
): Promise<void> {
  const manifests = registrationManifests(origin, ids)
  const { write, proof } = actScopes()
  const own = tenant === 'contoso-demo'
  const put = (application: object, secret: string, scopes: readonly string[], people: readonly object[] = []): Promise<unknown> =>
    emulator.control('PUT', `/tenants/${tenant}/registrations`, {
      application,
      servicePrincipalOnly: !own,
      secrets: [secret],
      consent: scopes.length > 0 ? { [graphAppId]: scopes } : {},
      assignments: people,
    })
  await put(
    manifests.read,
    'read-secret',
    readScopes().map(({ scope }) => scope),
    assignments,
  )
  await put(manifests.chat, 'chat-secret', [])
  await put(
    manifests.act,
    'act-secret',
    [...write, ...proof].map(({ scope }) => scope),
  )
}

export function tenantNamed(emulator: Emulator, name: string): { readonly id: string; readonly domain: string } {
  const tenant = emulator.ready.tenants[name]
  if (!tenant) throw new Error(`The emulator has no tenant ${name}.`)
  return tenant
}

/** A token for the service's API as a Microsoft client obtains it for a person: real sign-in page, code and PKCE. */
export async function bearerFor(
  emulator: Emulator,
  tenant: string,
  userPrincipalName: string,
  options: { readonly resource: string; readonly scope?: string; readonly client?: string },
): Promise<string> {
  const { id } = tenantNamed(emulator, tenant)
  const clientId = options.client ?? teamsClient
  const scope = `${options.resource}/${options.scope ?? 'access_as_user'}`
  return (await tokensFor(emulator, id, userPrincipalName, { client: clientId, scope })).accessToken
}

export interface Api {
  readonly get: (path: string, headers?: Record<string, string>) => Promise<ApiAnswer>
  readonly post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<ApiAnswer>
  readonly put: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<ApiAnswer>
  /** Without a body, unless one is given. */
  readonly delete: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<ApiAnswer>
}
export interface ApiAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** The service's API with a bearer token. */
export function apiWith(origin: string, token: string | undefined): Api {
  const call = async (method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<ApiAnswer> => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : parseOr(text) }
  }
  return {
    get: (path, headers) => call('GET', path, undefined, headers),
    post: (path, body = {}, headers) => call('POST', path, body, headers),
    put: (path, body = {}, headers) => call('PUT', path, body, headers),
    delete: (path, body, headers) => call('DELETE', path, body, headers),
  }
}

function parseOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
